import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { mayComment, mayNote } from "./idea";
import { findIdeaHead } from "./idea.queries.server";
import { claimAttachments, claimForNote } from "./idea-attachments.server";
import { MENTIONS_MAX, mayChangeSaid, type Reaction, type Refusal, withMentions } from "./idea-page";
import * as queries from "./idea-said.queries.server";
import { insertFollower } from "./idea-support.queries.server";
import { followerOf, type Outcome, orUndone } from "./idea-support.server";

/** The door to what is said about an idea: comments, which both sides read, and internal notes, which exist for staff alone. */

type Person = ClientActor | StaffActor;
type Place = queries.Place;

const NOT_FOUND = { ok: false, why: "not-found" } as const;

/** Ids in the place of names; only of people who may read the text. */
export async function mentioned(tx: ActorTx, place: Place, accountId: string, typed: string) {
  if (!typed.includes("@")) return { body: typed, mentions: [] };
  const readers = place === "comment" ? accountId : null;
  return withMentions(typed, await queries.findMentioned(tx, readers, typed, MENTIONS_MAX));
}

/** A comment as it stands now, with the names of whom it calls, for whoever quotes it; undefined: not there for this actor. */
export const quotableComment = (tx: ActorTx, ideaId: string, id: string) => queries.findQuotable(tx, ideaId, id);

const QUOTABLES = 20;

/** An idea and the newest of what was said about it, for whoever chooses what to quote; undefined: not there for this actor. */
export async function quotableComments(tx: ActorTx, ideaId: string) {
  const idea = await queries.findTitle(tx, ideaId);
  return idea && { idea, said: await queries.listQuotable(tx, ideaId, QUOTABLES) };
}

export type Spoken =
  | { ok: true; id: string }
  | { ok: false; why: "not-found" | "may-not-comment" | "may-not-note" | "files-gone" };

/** Says something that both sides read. Names behind an @ call people. In: ids of uploads that go with it. */
export function addComment(
  actor: Person,
  ideaId: string,
  typed: string,
  uploads: readonly string[] = [],
): Promise<Spoken> {
  return orUndone<Spoken>((undo) =>
    asActor<Spoken>(actor, async (tx) => {
      const idea = await findIdeaHead(tx, ideaId);
      if (!idea) return NOT_FOUND;
      if (!mayComment(actor)) return { ok: false, why: "may-not-comment" };
      const { accountId } = idea;
      const { body, mentions } = await mentioned(tx, "comment", accountId, typed);
      const id = await queries.insertComment(tx, { ideaId, accountId, authorId: actor.personId, body, mentions });
      if (!(await claimAttachments(tx, uploads, { ideaId, commentId: id }))) {
        return undo({ ok: false, why: "files-gone" });
      }
      await insertFollower(tx, followerOf(actor, ideaId));
      const facts = { comment: id, ...(mentions.length > 0 && { mentions }) };
      await recordEvent(tx, actor, "idea.commented", { kind: "idea", id: ideaId, accountId }, facts);
      return { ok: true, id };
    }),
  );
}

/** Writes an internal note; neither it nor its files nor its event exist for a client. In: ids of uploads that go with it. */
export function addNote(
  staff: StaffActor,
  ideaId: string,
  typed: string,
  uploads: readonly string[] = [],
): Promise<Spoken> {
  return orUndone<Spoken>((undo) =>
    asActor<Spoken>(staff, async (tx) => {
      const idea = await findIdeaHead(tx, ideaId);
      if (!idea) return NOT_FOUND;
      if (!mayNote(staff)) return { ok: false, why: "may-not-note" };
      const { accountId } = idea;
      const { body, mentions } = await mentioned(tx, "note", accountId, typed);
      const id = await queries.insertNote(tx, { ideaId, accountId, authorId: staff.personId, body, mentions });
      if (!(await claimForNote(tx, uploads, id))) return undo({ ok: false, why: "files-gone" });
      await insertFollower(tx, followerOf(staff, ideaId));
      const facts = { note: id, ...(mentions.length > 0 && { mentions }) };
      await recordEvent(tx, staff, "idea.noted", { kind: "idea", id: ideaId, accountId }, facts, null, "staff");
      return { ok: true, id };
    }),
  );
}

type Target = { place: Place; ideaId: string; id: string };

/** What somebody said a moment ago, while it is theirs to change; else why not. */
async function changeable(tx: ActorTx, actor: Person, { place, ideaId, id }: Target) {
  const said = await queries.findSaid(tx, place, ideaId, id);
  if (!said) return NOT_FOUND;
  if (!mayComment(actor)) return { ok: false, why: "may-not" } as const;
  const mine = said.authorId === actor.personId;
  if (!mine) return { ok: false, why: "may-not" } as const;
  if (!mayChangeSaid({ mine, createdAt: said.createdAt }, now())) return { ok: false, why: "too-late" } as const;
  return { ok: true, said } as const;
}

const staffOnly = (actor: Person, place: Place) => place === "note" && actor.side !== "staff";
const TOO_LATE = { ok: false, why: "too-late" } as const satisfies { ok: false; why: Refusal };

/** Corrects a comment or a note of one's own, within a quarter of an hour; it says then that it was. */
export function editSaid(actor: Person, target: Target, typed: string): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    if (staffOnly(actor, target.place)) return NOT_FOUND;
    const verdict = await changeable(tx, actor, target);
    if (!verdict.ok) return verdict;
    const { accountId, mentions: before } = verdict.said;
    const words = await mentioned(tx, target.place, accountId, typed);
    if (!(await queries.changeSaid(tx, target.place, target.id, words))) return TOO_LATE;
    const called = words.mentions.filter((id) => !before.includes(id));
    const facts = { [target.place]: target.id, ...(called.length > 0 && { mentions: called }) };
    const subject = { kind: "idea", id: verdict.said.ideaId, accountId };
    if (target.place === "comment") await recordEvent(tx, actor, "idea.comment_edited", subject, facts);
    else await recordEvent(tx, actor, "idea.note_edited", subject, facts, null, "staff");
    return { ok: true };
  });
}

/** Takes a comment or a note of one's own back, within a quarter of an hour. Nothing of it stays but that it was there. */
export function takeBack(actor: Person, target: Target): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    if (staffOnly(actor, target.place)) return NOT_FOUND;
    const verdict = await changeable(tx, actor, target);
    if (!verdict.ok) return verdict;
    if (!(await queries.deleteSaid(tx, target.place, target.id))) return TOO_LATE;
    const { ideaId, accountId } = verdict.said;
    const subject = { kind: "idea", id: ideaId, accountId };
    const facts = { [target.place]: target.id };
    if (target.place === "comment") await recordEvent(tx, actor, "idea.comment_removed", subject, facts);
    else await recordEvent(tx, actor, "idea.note_removed", subject, facts, null, "staff");
    return { ok: true };
  });
}

/** Gives one of our few reactions, or takes it back. */
export function react(actor: Person, target: Target, reaction: Reaction): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    if (staffOnly(actor, target.place)) return NOT_FOUND;
    const said = await queries.findSaid(tx, target.place, target.ideaId, target.id);
    if (!said) return NOT_FOUND;
    if (!(target.place === "note" ? mayNote(actor) : mayComment(actor))) return { ok: false, why: "may-not" };
    await queries.toggleReaction(tx, target.place, said, actor.personId, reaction);
    await queries.tellPages(tx, said.ideaId, said.accountId, target.place === "note" ? "staff" : "both");
    return { ok: true };
  });
}
