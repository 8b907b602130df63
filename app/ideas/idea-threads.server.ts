import { type Chosen, findPassage } from "~/collab/passages.server";
import { boardRoom, briefRoom } from "~/collab/room";
import { findThing } from "~/collab/things.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { mayComment } from "./idea";
import { findBriefSeed, findIdeaHead } from "./idea.queries.server";
import { insertComment, insertNote } from "./idea-said.queries.server";
import { mentioned } from "./idea-said.server";
import { insertFollower } from "./idea-support.queries.server";
import { followerOf, type Outcome } from "./idea-support.server";
import { keptOf, mayPlace, mayResolve, reaches, type ThreadAbout, type ThreadsOf } from "./idea-thread";
import * as queries from "./idea-thread.queries.server";
import { boundTo, placesNow } from "./idea-thread-places.server";

/**
 * The door to comments on a passage of a brief and on a thing of a board. What is said is a comment of the idea like any other,
 * and is told like one; about what staff drew for themselves it is an internal note, and exists for nobody else.
 */

type Person = ClientActor | StaffActor;
type Idea = { id: string; accountId: string };

const NOT_FOUND = { ok: false, why: "not-found" } as const;
const MAY_NOT = { ok: false, why: "may-not-comment" } as const;
const CHANGED = { ok: false, why: "changed-meanwhile" } as const;

export type Begun =
  | { ok: true; thread: string }
  | { ok: false; why: "not-found" | "may-not-comment" | "passage-gone" | "thing-gone" | "board-unread" };

/** Where a form's passage is bound to: the brief as it is stored, which is what everybody was shown. */
const passageIn = (actor: Person, ideaId: string, chosen: Chosen) =>
  findPassage(briefRoom(ideaId), async () => (await asActor(actor, (tx) => findBriefSeed(tx, ideaId))) ?? null, chosen);

/** Says something about a passage of the brief, which begins a thread. "passage-gone": what was chosen is not there any more. */
export async function beginThread(actor: Person, ideaId: string, chosen: Chosen, typed: string): Promise<Begun> {
  const seen = await asActor(actor, (tx) => findIdeaHead(tx, ideaId));
  if (!seen) return NOT_FOUND;
  if (!mayComment(actor)) return MAY_NOT;
  const passage = await passageIn(actor, ideaId, chosen);
  if (!passage) return { ok: false, why: "passage-gone" };
  return begin(actor, ideaId, "brief", boundTo.passage(passage), typed);
}

/**
 * Says something about a thing on the idea's board. "thing-gone": it does not stand there, or is not stored yet; "board-unread":
 * nobody can tell.
 */
export async function beginThingThread(
  actor: Person,
  ideaId: string,
  element: string,
  typed: string,
  of: ThreadsOf = "shared",
): Promise<Begun> {
  if (!reaches(actor, of)) return NOT_FOUND;
  const seen = await asActor(actor, (tx) => findIdeaHead(tx, ideaId));
  if (!seen) return NOT_FOUND;
  if (!mayComment(actor)) return MAY_NOT;
  const isLayer = of === "layer";
  const thing = await findThing(boardRoom(ideaId, isLayer ? "staff-layer" : "board"), element);
  if (typeof thing === "string") return { ok: false, why: thing };
  return begin(actor, ideaId, isLayer ? "layer" : "board", boundTo.thing(thing), typed);
}

function begin(actor: Person, ideaId: string, about: ThreadAbout, bound: queries.Bound, typed: string) {
  return asActor<Begun>(actor, async (tx) => {
    const idea = await findIdeaHead(tx, ideaId);
    if (!idea) return NOT_FOUND;
    const { accountId } = idea;
    const thread = await queries.insertThread(tx, { ideaId, accountId, about, begunBy: actor.personId }, bound);
    await say(tx, actor, keptOf(about), { idea, thread }, typed);
    return { ok: true, thread };
  });
}

/** Answers in a thread. Names behind an @ call people, here as in any comment. */
export async function replyInThread(
  actor: Person,
  ideaId: string,
  threadId: string,
  typed: string,
  of: ThreadsOf = "shared",
): Promise<Begun> {
  if (!reaches(actor, of)) return NOT_FOUND;
  return asActor<Begun>(actor, async (tx) => {
    const thread = await queries.findThread(tx, of, ideaId, threadId);
    if (!thread) return NOT_FOUND;
    if (!mayComment(actor)) return MAY_NOT;
    await say(tx, actor, of, { idea: { id: ideaId, accountId: thread.accountId }, thread: threadId }, typed);
    return { ok: true, thread: threadId };
  });
}

async function say(tx: ActorTx, actor: Person, of: ThreadsOf, { idea, thread }: Told, typed: string) {
  const { id: ideaId, accountId } = idea;
  const internal = of === "layer";
  const { body, mentions } = await mentioned(tx, internal ? "note" : "comment", accountId, typed);
  const words = { ideaId, accountId, authorId: actor.personId, body, mentions, threadId: thread };
  const said = internal ? { note: await insertNote(tx, words) } : { comment: await insertComment(tx, words) };
  await insertFollower(tx, followerOf(actor, ideaId));
  const facts = { ...said, thread, ...(mentions.length > 0 && { mentions }) };
  const subject = { kind: "idea", id: ideaId, accountId };
  await recordEvent(tx, actor, internal ? "idea.noted" : "idea.commented", subject, facts, null, audienceOf(of));
}

type Told = { idea: Idea; thread: string };
const audienceOf = (of: ThreadsOf) => (of === "layer" ? "staff" : "both");

type Seen = { id: string; revision: number };

/** Puts a thread aside as settled, or opens it again. */
export async function resolveThread(
  actor: Person,
  ideaId: string,
  seen: Seen,
  resolved: boolean,
  of: ThreadsOf = "shared",
): Promise<Outcome> {
  if (!reaches(actor, of)) return NOT_FOUND;
  const outcome = await asActor<Outcome>(actor, async (tx) => {
    const thread = await queries.findThread(tx, of, ideaId, seen.id);
    if (!thread) return NOT_FOUND;
    if (!mayResolve(actor)) return { ok: false, why: "may-not" };
    if (!(await queries.setResolved(tx, of, seen, resolved ? actor.personId : null))) return CHANGED;
    const subject = { kind: "idea", id: ideaId, accountId: thread.accountId };
    const name = resolved ? "idea.thread_resolved" : "idea.thread_reopened";
    await recordEvent(tx, actor, name, subject, { thread: seen.id }, null, audienceOf(of));
    return { ok: true };
  });
  if (outcome.ok && !resolved) await lookAgain(actor, of, ideaId, seen.id);
  return outcome;
}

/** While a thread was aside nobody looked where its passage or thing is. */
async function lookAgain(actor: Person, of: ThreadsOf, ideaId: string, id: string): Promise<void> {
  const thread = await asActor(actor, (tx) => queries.findThread(tx, of, ideaId, id));
  const [place] = (thread && (await placesNow(ideaId, thread.about, [thread]))) ?? [];
  if (thread && place) await asActor(actor, (tx) => queries.keepPlace(tx, of, thread, place));
}

/** Says that the passage or thing of a thread is what stands there now. In: those words, as they were shown. */
export async function placeThread(
  actor: Person,
  ideaId: string,
  { present, ...seen }: Seen & { present: string },
  of: ThreadsOf = "shared",
): Promise<Outcome> {
  if (!reaches(actor, of)) return NOT_FOUND;
  const thread = await asActor(actor, (tx) => queries.findThread(tx, of, ideaId, seen.id));
  if (!thread) return NOT_FOUND;
  const mine = actor.personId === thread.begunBy;
  if (!mayPlace(actor, { mine })) return { ok: false, why: "may-not" };
  const [now] = (await placesNow(ideaId, thread.about, [thread])) ?? [];
  if (!now?.bound || wordsOfForm(now.present ?? "") !== wordsOfForm(present)) return CHANGED;
  const { bound } = now;
  return asActor<Outcome>(actor, async (tx) => {
    if (!(await queries.setBound(tx, of, seen, bound))) return CHANGED;
    const subject = { kind: "idea", id: ideaId, accountId: thread.accountId };
    await recordEvent(tx, actor, "idea.passage_placed", subject, { thread: seen.id }, null, audienceOf(of));
    return { ok: true };
  });
}

/** Browsers send a line's end as two signs. */
const wordsOfForm = (text: string) => text.replace(/\r\n?/g, "\n").trim();
