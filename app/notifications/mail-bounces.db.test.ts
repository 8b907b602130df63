import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { takeBack } from "~/kernel/process.server";
import { asSuperuser } from "../../tests/database";
import { requireMailServer, takeReport } from "./mail-bounces.server";

const SECRET = "a-secret-of-the-mail-server-of-more-than-32-signs";
const READER = "owner@metis.example";

beforeEach(async () => {
  await asSuperuser("delete from mail_suppressions");
  await asSuperuser("delete from limits.rate_limits");
});

type Said = {
  to?: string;
  action?: string;
  status?: string;
  diagnostic?: string;
  messageId?: string | null;
  /** How the letter comes along. */
  as?: string;
};

/** A report as Postfix writes it. */
function report({
  to = READER,
  action = "failed",
  status = "5.1.1",
  diagnostic = "smtp; 550 5.1.1 <owner@metis.example>: Recipient address rejected:\r\n    User unknown",
  messageId = null,
  as = "message/rfc822",
}: Said): ArrayBuffer {
  const lines = [
    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
    "To: portal@tandem.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="B1/mx.example"',
    "",
    "--B1/mx.example",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "I'm sorry to have to inform you that your message could not be delivered.",
    "--B1/mx.example",
    "Content-Description: Delivery report",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "X-Postfix-Queue-ID: 4F9D195432C",
    "Arrival-Date: Sun, 22 Nov 2026 20:26:55 +0000 (UTC)",
    "",
    `Final-Recipient: rfc822; ${to}`,
    `Original-Recipient: rfc822;${to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    "Remote-MTA: dns; mail.metis.example",
    `Diagnostic-Code: ${diagnostic}`,
    "",
    "--B1/mx.example",
    `Content-Type: ${as}`,
    "",
    ...(messageId ? [`Message-ID: ${messageId}`] : []),
    "From: Tandem <portal@tandem.example>",
    `To: ${READER}`,
    "Subject: News",
    "",
    "What the letter said",
    "--B1/mx.example--",
    "",
  ];
  return bytes(lines.join("\r\n"));
}

const bytes = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text)).buffer;

/** A letter to Metis' owner that our mail server has taken. */
async function sent(state = "sent"): Promise<string> {
  const [letter] = await asSuperuser<{ id: string }>(
    `insert into mail_outbox (recipient, language, subject, html, body_text, state)
     values ('Owner@Metis.example', 'uk', 'News', '', '', $1) returning id`,
    [state],
  );
  return letter?.id ?? "";
}

const idOf = (letter: string) => `<${letter}@tandem.invalid>`;
const became = async (said: Said) => {
  const outcome = await takeReport(report(said));
  return outcome.ok ? outcome.became : outcome.why;
};
const letterAt = async (id: string) =>
  (await asSuperuser<{ state: string; error: string }>("select state, error from mail_outbox where id = $1", [id]))[0];
const silenced = () => asSuperuser<{ email: string; said: string }>("select email, said from mail_suppressions");

describe("a letter that came back", () => {
  test("for good ends mail to its address, once, until somebody lets it be tried again", async () => {
    const id = await sent();
    expect(await became({ messageId: idOf(id) })).toBe("failed");
    const said = expect.stringMatching(/^550 5\.1\.1 .*rejected:\s+User unknown$/);
    expect(await letterAt(id)).toEqual({ state: "failed", error: said });
    expect(await silenced()).toEqual([{ email: READER, said }]);
    await asSuperuser("delete from mail_suppressions");
    expect(await became({ messageId: idOf(id) })).toBe("ignored");
    expect(await silenced()).toEqual([]);
  });

  test.each(["text/rfc822-headers", "message/global-headers", "message/global"])(
    "is known by its number in %s, too",
    async (as) => {
      const id = await sent("uncertain");
      expect(await became({ messageId: idOf(id), as })).toBe("failed");
      expect(await silenced()).toHaveLength(1);
    },
  );

  test.each([
    ["a full mailbox", { status: "5.2.2", diagnostic: "smtp; 552 5.2.2 Mailbox full" }],
    ["a rule of the server's", { status: "5.7.1", diagnostic: "smtp; 550 5.7.1 Looks like spam" }],
    ["patience that ran out", { status: "4.4.7", diagnostic: "smtp; 451 4.4.7 Message expired" }],
  ])("because of %s has failed, and the address hears on", async (_why, said) => {
    const id = await sent();
    expect(await became({ messageId: idOf(id), ...said })).toBe("failed");
    expect(await letterAt(id)).toMatchObject({ state: "failed" });
    expect(await silenced()).toEqual([]);
  });

  test("only late is noted", async () => {
    const id = await sent();
    const late = { action: "delayed", status: "4.4.1", diagnostic: "smtp; 421 4.4.1 Connection timed out" };
    expect(await became({ messageId: idOf(id), ...late })).toBe("noted");
    expect(await letterAt(id)).toEqual({ state: "sent", error: "421 4.4.1 Connection timed out" });
    expect(await silenced()).toEqual([]);
  });
});

test("a report that answers no letter of ours to that address silences nobody", async () => {
  const id = await sent();
  const forged: Said[] = [
    { messageId: null },
    { messageId: idOf(randomUUID()) },
    { messageId: `<${id}@elsewhere.example>` },
    { messageId: idOf(id), to: "owner@brix.example" },
    { messageId: idOf(id), action: "delivered", status: "2.0.0" },
    { messageId: idOf(await sent("queued")) },
  ];
  for (const said of forged) expect(await became(said), JSON.stringify(said)).toBe("ignored");
  expect(await silenced()).toEqual([]);
  expect(await letterAt(id)).toEqual({ state: "sent", error: null });
});

test("what is no report is refused, whatever it is", async () => {
  const id = await sent();
  const whole = Buffer.from(report({ messageId: idOf(id) })).toString();
  const broken = [
    "",
    "\0\0\0",
    "From: a@b\r\n\r\nOut of office",
    whole.replace("multipart/report", "multipart/mixed"),
    whole.replaceAll("Status: 5.1.1", "Status: gone"),
    whole.slice(0, whole.indexOf("Final-Recipient")),
    'Content-Type: multipart/report; boundary="a"\r\n\r\n'.repeat(500),
  ];
  for (const text of broken)
    expect(await takeReport(bytes(text)), text.slice(0, 60)).toEqual({ ok: false, why: "not-a-report" });
  expect(await takeReport(new ArrayBuffer(2 ** 20 + 1))).toEqual({ ok: false, why: "too-large" });
  expect(await letterAt(id)).toMatchObject({ state: "sent" });
});

describe("the door for reports", () => {
  const knock = async (authorization?: string, address = "192.0.2.9") => {
    const request = new Request("http://localhost:3000/api/mail/bounces", {
      method: "POST",
      headers: authorization === undefined ? {} : { authorization },
    });
    return requireMailServer(request, address).then(
      () => 200,
      (thrown: unknown) => (thrown instanceof Response ? thrown.status : thrown),
    );
  };
  const told = (secret: string | undefined) => {
    takeBack("env");
    if (secret === undefined) delete process.env.MAIL_BOUNCE_SECRET;
    else process.env.MAIL_BOUNCE_SECRET = secret;
  };
  beforeEach(() => {
    told(SECRET);
    return () => told(undefined);
  });

  test("is not there without a secret", async () => {
    told(undefined);
    expect([await knock(`Bearer ${SECRET}`), await knock("Bearer "), await knock()]).toEqual([404, 404, 404]);
  });

  test("opens to the secret alone, and ten wrong ones are enough, wherever the right one comes from", async () => {
    expect(await knock(`Bearer ${SECRET}`)).toBe(200);
    const wrong = [undefined, "", "Bearer ", "Bearer x", `Bearer ${SECRET}x`, `Basic ${SECRET}`, SECRET.slice(1)];
    for (const header of wrong) expect(await knock(header), header).toBe(401);
    for (let more = wrong.length; more < 10; more++) expect(await knock("Bearer y")).toBe(401);
    expect(await knock("Bearer y")).toBe(429);
    expect(await knock("Bearer y", "192.0.2.10")).toBe(401);
    expect(await knock(`Bearer ${SECRET}`)).toBe(200);
  });
});
