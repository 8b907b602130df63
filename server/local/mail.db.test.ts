import type { AddressInfo } from "node:net";
import express from "express";
import pg from "pg";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { createMail, type LocalMail, queueMail } from "./mail";

type Received = { to: string; raw: string };
const received: Received[] = [];
let refuse: { code: number } | null = null;
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
      stream.on("data", (chunk) => {
        raw += String(chunk);
      });
      stream.on("end", () => {
        if (refuse) return done(Object.assign(new Error("No such mailbox"), { responseCode: refuse.code }));
        received.push({ to: session.envelope.rcptTo[0]?.address ?? "", raw });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
});
afterEach(() => {
  refuse = null;
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

test("a letter that a server refuses for good is failed; any other trouble is tried again", async () => {
  const { deliver } = mail(smtpUrl);
  refuse = { code: 550 };
  const refused = await queued("Refused");
  await deliver(refused);
  expect(await stateOf(refused)).toMatchObject({ state: "failed", attempts: 1 });
  expect((await stateOf(refused))?.error).toContain("No such mailbox");

  refuse = { code: 451 };
  const later = await queued("Later");
  await expect(deliver(later)).rejects.toThrow();
  expect(await stateOf(later)).toMatchObject({ state: "queued", attempts: 1 });
  refuse = null;
  await deliver(later);
  expect(await stateOf(later)).toMatchObject({ state: "sent", attempts: 2, error: null });

  const nobodyThere = await queued("Nobody there");
  await expect(mail("smtp://127.0.0.1:1").deliver(nobodyThere)).rejects.toThrow();
  expect(await stateOf(nobodyThere)).toMatchObject({ state: "queued" });
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
