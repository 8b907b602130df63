import { spawn } from "node:child_process";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import express from "express";
import pg from "pg";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { moveClock, now, resetClock } from "~/kernel/clock";
import { lettersLost } from "~/notifications/notifications.server";
import { asSuperuser } from "../../tests/database";
import { manager, metisOwner } from "../../tests/personas";
import { createMail, type LocalMail, queueMail } from "./mail";
import { waitBefore } from "./mail-delivery";

type Received = { to: string; raw: string };
const received: Received[] = [];
/** What came in whole, whether or not it was taken. */
const offered: string[] = [];
let refuse: { code: number; message?: string } | null = null;
/** Looks in while a letter comes in, at its first piece and at its end. */
let whileReceiving: (() => Promise<void>) | null = null;
const statesSeen: unknown[] = [];
/** Called when a letter has come in whole, instead of the answer that it was taken. */
let whenTaken: (() => void) | null = null;
let smtp: SMTPServer;
let smtpUrl: string;
let pool: pg.Pool;
const open: { close: () => unknown }[] = [];

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: process.env.GATEWAY_DATABASE_URL, max: 2 });
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      let raw = "";
      const looked: Promise<void>[] = [];
      stream.on("data", (chunk) => {
        if (raw === "" && whileReceiving) looked.push(whileReceiving());
        raw += String(chunk);
      });
      stream.on("end", async () => {
        await Promise.all(looked);
        await whileReceiving?.();
        offered.push(raw);
        if (refuse) {
          return done(Object.assign(new Error(refuse.message ?? "No such mailbox"), { responseCode: refuse.code }));
        }
        received.push({ to: session.envelope.rcptTo[0]?.address ?? "", raw });
        if (whenTaken) whenTaken();
        else done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  resetClock();
  offered.length = 0;
  refuse = null;
  whileReceiving = null;
  whenTaken = null;
  await asSuperuser("delete from mail_suppressions");
  received.length = 0;
});
afterAll(async () => {
  for (const one of open) await one.close();
  await pool.end();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

function mail(url?: string): LocalMail {
  const made = createMail({
    databaseUrl: process.env.JOBS_DATABASE_URL ?? "",
    smtpUrl: url,
    from: "Tandem <tandem@localhost>",
    log: { warn: () => undefined },
  });
  open.push(made);
  return made;
}

async function queued(
  subject: string,
  text = "Привіт\n\nhttp://localhost:3000/confirm?token_hash=abc&type=magiclink",
): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const id = await queueMail(client, {
      to: "owner@metis.example",
      language: "uk",
      subject,
      html: "<p>Привіт</p>",
      text,
    });
    const { rows } = await client.query("select current_user as me");
    expect(rows[0].me).toBe("supabase_gateway");
    await client.query("commit");
    return id;
  } finally {
    client.release();
  }
}

/** How the last letter to whom all of these go ended, as staff are told; undefined when it arrived. */
const toldToStaff = async () => (await lettersLost(manager, [metisOwner.personId]))[0]?.state;

const stateOf = async (id: string) =>
  (
    await asSuperuser("select state, attempts, error, html, body_text, sent_at from public.mail_outbox where id = $1", [
      id,
    ])
  )[0];

test("a letter and its job are queued together or not at all", async () => {
  const id = await queued("Together");
  const jobs = "select count(*)::int as n from graphile_worker.jobs where task_identifier = 'send_mail' and key = $1";
  expect(await asSuperuser(jobs, [`send_mail:${id}`])).toEqual([{ n: 1 }]);
  const client = await pool.connect();
  await client.query("begin");
  const lost = await queueMail(client, { to: "a@b.example", language: "en", subject: "x", html: "x", text: "x" });
  await client.query("rollback");
  client.release();
  expect(await stateOf(lost)).toBeUndefined();
  expect(await asSuperuser(jobs, [`send_mail:${lost}`])).toEqual([{ n: 0 }]);
});

test("a letter is sent once, as text and HTML, and what opens a login leaves the table", async () => {
  const id = await queued("Вхід до Tandem");
  const { deliver } = mail(smtpUrl);
  await deliver(id);
  await deliver(id);
  expect(received).toHaveLength(1);
  const letter = await PostalMime.parse(received[0]?.raw ?? "");
  expect(letter).toMatchObject({
    subject: "Вхід до Tandem",
    from: { address: "tandem@localhost", name: "Tandem" },
    messageId: `<${id}@tandem.invalid>`,
  });
  expect(letter.text).toContain("token_hash=abc&type=magiclink");
  expect(letter.html).toContain("<p>Привіт</p>");
  expect(await stateOf(id)).toMatchObject({ state: "sent", attempts: 1, html: "", body_text: "", error: null });
});

test("a letter that a server refuses for good is failed, and any other trouble is tried again after a pause", async () => {
  const { deliver } = mail(smtpUrl);
  refuse = { code: 550 };
  const refused = await queued("Refused");
  await deliver(refused);
  expect(await stateOf(refused)).toMatchObject({ state: "failed", attempts: 1 });
  expect((await stateOf(refused))?.error).toContain("No such mailbox");

  refuse = { code: 451 };
  const later = await queued("Later");
  await deliver(later);
  expect(await stateOf(later)).toMatchObject({ state: "queued", attempts: 1 });
  const [planned] = await asSuperuser<{ wait: number }>(
    "select extract(epoch from run_at - now())::int as wait from graphile_worker.jobs where key = $1",
    [`send_mail:${later}`],
  );
  expect(planned?.wait).toBeGreaterThan(50);
  refuse = null;
  await deliver(later);
  expect(await stateOf(later)).toMatchObject({ state: "sent", attempts: 2, error: null });
  expect(received).toHaveLength(1);

  const nobodyThere = await queued("Nobody there");
  await mail("smtp://127.0.0.1:1").deliver(nobodyThere);
  expect(await stateOf(nobodyThere)).toMatchObject({ state: "queued" });
});

test("tries go on at growing distances, two hours at most, for 72 hours; then the letter is given up, and staff are told", async () => {
  const minutes = [1, 2, 4, 8, 16, 32, 64, ...Array.from({ length: 35 }, () => 120)];
  expect(minutes.map((_, tries) => waitBefore(tries + 2) / 60)).toEqual(minutes);
  const { deliver } = mail(smtpUrl);
  refuse = { code: 451 };
  const id = await queued("For three days");
  const begun = now().getTime();
  for (const [tries, wait] of minutes.entries()) {
    const before = now().getTime();
    await deliver(id);
    const after = now().getTime();
    const hours = (before - begun) / 3_600_000;
    expect(hours).toBeLessThan(72);
    expect(await stateOf(id), `after ${hours} hours`).toMatchObject({ state: "queued", attempts: tries + 1 });
    const [planned] = await asSuperuser<{ run_at: Date }>("select run_at from graphile_worker.jobs where key = $1", [
      `send_mail:${id}`,
    ]);
    const at = planned?.run_at.getTime() ?? 0;
    expect(at).toBeGreaterThanOrEqual(before + wait * 60_000);
    expect(at).toBeLessThanOrEqual(after + wait * 60_000);
    moveClock(at - now().getTime());
  }
  expect(now().getTime() - begun).toBeGreaterThan(72 * 3_600_000);
  expect(await toldToStaff(), "it may still arrive").toBeUndefined();
  await deliver(id);
  expect(await stateOf(id)).toMatchObject({ state: "failed", attempts: 43 });
  expect(await toldToStaff()).toBe("failed");
  refuse = null;
  await deliver(id);
  expect(received).toEqual([]);
  // Each try was of one and the same letter, to whoever looks at its number.
  const numbers = offered.map((raw) => /^Message-ID: (.*)\r$/im.exec(raw)?.[1]);
  expect(numbers).toEqual(Array.from({ length: 43 }, () => `<${id}@tandem.invalid>`));
  await deliver(await queued("Arrives"));
  expect(await toldToStaff(), "a later one arrived").toBeUndefined();
}, 60_000);

test("an address that does not exist is noted, and forgotten when a letter arrives there after all", async () => {
  const { deliver } = mail(smtpUrl);
  const noted = () => asSuperuser("select said from mail_suppressions where email = 'owner@metis.example'");
  refuse = { code: 550 };
  await deliver(await queued("Refused"));
  expect(await noted()).toEqual([{ said: expect.stringContaining("No such mailbox") }]);
  refuse = null;
  await deliver(await queued("Arrives"));
  expect(await noted()).toEqual([]);
});

test.each([
  [552, "5.2.2 Mailbox full"],
  [554, "5.7.1 Looks like spam"],
  [550, "5.7.26 Not authenticated"],
])("a refusal that is not about the address (%i %s) does not end mail to it", async (code, message) => {
  const { deliver } = mail(smtpUrl);
  refuse = { code, message };
  const id = await queued("Full");
  await deliver(id);
  expect(await stateOf(id)).toMatchObject({ state: "failed" });
  expect(await asSuperuser("select from mail_suppressions")).toEqual([]);
});

test("a letter that was given to the server and never noted as sent is not sent again", async () => {
  const { deliver, sweep } = mail(smtpUrl);
  // What a process killed between the server's answer and our note of it leaves behind.
  const id = await queued("Given");
  await asSuperuser(
    "update mail_outbox set state = 'sending', next_try_at = now() - interval '11 minutes' where id = $1",
    [id],
  );
  await sweep();
  await deliver(id);
  expect(received).toEqual([]);
  expect(await stateOf(id)).toMatchObject({ state: "uncertain" });
});

test("a letter whose job was lost with its process is found and sent, once", async () => {
  const { deliver, sweep } = mail(smtpUrl);
  const id = await queued("Left behind");
  await asSuperuser("delete from graphile_worker._private_jobs where key = $1", [`send_mail:${id}`]);
  await asSuperuser("update mail_outbox set attempts = 1, next_try_at = now() - interval '3 minutes' where id = $1", [
    id,
  ]);
  await sweep();
  await sweep();
  expect(await asSuperuser("select from graphile_worker.jobs where key = $1", [`send_mail:${id}`])).toHaveLength(1);
  await Promise.all([deliver(id), deliver(id), deliver(id)]);
  await deliver(id);
  expect(received).toHaveLength(1);
  expect(await stateOf(id)).toMatchObject({ state: "sent" });
});

test("the note that a letter is being given is there before the server can have all of it", async () => {
  const { deliver } = mail(smtpUrl);
  const id = await queued("Watched", "x".repeat(200_000));
  whileReceiving = async () => {
    statesSeen.push((await stateOf(id))?.state);
  };
  await deliver(id);
  expect(statesSeen[0]).toBe("queued");
  expect(statesSeen.at(-1)).toBe("sending");
  expect(await stateOf(id)).toMatchObject({ state: "sent" });
});

test("kill -9 right after the server took a letter: it was received once, and is not sent again", async () => {
  const id = await queued("Killed");
  const script = `
    import { createMail } from ${JSON.stringify(new URL("./mail.ts", import.meta.url).href)};
    const mail = createMail({ databaseUrl: process.env.JOBS_DATABASE_URL, smtpUrl: ${JSON.stringify(smtpUrl)},
      from: "Tandem <tandem@localhost>", log: { warn() {} } });
    await mail.deliver(${JSON.stringify(id)});
    process.exit(0);`;
  const sender = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: process.env,
    stdio: "ignore",
  });
  const ended = new Promise((resolve) => sender.once("exit", resolve));
  // The letter is taken, and its sender dies before it hears so.
  whenTaken = () => sender.kill("SIGKILL");
  await ended;
  whenTaken = null;
  expect(received).toHaveLength(1);
  expect(await stateOf(id)).toMatchObject({ state: "sending" });
  const { deliver, sweep } = mail(smtpUrl);
  await deliver(id);
  await asSuperuser("update mail_outbox set next_try_at = now() - interval '11 minutes' where id = $1", [id]);
  await sweep();
  await deliver(id);
  expect(received).toHaveLength(1);
  expect(await stateOf(id)).toMatchObject({ state: "uncertain" });
  expect(await toldToStaff()).toBe("uncertain");
}, 40_000);

test("kill -9 before the end of a letter: nothing was received, and it is sent again", async () => {
  const id = await queued("Cut off");
  const { deliver } = mail(smtpUrl);
  // A server drops what has no end; the sender's claim is all that is left.
  await asSuperuser("update mail_outbox set attempts = 1, next_try_at = now() where id = $1", [id]);
  await deliver(id);
  expect(received).toHaveLength(1);
  expect(await stateOf(id)).toMatchObject({ state: "sent", attempts: 2 });
});

test("a letter that nobody asked for says how to end its kind with one click, and one that was asked for does not", async () => {
  const { deliver } = mail(smtpUrl);
  const plain = await queued("Sign in");
  await deliver(plain);
  const news = await queued("News");
  const url = `https://portal.example.com/unsubscribe/${"a".repeat(36)}.comment.${"b".repeat(43)}`;
  await asSuperuser("update mail_outbox set unsubscribe_url = $2 where id = $1", [news, url]);
  await deliver(news);
  const [first, second] = received.map(({ raw }) => raw);
  expect(first).not.toMatch(/List-Unsubscribe/i);
  expect(second).toContain(`List-Unsubscribe: <${url}>\r\n`);
  expect(second).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
});

test("without SMTP a letter stays readable on this machine: escaped, its links clickable, and says that it is local", async () => {
  const id = await queued(
    "<img src=x onerror=alert(1)>",
    'See http://localhost:3000/confirm?a=1&b=2 <script>alert("x")</script>',
  );
  const { deliver, page } = mail();
  await deliver(id);
  expect(await stateOf(id)).toMatchObject({ state: "queued", attempts: 0 });
  const server = express().use("/dev/mail", page).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dev/mail`;
  const read = async (query: string, language: string) =>
    (await fetch(`${base}${query}`, { headers: { "accept-language": language } })).text();
  try {
    const html = await read("", "en");
    expect(html).toContain("local mailbox");
    expect(html).toContain('<a href="http://localhost:3000/confirm?a=1&amp;b=2">');
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x");
    expect(await read("", "zh")).toContain("本机发件箱");
    expect(await read("?to=OWNER@metis.example", "uk")).toContain("Листи для owner@metis.example");
    expect(await read('?to="><script>', "en")).not.toContain("<script");
    expect(await read("?to=nobody@metis.example", "ru")).toContain("Пока не написано");
    expect((await fetch(base, { method: "POST" })).status).toBe(405);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});
