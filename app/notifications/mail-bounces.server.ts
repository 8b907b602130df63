import { createHash, timingSafeEqual } from "node:crypto";
import PostalMime from "postal-mime";
import { env } from "~/kernel/env.server";
import { limiter } from "~/kernel/limits.server";
import { log } from "~/kernel/log.server";
import { asSystem } from "~/kernel/system-tx.server";
import { endsMail, letterIn, type Reported, readDeliveryStatus } from "./mail-bounce";
import * as queries from "./mail-bounce.queries.server";

/** The door for letters that came back: a mail server hands in the reports that others sent it. */

/** Reports name a letter and say one thing of it; one that brings the whole letter along is still far smaller. */
const LONGEST = 2 ** 20;

// Somebody who guesses, and a mail server gone wild.
const wrongSecrets = limiter("mail.bounce.wrong", { points: 10, seconds: 15 * 60 });
const reports = limiter("mail.bounce", { points: 600, seconds: 60 });

const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Lets in whoever brings MAIL_BOUNCE_SECRET. Throws 404 where none is set, 401 for another one (429 after ten), and 429 with
 * the seconds to wait when there are too many reports.
 */
export async function requireMailServer(request: Request, clientAddress: string): Promise<void> {
  const { MAIL_BOUNCE_SECRET: secret } = env();
  if (!secret) throw new Response(null, { status: 404, statusText: "Not Found" });
  const brought = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
  // Of one length, so that the time it takes says nothing.
  const known = timingSafeEqual(digest(brought), digest(secret));
  const wait = known ? await reports.take("all") : await wrongSecrets.take(clientAddress);
  if (wait !== null) throw refusal("too-often", 429, { "Retry-After": String(wait) });
  if (!known) throw refusal("wrong-secret", 401, { "WWW-Authenticate": "Bearer" });
}

const refusal = (why: string, status: number, headers: Record<string, string>) =>
  Response.json({ why }, { status, headers });

export type ReportOutcome =
  | { ok: true; became: "failed" | "noted" | "ignored" }
  | { ok: false; why: "too-large" | "not-a-report" };

/**
 * Takes a report of delivery (RFC 3464) as it came. "failed": the letter of ours that it answers did not arrive, and nothing more
 * is sent to an address that does not exist; "noted": it may still arrive; "ignored": it answers no letter of ours to this
 * address, or one that is known to have failed. Without the letter's number, which its reader alone has seen, anybody who
 * knows the mailbox for such reports could silence others.
 */
export async function takeReport(bytes: ArrayBuffer): Promise<ReportOutcome> {
  if (bytes.byteLength > LONGEST) return { ok: false, why: "too-large" };
  const report = await readReport(bytes);
  if (!report) return { ok: false, why: "not-a-report" };
  const { letter: id, reported } = report;
  if (!id) return { ok: true, became: "ignored" };
  return asSystem("a mail server reports what became of a letter", async (tx) => {
    const letter = await queries.takenLetter(tx, id);
    const address = letter?.recipient.toLowerCase() ?? "";
    const about = reported.find(({ addresses }) => addresses.includes(address));
    if (!letter || !about || about.action === "other") return { ok: true, became: "ignored" };
    const failed = about.action === "failed";
    await queries.noteLetter(tx, id, about.said, failed);
    if (endsMail(about)) await queries.suppress(tx, address, about.said, id);
    log.warn({ mail: id, status: about.status, action: about.action }, "A letter was reported back");
    return { ok: true, became: failed ? "failed" : "noted" };
  });
}

/** What a report says and of which letter; null for mail that is no such report. */
async function readReport(bytes: ArrayBuffer): Promise<{ letter: string | null; reported: Reported[] } | null> {
  // Whatever cannot be read is no report.
  const mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true, attachmentEncoding: "utf8" }).catch(
    () => null,
  );
  const type = mail?.headers.find(({ key }) => key === "content-type")?.value ?? "";
  if (!mail || !/^\s*multipart\/report\b/i.test(type)) return null;
  const part = (...types: string[]) => {
    const content = mail.attachments.find(({ mimeType }) => types.includes(mimeType))?.content;
    return typeof content === "string" ? content : "";
  };
  const reported = readDeliveryStatus(part("message/delivery-status", "message/global-delivery-status"));
  if (reported.length === 0) return null;
  const letter = letterIn(part("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"));
  return { letter, reported };
}
