import type { PoolClient } from "pg";
import type { Locale } from "~/kernel/locale";

export type Mail = { to: string; language: Locale; subject: string; html: string; text: string };

/**
 * Puts a letter into the outbox inside the caller's transaction; a trigger adds the job `send_mail` to it, so either
 * all of it happens or nothing. The connection's login must be allowed to become service_role. Answers with its id.
 */
export async function queueMail(db: Pick<PoolClient, "query">, mail: Mail): Promise<string> {
  await db.query("select set_config('role', 'service_role', true)");
  const { rows } = await db.query<{ id: string }>(
    `insert into public.mail_outbox (recipient, language, subject, html, body_text)
     values ($1, $2, $3, $4, $5) returning id`,
    [mail.to, mail.language, mail.subject, mail.html, mail.text],
  );
  // After an error the transaction is over and the role with it.
  await db.query("select set_config('role', 'none', true)");
  const id = rows[0]?.id;
  if (id === undefined) throw new Error("The outbox did not answer with an id");
  return id;
}

/** Text as it may stand in HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
