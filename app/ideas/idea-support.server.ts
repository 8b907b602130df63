import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { mayShape, maySupport } from "./idea";
import { claimAttachments } from "./idea-attachments.server";
import type { Refusal, Source } from "./idea-page";
import * as queries from "./idea-support.queries.server";

/**
 * The door to support and to following. A client supports what they see: ideas of their account, and what others shared.
 * Support stands in the log of the account that gives it, so that nobody reads there what another account said.
 */

type NotThere = { ok: false; why: "not-found" };
export type Outcome = { ok: true } | NotThere | { ok: false; why: Refusal };

const NOT_FOUND: NotThere = { ok: false, why: "not-found" };

/** Whom an actor follows as. */
export const followerOf = (actor: ClientActor | StaffActor, ideaId: string) => ({
  ideaId,
  personId: actor.personId,
  accountId: actor.side === "client" ? actor.accountId : null,
});

/** Inside a transaction: supports and follows. Out: the support's id, new or not. */
async function supportOnce(tx: ActorTx, client: ClientActor, ideaId: string): Promise<string> {
  const { accountId, personId } = client;
  const made = await queries.insertSupport(tx, { ideaId, accountId, personId });
  if (made) {
    await queries.insertFollower(tx, followerOf(client, ideaId));
    await recordEvent(tx, client, "idea.supported", { kind: "idea", id: ideaId, accountId }, { support: made });
    return made;
  }
  const there = await queries.findSupport(tx, ideaId, personId);
  if (!there) throw new Error("a support that was there a moment ago is gone");
  return there.id;
}

/** "We need this too." Pressed twice, or by two clicks at once, it counts once. */
export function support(client: ClientActor, ideaId: string): Promise<Outcome> {
  return asActor<Outcome>(client, async (tx) => {
    if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
    if (!maySupport(client)) return { ok: false, why: "may-not" };
    await supportOnce(tx, client, ideaId);
    return { ok: true };
  });
}

/** Takes one's support back; the account still counts while a colleague supports it. */
export function withdraw(client: ClientActor, ideaId: string): Promise<Outcome> {
  return asActor<Outcome>(client, async (tx) => {
    if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
    if (!maySupport(client)) return { ok: false, why: "may-not" };
    const gone = await queries.withdrawSupport(tx, ideaId, client.personId);
    const subject = { kind: "idea", id: ideaId, accountId: client.accountId };
    if (gone) await recordEvent(tx, client, "idea.support_withdrawn", subject, { support: gone });
    return { ok: true };
  });
}

/** Supports an idea with words and files that show why. In: ids of uploads. Refused when some of them are gone. */
export async function giveEvidence(
  client: ClientActor,
  ideaId: string,
  evidence: { words: string | null; uploads: readonly string[] },
): Promise<Outcome> {
  const { words, uploads } = evidence;
  return orUndone<Outcome>((undo) =>
    asActor<Outcome>(client, async (tx) => {
      if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
      if (!maySupport(client)) return { ok: false, why: "may-not" };
      const supportId = await supportOnce(tx, client, ideaId);
      await queries.setEvidence(tx, supportId, words);
      if (!(await claimAttachments(tx, uploads, { ideaId, supportId }))) return undo({ ok: false, why: "files-gone" });
      const subject = { kind: "idea", id: ideaId, accountId: client.accountId };
      await recordEvent(tx, client, "idea.evidence_given", subject, { support: supportId });
      return { ok: true };
    }),
  );
}

class Undone<T> extends Error {
  constructor(readonly outcome: T) {
    super("a use case took back what it had begun");
  }
}

/** Runs a use case that may find out late that it must not: what it wrote is rolled back, and its outcome kept. */
export async function orUndone<T>(work: (undo: (outcome: T) => never) => Promise<T>): Promise<T> {
  try {
    return await work((outcome) => {
      throw new Undone(outcome);
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
}

export type Heard = { account: string; person: string | null; source: Source; saidOn: string; words: string | null };

/** Support that an account told staff of: from where, when and in which words. Its people read that, when they see the idea. */
export function supportOnBehalf(staff: StaffActor, ideaId: string, heard: Heard): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
    if (!mayShape(staff)) return { ok: false, why: "may-not" };
    const account = await queries.findAccountByName(tx, heard.account);
    if (!account) return { ok: false, why: "no-such-account" };
    const personId = heard.person === null ? null : await queries.findPersonOf(tx, account.id, heard.person);
    if (personId === undefined) return { ok: false, why: "no-such-person" };
    const { source, saidOn, words: comment } = heard;
    const onBehalf = { ideaId, accountId: account.id, personId, comment, source, saidOn, onBehalfBy: staff.personId };
    const made = await queries.insertOnBehalf(tx, onBehalf);
    if (!made) return { ok: false, why: "already" };
    const audience = (await queries.isSeenBy(tx, ideaId, account.id)) ? "both" : "staff";
    const subject = { kind: "idea", id: ideaId, accountId: account.id };
    await recordEvent(tx, staff, "idea.supported", subject, { support: made, source }, null, audience);
    return { ok: true };
  });
}

/** Takes back what staff added on behalf of somebody. */
export function withdrawOnBehalf(staff: StaffActor, ideaId: string, supportId: string): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
    if (!mayShape(staff)) return { ok: false, why: "may-not" };
    const gone = await queries.withdrawOnBehalf(tx, ideaId, supportId);
    if (!gone) return NOT_FOUND;
    const audience = (await queries.isSeenBy(tx, ideaId, gone.accountId)) ? "both" : "staff";
    const subject = { kind: "idea", id: ideaId, accountId: gone.accountId };
    await recordEvent(tx, staff, "idea.support_withdrawn", subject, { support: supportId }, null, audience);
    return { ok: true };
  });
}

/** Names of accounts to choose from when adding support on behalf. */
export function accountNames(staff: StaffActor): Promise<string[]> {
  return asActor(staff, (tx) => queries.listAccountNames(tx, 300));
}

/** Wants to hear of an idea, or no more. Whoever sees it may. */
export function follow(actor: ClientActor | StaffActor, ideaId: string, wanted: boolean): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    if (!(await queries.findSeen(tx, ideaId))) return NOT_FOUND;
    if (wanted) await queries.insertFollower(tx, followerOf(actor, ideaId));
    else await queries.deleteFollower(tx, ideaId, actor.personId);
    return { ok: true };
  });
}
