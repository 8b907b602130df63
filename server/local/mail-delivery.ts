import { Readable } from "node:stream";
import type { SendMailOptions, Transporter } from "nodemailer";
import type pg from "pg";
import { now } from "~/kernel/clock";
import { isNoSuchMailbox } from "~/notifications/mail-bounce";

/**
 * Sends letters of the outbox, each once. A letter is `queued` until the mail server holds all of it but the end; then, committed,
 * it is `sending`; the end follows; then it is `sent`. A process that ends before the end was given has sent nothing (a server drops
 * what has no end), so such a letter is tried again. One that ends between the end and the `sent` leaves `sending` behind: the server
 * may have taken it, nobody can ask it, and it is not sent again (`uncertain`). This is the gap that SMTP has between two machines
 * that do not share a transaction (RFC 1047): a letter in it may be lost, never doubled. Message-IDs are the same at every try, for
 * mailboxes that know a letter again.
 */

export type MailLog = { warn(details: object, message: string): void };
export type SystemQuery = <R extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<R[]>;

type Row = {
  id: string;
  recipient: string;
  language: string;
  subject: string;
  html: string;
  body_text: string;
  unsubscribe_url: string | null;
  attempts: number;
  too_old: boolean;
};

/** Sends one letter; `beforeEnd` runs when the server holds all of it but the end, and stops it by throwing. */
export type HeldSend = (
  letter: SendMailOptions & { messageId: string },
  beforeEnd: () => Promise<void>,
) => Promise<void>;

/** A transport whose letters wait before their end. */
export function withHeldEnd(transport: Transporter): HeldSend {
  const waiting = new Map<string, () => Promise<void>>();
  transport.use("stream", (mail, done) => {
    const beforeEnd = waiting.get(String(mail.data.messageId));
    const { message } = mail;
    const whole = message.createReadStream.bind(message);
    // Read only once the server has asked for the content, and ended only when that is written down.
    async function* held() {
      yield* whole();
      await beforeEnd?.();
    }
    message.createReadStream = () => Readable.from(held(), { objectMode: false }) as ReturnType<typeof whole>;
    done();
  });
  return async (letter, beforeEnd) => {
    waiting.set(letter.messageId, beforeEnd);
    try {
      await transport.sendMail(letter);
    } finally {
      waiting.delete(letter.messageId);
    }
  };
}

/** Another process has taken the letter meanwhile. */
class Overtaken extends Error {}

/**
 * Tries one queued letter. A server that refuses it for good makes it `failed`, and an address that does not exist is written to no
 * more; any other trouble plans the next try, for 72 hours.
 */
export async function sendLetter(ask: SystemQuery, send: HeldSend, log: MailLog, id: string): Promise<void> {
  const [letter] = await ask<Row>(
    `update public.mail_outbox set attempts = attempts + 1, next_try_at = $2::timestamptz where id = $1 and state = 'queued'
     returning id, recipient, language, subject, html, body_text, unsubscribe_url, attempts,
       created_at < $2::timestamptz - interval '72 hours' as too_old`,
    [id, now()],
  );
  if (!letter) return;
  let given = false;
  const beforeEnd = async () => {
    // The number of the try is the token of who may go on: a try begun later has made this one void.
    const mine = await ask(
      `update public.mail_outbox set state = 'sending', next_try_at = $3
       where id = $1 and state = 'queued' and attempts = $2 returning id`,
      [id, letter.attempts, now()],
    );
    if (mine.length === 0) throw new Overtaken("Another process is sending this letter");
    given = true;
  };
  try {
    await send(messageOf(letter), beforeEnd);
  } catch (error) {
    await noteTrouble(ask, log, letter, error, given);
    return;
  }
  // What opens a login has no business in a table once it was sent.
  await ask(
    "update public.mail_outbox set state = 'sent', sent_at = $2, error = null, html = '', body_text = '' where id = $1",
    [id, now()],
  );
  await ask("delete from public.mail_suppressions where email = lower($1)", [letter.recipient]);
}

function messageOf(letter: Row): SendMailOptions & { messageId: string } {
  const { unsubscribe_url: unsubscribe } = letter;
  return {
    to: letter.recipient,
    subject: letter.subject,
    text: letter.body_text,
    html: letter.html,
    messageId: `<${letter.id}@tandem.invalid>`,
    headers: {
      "Auto-Submitted": "auto-generated",
      "Content-Language": letter.language,
      // RFC 8058. Prepared: a folded address is none.
      ...(unsubscribe && {
        "List-Unsubscribe": { prepared: true, value: `<${unsubscribe}>` },
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      }),
    },
  };
}

async function noteTrouble(ask: SystemQuery, log: MailLog, letter: Row, error: unknown, given: boolean): Promise<void> {
  if (error instanceof Overtaken) return;
  const { id, recipient, attempts } = letter;
  const said = error instanceof Error ? error.message.slice(0, 500) : "unknown";
  const { code, command } = answerIn(error);
  // Whoever signs in wrongly or may not send at all has a wrong setting, not a wrong letter: that is put right within the 72 hours.
  const final = code >= 500 && code < 600 && (command === "RCPT TO" || command === "DATA");
  const state = final || letter.too_old ? "failed" : given && code === 0 ? "uncertain" : "queued";
  const next = new Date(now().getTime() + waitBefore(attempts + 1) * 1000);
  await ask(
    `update public.mail_outbox set state = $2, error = $3, next_try_at = $4
     where id = $1 and state in ('queued', 'sending') and attempts = $5`,
    [id, state, said, next, attempts],
  );
  if (state === "queued") {
    await ask("select private.retry_mail($1, $2)", [id, next]);
    return;
  }
  log.warn({ mail: id, state, error: said }, "A letter is not tried any more");
  if (!final || !isNoSuchMailbox(code, command, said)) return;
  await ask(
    `insert into public.mail_suppressions (email, said, mail_id) values (lower($1), $2, $3)
     on conflict (email) do update set said = excluded.said, mail_id = excluded.mail_id, created_at = now()`,
    [recipient, said, id],
  );
}

const LONGEST_WAIT = 2 * 60 * 60;

/** Seconds before a try: a minute, then twice as long each time, at most two hours. */
export function waitBefore(attempt: number): number {
  return Math.min(LONGEST_WAIT, 60 * 2 ** Math.max(0, Math.min(attempt - 2, 20)));
}

/** What the mail server answered, and to which step; 0 when it did not answer. */
function answerIn(error: unknown): { code: number; command: string } {
  const { responseCode, command } = (typeof error === "object" && error !== null ? error : {}) as Record<
    string,
    unknown
  >;
  return {
    code: typeof responseCode === "number" ? responseCode : 0,
    command: typeof command === "string" ? command : "",
  };
}

/** Plans anew what waits although its time has come, and gives up what was cut off at the end of being sent. */
export async function sweepMail(ask: SystemQuery, log: MailLog): Promise<void> {
  const lost = await ask<{ id: string }>(
    `update public.mail_outbox set state = 'uncertain', error = 'interrupted while the mail server took it'
     where state = 'sending' and next_try_at < $1::timestamptz - interval '10 minutes' returning id`,
    [now()],
  );
  for (const { id } of lost) log.warn({ mail: id }, "A letter was interrupted while the mail server took it");
  await ask(
    `with late as (
       select id from public.mail_outbox where state = 'queued' and next_try_at < $1::timestamptz - interval '2 minutes'
       order by next_try_at limit 200 for update skip locked
     ), planned as (
       update public.mail_outbox m set next_try_at = $1::timestamptz from late where m.id = late.id returning m.id
     )
     select private.retry_mail(id, $1::timestamptz) from planned`,
    [now()],
  );
}
