import { createHash } from "node:crypto";
import { quotablePassage, quotableThing } from "~/ideas/idea-quotes.server";
import { quotableComment } from "~/ideas/idea-said.server";
import { orUndone } from "~/ideas/idea-support.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { type Answer, answer, ask, mayAnswer, mayMake, type Refusal, reopen, stateOf } from "./decision";
import * as queries from "./decision.queries.server";
import { documentOf, quoteOf } from "./source";

/** The door to decisions: making one from what was said, asking people of both sides, answering, reopening. */

type Person = ClientActor | StaffActor;
type Seen = { id: string; revision: number };
export type Outcome = { ok: true } | { ok: false; why: Refusal | "not-found" | "may-not" | "cannot-be-asked" };
export type Made =
  | { ok: true; decision: string }
  | { ok: false; why: "not-found" | "may-not" | "thing-gone" | "board-unread" };

const OK = { ok: true } as const;
const NOT_FOUND = { ok: false, why: "not-found" } as const;
const MAY_NOT = { ok: false, why: "may-not" } as const;
const NOBODY = { authorId: null, guestGrantId: null };
const CHANGED = { ok: false, why: "changed-meanwhile" } as const;

const sha256 = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();
const subjectOf = ({ id, accountId }: { id: string; accountId: string }) => ({ kind: "decision", id, accountId });

/** Makes a decision from a comment. What is quoted is read here, as it is stored, and never taken from whoever asks. */
export function makeFromComment(
  actor: Person,
  from: { ideaId: string; commentId: string },
  words: queries.Words,
): Promise<Made> {
  return asActor<Made>(actor, async (tx) => {
    const said = await quotableComment(tx, from.ideaId, from.commentId);
    if (!said) return NOT_FOUND;
    if (!mayMake(actor)) return MAY_NOT;
    const { accountId, text: quote, writtenAt, authorId, guestGrantId } = said;
    const source = { kind: "comment", objectId: from.commentId, quote, writtenAt, authorId, guestGrantId } as const;
    return make(tx, actor, { ideaId: from.ideaId, accountId }, words, source);
  });
}

/**
 * Makes a decision from a thing of the idea's board, which is read here as it is stored. "thing-gone": it does not stand there;
 * "board-unread": nobody can tell.
 */
export async function makeFromThing(
  actor: Person,
  from: { ideaId: string; element: string },
  words: queries.Words,
): Promise<Made> {
  const { ideaId, element } = from;
  const thing = await quotableThing(actor, ideaId, element);
  if (!thing) return NOT_FOUND;
  if (!mayMake(actor)) return MAY_NOT;
  if (typeof thing === "string") return { ok: false, why: thing };
  return asActor<Made>(actor, async (tx) => {
    const { accountId, says: quote, drawn, by } = thing;
    // A board keeps no times: it stood there when it was quoted.
    const source = { kind: "thing", objectId: ideaId, quote, writtenAt: now(), thing: { element, drawn } } as const;
    const author = by === null ? NOBODY : await queries.authorOf(tx, by);
    return make(tx, actor, { ideaId, accountId }, words, { ...source, ...author });
  });
}

/** Makes a decision from the passage of the brief that a thread is about, as the thread keeps it. */
export async function makeFromPassage(
  actor: Person,
  from: { ideaId: string; threadId: string },
  words: queries.Words,
): Promise<Made> {
  const { ideaId, threadId } = from;
  const found = await quotablePassage(actor, ideaId, threadId);
  if (!found) return NOT_FOUND;
  if (!mayMake(actor)) return MAY_NOT;
  return asActor<Made>(actor, async (tx) => {
    const { quote, ...anchor } = found.passage;
    const author = found.by === null ? NOBODY : await queries.authorOf(tx, found.by);
    const source = { kind: "passage", objectId: threadId, quote, writtenAt: now(), anchor } as const;
    return make(tx, actor, { ideaId, accountId: found.accountId }, words, { ...source, ...author });
  });
}

async function make(
  tx: ActorTx,
  actor: Person,
  { ideaId, accountId }: { ideaId: string; accountId: string },
  words: queries.Words,
  quoted: Omit<queries.Quoted, "sha256">,
): Promise<Made> {
  const id = await queries.insertDecision(tx, { accountId, ideaId, madeBy: actor.personId });
  const belongs = { decisionId: id, accountId };
  await queries.insertRevision(tx, belongs, { ...words, number: 1, writtenBy: actor.personId });
  const { quote, authorId, guestGrantId, ...rest } = quoted;
  const source = { ...rest, text: quote, authorId: authorId ?? guestGrantId ?? "" };
  await queries.insertSource(tx, belongs, { ...quoted, sha256: sha256(quoteOf(source)) });
  await recordEvent(tx, actor, "decision.made", subjectOf({ id, accountId }), { idea: ideaId });
  return { ok: true, decision: id };
}

/** Words a draft anew. */
export function wordDecision(actor: Person, seen: Seen, words: queries.Words): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const found = await queries.findDecision(tx, seen.id);
    if (!found) return NOT_FOUND;
    if (!mayMake(actor)) return MAY_NOT;
    if (seen.revision !== found.number) return CHANGED;
    if (found.askedAt !== null) return { ok: false, why: "not-a-draft" };
    if (!(await queries.setWords(tx, found.revisionId, words))) return CHANGED;
    await recordEvent(tx, actor, "decision.worded", subjectOf(found), { revision: found.number });
    return OK;
  });
}

/** Asks people of both sides to agree. From here on its words stand, and everybody signs the hash of these words. */
export function askAbout(actor: Person, seen: Seen, people: readonly string[]): Promise<Outcome> {
  return orUndone<Outcome>((undo) =>
    asActor<Outcome>(actor, async (tx) => {
      const found = await queries.findDecision(tx, seen.id);
      if (!found) return NOT_FOUND;
      if (!mayMake(actor)) return MAY_NOT;
      const sides = await queries.sidesOf(tx, people);
      if (sides.length < new Set(people).size) return { ok: false, why: "cannot-be-asked" };
      const wanted = people.flatMap((id) => sides.filter(({ personId }) => personId === id));
      const next = ask(queries.revisionOf(found), seen.revision, wanted);
      if (!next.ok) return next;
      const hash = await hashOf(tx, found);
      const asked = await queries.askPeople(tx, found, { by: actor.personId, hash, people });
      if (asked === undefined) return undo(CHANGED);
      if (asked < people.length) return undo({ ok: false, why: "cannot-be-asked" });
      const facts = { revision: found.number, people: [...people], hash: hash.toString("hex") };
      await recordEvent(tx, actor, "decision.asked", subjectOf(found), facts);
      return OK;
    }),
  );
}

async function hashOf(tx: ActorTx, { id, number, title, reason, rejected }: queries.Found): Promise<Buffer> {
  const quotes = (await queries.listSources(tx, id)).map((source) => source.sha256.toString("hex"));
  return sha256(documentOf({ decisionId: id, revision: number, title, reason, rejected, quotes }));
}

export type Said = { says: "agree" } | { says: "not-yet"; reason: string };

/**
 * Answers in one's own name. Whoever is last of those who agree is known by the log of the account, which is held from one answer
 * to its commit: of two who press in the same second, the second one reads what the first one said.
 */
export function answerDecision(actor: Person, seen: Seen, said: Said): Promise<Outcome> {
  return orUndone<Outcome>((undo) =>
    asActor<Outcome>(actor, async (tx) => {
      const found = await queries.findDecision(tx, seen.id);
      if (!found) return NOT_FOUND;
      if (!mayAnswer(actor)) return MAY_NOT;
      const given: Answer = { ...said, at: now() };
      const next = answer(queries.revisionOf(found), seen.revision, actor.personId, given);
      if (!next.ok) return next;
      if (!(await queries.setAnswer(tx, found, actor.personId, given))) return undo(CHANGED);
      const facts = { revision: found.number, says: given.says };
      await recordEvent(tx, actor, "decision.answered", subjectOf(found), facts);
      const after = await queries.findDecision(tx, seen.id);
      if (after && after.number === found.number && stateOf(queries.revisionOf(after)) === "agreed") {
        const hash = after.documentHash?.toString("hex");
        await recordEvent(tx, actor, "decision.agreed", subjectOf(found), { revision: found.number, hash });
      }
      return OK;
    }),
  );
}

/** Makes the next revision, with the words of the one before, which nobody has been asked about. */
export function reopenDecision(actor: Person, seen: Seen): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const found = await queries.findDecision(tx, seen.id);
    if (!found) return NOT_FOUND;
    if (!mayMake(actor)) return MAY_NOT;
    const next = reopen(queries.revisionOf(found), seen.revision);
    if (!next.ok) return next;
    const { title, reason, rejected } = found;
    const belongs = { decisionId: found.id, accountId: found.accountId };
    const number = next.revision.number;
    const words = { title, reason, rejected, number, writtenBy: actor.personId };
    if (!(await queries.insertRevision(tx, belongs, words))) return CHANGED;
    await recordEvent(tx, actor, "decision.reopened", subjectOf(found), { revision: number });
    return OK;
  });
}
