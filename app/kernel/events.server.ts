import { sql } from "kysely";
import type { Actor } from "./actor";
import type { ActorTx } from "./actor-tx.server";
import type { SystemTx } from "./system-tx.server";

export type EventSubject = { readonly kind: string; readonly id: string; readonly accountId: string | null };
export type EventFacts = { readonly [name: string]: unknown };

/**
 * Writes the audit line that is also the outbox row: it commits with the change or not at all. The database takes the
 * author from the transaction, not from here; `actor` names on whose behalf the system acts (null: its own).
 *
 * @param name what happened, `<thing>.<past tense>`, for example `idea.submitted`
 * @param subject what it happened to; accountId null for things of ours
 * @param facts what the account's people may read too
 * @param staffFacts what only staff may read; the chain covers their hash
 * @param audience "staff" hides the very event from clients
 */
export async function recordEvent(
  tx: ActorTx | SystemTx,
  actor: Actor | null,
  name: string,
  subject: EventSubject,
  facts: EventFacts,
  staffFacts: EventFacts | null = null,
  audience: "both" | "staff" = "both",
): Promise<void> {
  const person = actor === null || actor.side === "guest" ? null : actor.personId;
  const secret = staffFacts === null ? null : JSON.stringify(staffFacts);
  await sql`select private.record_event(${name}, ${subject.kind}, ${subject.id}::uuid, ${subject.accountId}::uuid,
    ${JSON.stringify(facts)}::jsonb, ${secret}::jsonb, ${audience}, ${person}::uuid)`.execute(tx);
}

/** A line of the log that is yet to be written, as recordEvent takes it. */
export type Line = {
  name: string;
  subject: EventSubject;
  facts: EventFacts;
  staffFacts?: EventFacts;
  audience?: "both" | "staff";
};

/**
 * Writes several lines. The log of an account is held from the first line in it until the change is done: everybody who
 * writes into several does so in the order of the accounts, so that no two wait for each other.
 */
export async function recordInOrder(
  tx: ActorTx | SystemTx,
  actor: Actor | null,
  lines: readonly Line[],
): Promise<void> {
  const key = ({ subject }: Line) => subject.accountId ?? "";
  const sorted = [...lines].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  for (const { name, subject, facts, staffFacts = null, audience = "both" } of sorted) {
    await recordEvent(tx, actor, name, subject, facts, staffFacts, audience);
  }
}
