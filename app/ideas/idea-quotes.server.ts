import type { Passage } from "~/collab/passage-place";
import { findPlaces, writerOf } from "~/collab/passages.server";
import { boardRoom, briefRoom } from "~/collab/room";
import { type DrawnThing, drawnThing } from "~/collab/things.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { findIdeaHead } from "./idea.queries.server";
import { findThread } from "./idea-thread.queries.server";

/** What stands on an idea's board and in its brief now, for whoever quotes it. */

type Person = ClientActor | StaffActor;
export type QuotableThing = DrawnThing & { accountId: string };

/** Undefined: no such idea for this actor. "thing-gone": it does not stand there; "board-unread": nobody can tell. */
export async function quotableThing(
  actor: Person,
  ideaId: string,
  element: string,
): Promise<QuotableThing | "thing-gone" | "board-unread" | undefined> {
  const idea = await asActor(actor, (tx) => findIdeaHead(tx, ideaId));
  if (!idea) return undefined;
  const thing = await drawnThing(boardRoom(ideaId), element);
  return typeof thing === "string" ? thing : { ...thing, accountId: idea.accountId };
}

/** `by`: whoever wrote most of it, as far as known; `passage`: what binds it to the text. */
export type QuotablePassage = { accountId: string; passage: Passage; by: string | null };

/** A passage that somebody began a thread about, as the thread keeps it; undefined when there is none for this actor. */
export async function quotablePassage(
  actor: Person,
  ideaId: string,
  threadId: string,
): Promise<QuotablePassage | undefined> {
  const thread = await asActor(actor, (tx) => findThread(tx, "shared", ideaId, threadId));
  if (thread?.about !== "brief") return undefined;
  const { accountId, start, end, quote, before, after } = thread;
  const passage = { start, end, quote, before, after };
  return { accountId, passage, by: (await writerOf(briefRoom(ideaId), passage)) || null };
}

/** What stands now where a passage was: its words, others, or null when it is gone. */
export async function passageNow(ideaId: string, passage: Passage): Promise<string | null> {
  const [now] = (await findPlaces(briefRoom(ideaId), [passage])) ?? [];
  // What cannot be read is not said to be gone.
  if (!now || now.place === "here") return passage.quote;
  return now.place === "moved" ? now.present : null;
}
