import type { RequestHandler } from "express";
import { createTransport, type Transporter } from "nodemailer";
import pg from "pg";
import type { Locale } from "~/kernel/locale";
import { outboxPage } from "./outbox-page";
import { inTransaction } from "./supabase/database";

export type Mail = { to: string; language: Locale; subject: string; html: string; text: string };

type MailLog = { warn(details: object, message: string): void };

export type LocalMail = {
  /**
   * The job `send_mail`: sends one letter. Without SMTP it stays in the outbox. A server that refuses the letter for good
   * makes it `failed`; any other trouble is thrown, so that the job is tried again.
   */
  deliver: (id: string) => Promise<void>;
  /** The page /dev/mail. */
  page: RequestHandler;
  close: () => Promise<void>;
};

type Row = { id: string; recipient: string; language: string; subject: string; html: string; body_text: string };

const STEP_TIMEOUT_MS = 20_000;

/**
 * Puts a letter into the outbox inside the caller's transaction; a trigger adds the job `send_mail` to it, so either
 * all of it happens or nothing. The connection's login must be allowed to become service_role. Answers with its id.
 */
export async function queueMail(db: Pick<pg.PoolClient, "query">, mail: Mail): Promise<string> {
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

/**
 * Sends what is in the outbox, and shows it.
 * @param databaseUrl a login that may become service_role: that of the jobs, or of the gateway
 * @param smtpUrl as in SMTP_URL; without it nothing leaves this machine
 */
export function createMail(options: {
  databaseUrl: string;
  smtpUrl?: string | undefined;
  from: string;
  log: MailLog;
}): LocalMail {
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 2, application_name: "tandem mail" });
  // Without a listener of its own, a connection that breaks in use would end the process; its query tells.
  pool
    .on("error", (error) => options.log.warn({ error: error.message }, "Mail lost a database connection"))
    .on("connect", (client) => client.on("error", () => undefined));
  const transport = options.smtpUrl
    ? createTransport(
        {
          url: options.smtpUrl,
          connectionTimeout: STEP_TIMEOUT_MS,
          greetingTimeout: STEP_TIMEOUT_MS,
          socketTimeout: STEP_TIMEOUT_MS,
          // Letters carry text of ours alone: nothing in them may name a file or an address to fetch.
          disableFileAccess: true,
          disableUrlAccess: true,
        },
        { from: options.from },
      )
    : null;
  const ask: SystemQuery = (text, values) => asSystem(pool, text, values);
  return {
    deliver: (id) => deliver(ask, transport, options.log, id),
    page: outboxPage((recipient) =>
      ask(
        `select id, recipient, subject, body_text, state, error, created_at from public.mail_outbox
         where $1 = '' or recipient = $1 order by created_at desc, id desc limit 100`,
        [recipient],
      ),
    ),
    close: async () => {
      transport?.close();
      await pool.end();
    },
  };
}

type SystemQuery = <R extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<R[]>;

function asSystem<R extends pg.QueryResultRow>(pool: pg.Pool, text: string, values: unknown[]): Promise<R[]> {
  return inTransaction(pool, async (client) => {
    await client.query("select set_config('role', 'service_role', true)");
    return (await client.query<R>(text, values)).rows;
  });
}

async function deliver(ask: SystemQuery, transport: Transporter | null, log: MailLog, id: string): Promise<void> {
  if (!transport) return;
  const [letter] = await ask<Row>(
    `update public.mail_outbox set attempts = attempts + 1 where id = $1 and state = 'queued'
     returning id, recipient, language, subject, html, body_text`,
    [id],
  );
  if (!letter) return;
  try {
    await transport.sendMail({
      to: letter.recipient,
      subject: letter.subject,
      text: letter.body_text,
      html: letter.html,
      // The same at every try: a mailbox that got it before a crash shows it once.
      messageId: `<${letter.id}@tandem.invalid>`,
      headers: { "Auto-Submitted": "auto-generated", "Content-Language": letter.language },
    });
  } catch (error) {
    const state = isRefusal(error) ? "failed" : "queued";
    const said = error instanceof Error ? error.message.slice(0, 500) : "unknown";
    await ask("update public.mail_outbox set state = $2, error = $3 where id = $1", [id, state, said]);
    if (state === "queued") throw error;
    log.warn({ mail: id, error: said }, "The mail server refused a letter for good");
    return;
  }
  // What opens a login has no business in a table once it was sent.
  await ask(
    "update public.mail_outbox set state = 'sent', sent_at = now(), error = null, html = '', body_text = '' where id = $1",
    [id],
  );
}

/** 5xx answers are final; everything else may be better later. */
function isRefusal(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "responseCode" in error ? error.responseCode : 0;
  return typeof code === "number" && code >= 500 && code < 600;
}
