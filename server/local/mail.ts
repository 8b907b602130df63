import type { RequestHandler } from "express";
import { createTransport } from "nodemailer";
import pg from "pg";
import type { Locale } from "~/kernel/locale";
import { type MailLog, type SystemQuery, sendLetter, sweepMail, withHeldEnd } from "./mail-delivery";
import { outboxPage } from "./outbox-page";
import { inTransaction } from "./supabase/database";

export type Mail = { to: string; language: Locale; subject: string; html: string; text: string };

export type LocalMail = {
  /** The job `send_mail`: sends one letter, or plans the next try (mail-delivery.ts). Without SMTP it stays in the outbox. */
  deliver: (id: string) => Promise<void>;
  /** The job `sweep_mail`, once a minute: finds what a process that ended left behind. */
  sweep: () => Promise<void>;
  /** The page /dev/mail. */
  page: RequestHandler;
  close: () => Promise<void>;
};

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
  const held = transport && withHeldEnd(transport);
  return {
    deliver: async (id) => {
      if (held) await sendLetter(ask, held, options.log, id);
    },
    sweep: async () => {
      if (held) await sweepMail(ask, options.log);
    },
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

function asSystem<R extends pg.QueryResultRow>(pool: pg.Pool, text: string, values: unknown[]): Promise<R[]> {
  return inTransaction(pool, async (client) => {
    await client.query("select set_config('role', 'service_role', true)");
    return (await client.query<R>(text, values)).rows;
  });
}
