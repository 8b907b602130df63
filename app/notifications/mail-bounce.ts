/** What mail servers say about letters they could not deliver: in the dialogue that sends them, or in a report that comes later. */

/** Whether a refusal is about the address: a full mailbox (5.2) and a rule of the server's (5.7) are no wrong one. */
export function isNoSuchMailbox(code: number, command: string, said: string): boolean {
  if (/\b5\.[27]\.\d/.test(said)) return false;
  return command === "RCPT TO" || [550, 551, 553].includes(code);
}

/** What a report says of one recipient (RFC 3464). `addresses`: as we wrote it and as it was in the end, in small letters. */
export type Reported = {
  addresses: string[];
  action: "failed" | "delayed" | "other";
  status: string;
  said: string;
};

const SAID_MAX = 500;

/** Reads the part message/delivery-status: a group of fields about the letter, then one for each recipient. */
export function readDeliveryStatus(text: string): Reported[] {
  const groups = text
    .replace(/\r\n?/g, "\n")
    // A line that begins with a blank goes on with the one before it.
    .replace(/\n[ \t]+/g, " ")
    .split(/\n\s*\n/)
    .map(fieldsOf);
  return groups.flatMap((fields) => {
    const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0];
    const addresses = ["original-recipient", "final-recipient"].flatMap(
      (name) => valueAfterType(fields.get(name)) ?? [],
    );
    if (!status || addresses.length === 0) return [];
    const action = (fields.get("action") ?? "").toLowerCase();
    const diagnostic = valueAfterType(fields.get("diagnostic-code")) ?? "";
    return {
      addresses: addresses.map((address) => address.replace(/^<|>$/g, "").toLowerCase()),
      action: action === "failed" || action === "delayed" ? action : "other",
      status,
      said: plain(diagnostic.includes(status) ? diagnostic : `${status} ${diagnostic}`),
    };
  });
}

/** Whether a report of failure means that letters to this address never arrive. */
export function endsMail({ action, status, said }: Reported): boolean {
  if (action !== "failed" || !status.startsWith("5.")) return false;
  // Without a code of SMTP the status alone speaks.
  const code = Number(/^\s*(\d{3})\b/.exec(said)?.[1] ?? 550);
  return isNoSuchMailbox(code, "", `${status} ${said}`);
}

/** The id of the letter of ours that headers belong to; null when they are of no letter of ours. */
export function letterIn(headers: string): string | null {
  const head = headers.replace(/\r\n?/g, "\n").split("\n\n", 1)[0] ?? "";
  const id = /^message-id:\s*<([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@tandem\.invalid>/im.exec(
    head,
  );
  return id?.[1]?.toLowerCase() ?? null;
}

function fieldsOf(group: string): Map<string, string> {
  const fields = group.split("\n").flatMap((line) => {
    const colon = line.indexOf(":");
    return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const] : [];
  });
  return new Map(fields);
}

/** `rfc822; somebody@example.com`: what stands behind the type. */
function valueAfterType(value: string | undefined): string | undefined {
  return value && /^[^;]*;\s*(.+)$/s.exec(value)?.[1]?.trim();
}

const plain = (said: string) =>
  said
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, SAID_MAX);
