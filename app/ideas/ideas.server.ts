import { cleanText } from "~/collab/rich-text";
import type { Room, RoomAccess } from "~/collab/room";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { pageOf } from "~/kernel/cursor";
import { recordEvent } from "~/kernel/events.server";
import {
  briefRights,
  judgeMove,
  type MoveRefusal,
  mayComment,
  mayNote,
  mayShape,
  mayShare,
  maySupport,
  movesFor,
  roomRights,
} from "./idea";
import * as queries from "./idea.queries.server";
import type { IdeaPageData, SharedPageData } from "./idea-page";
import * as page from "./idea-page.queries.server";
import type { IdeaStatus } from "./idea-status";
import { statusesOf } from "./idea-statuses.server";
import { factsOf } from "./idea-submissions.server";
import { findSeen } from "./idea-support.queries.server";
import * as talk from "./idea-talk.queries.server";
import { THREADS_UNSEEN, type ThreadView } from "./idea-thread";

/** The door to ideas. Each use case is one transaction of its actor; what the actor may not see is undefined or "not-found". */

const ROWS_ON_A_PAGE = 20;
const STEPS_ON_A_PAGE = 30;

type Person = ClientActor | StaffActor;
/** From where on older ones are asked for, of each list of a page; null: the newest. */
type Older = {
  comments: string | null;
  support: string | null;
  notes: string | null;
  history: string | null;
  threads: ThreadView;
};
const NEWEST: Older = { comments: null, support: null, notes: null, history: null, threads: THREADS_UNSEEN };

const stretch = (before: string | null) => ({ before, take: ROWS_ON_A_PAGE + 1 });

type Found = NonNullable<Awaited<ReturnType<typeof page.findIdeaPage>>>;

/** What both sides see below the head of an idea, beside what is said. */
async function below(tx: ActorTx, actor: Person, { idea, attachments, threads, sent }: Found, before: Older) {
  const whole = actor.side === "staff";
  const evidence = await page.listEvidence(tx, idea.id, actor, { ...stretch(before.support), whole });
  const steps = await page.listSteps(tx, idea, { before: before.history, take: STEPS_ON_A_PAGE + 1 });
  return {
    evidence: pageOf(evidence, ROWS_ON_A_PAGE),
    history: pageOf(steps, STEPS_ON_A_PAGE),
    attachments,
    threads,
    facts: await factsOf(tx, sent),
    mayComment: mayComment(actor),
    maySupport: maySupport(actor),
    mayShare: mayShare(actor, idea),
    mayEditBrief: briefRights(actor) === "edit",
  };
}

/** An idea as its account's people see it; undefined when it does not exist for them. */
export function viewIdea(
  client: ClientActor,
  id: string,
  older: Partial<Older> = {},
  decidedBeside?: page.DecidedBeside,
): Promise<IdeaPageData | undefined> {
  const before = { ...NEWEST, ...older };
  return asActor(client, async (tx) => {
    const found = await page.findIdeaPage(tx, id, client, before.threads, decidedBeside);
    if (!found) return undefined;
    const { idea, decided, text } = found;
    const comments = pageOf(await talk.listSaid(tx, idea, client, stretch(before.comments)), ROWS_ON_A_PAGE);
    const together = idea.merged ? await page.findTogether(tx, id) : null;
    return { idea, decided, text, comments, ...(await below(tx, client, found, before)), together };
  });
}

/** An idea that another account shared with all customers, without whose it is; undefined when there is none such. */
export function viewSharedIdea(
  client: ClientActor,
  id: string,
  before: Partial<Older> = {},
): Promise<SharedPageData | undefined> {
  return asActor(client, async (tx) => {
    const found = await page.findSharedIdea(tx, id, client);
    if (!found) return undefined;
    const evidence = await page.listEvidence(tx, id, client, { ...stretch(before.support ?? null), whole: false });
    return {
      ...found,
      evidence: pageOf(evidence, ROWS_ON_A_PAGE),
      together: found.shared.merged ? await page.findTogether(tx, id) : null,
      maySupport: maySupport(client),
    };
  });
}

/** An idea as staff see it, with internal notes, what staff alone know, and the statuses they may give it. */
export function viewStaffIdea(
  staff: StaffActor,
  id: string,
  older: Partial<Older> = {},
  decidedBeside?: page.DecidedBeside,
) {
  const before = { ...NEWEST, ...older };
  return asActor(staff, async (tx) => {
    const found = await page.findStaffIdeaPage(tx, id, staff, before.threads, decidedBeside);
    if (!found) return undefined;
    const { idea, decided, text, care } = found;
    const stretches = { said: stretch(before.comments), noted: stretch(before.notes) };
    const { said, noted } = await talk.listSaidAndNoted(tx, idea, staff, stretches);
    return {
      idea,
      decided,
      text,
      care,
      comments: pageOf(said, ROWS_ON_A_PAGE),
      ...(await below(tx, staff, found, before)),
      together: null,
      notes: pageOf(noted, ROWS_ON_A_PAGE),
      mayNote: mayNote(staff),
      mayShape: mayShape(staff),
      moves: idea.merged ? [] : movesFor(staff, idea.status, await statusesOf(tx)),
    };
  });
}

/** Whether an idea exists for this actor, whole or as far as it is shared. */
export async function seesIdea(actor: Person, id: string): Promise<boolean> {
  return (await asActor(actor, (tx) => findSeen(tx, id))) !== undefined;
}

export type MoveOutcome =
  | { ok: true }
  | { ok: false; why: "not-found" }
  | { ok: false; why: MoveRefusal; status: IdeaStatus; to: IdeaStatus; mover: string | null };

/** Gives an idea another status, when it is still as its mover saw it; else says where it is now and who put it there. */
export async function moveStatus(
  staff: StaffActor,
  id: string,
  request: { to: IdeaStatus; revision: number },
): Promise<MoveOutcome> {
  return asActor<MoveOutcome>(staff, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    if (!idea) return { ok: false, why: "not-found" };
    const { accountId, status: from } = idea;
    const refuse = async (why: MoveRefusal, status = from): Promise<MoveOutcome> => {
      const mover = why === "moved-meanwhile" ? await queries.lastMover(tx, idea) : undefined;
      return { ok: false, why, status, to: request.to, mover: mover?.name ?? null };
    };
    const verdict = judgeMove(staff, idea, request, await statusesOf(tx));
    if (!verdict.ok) return refuse(verdict.why);
    if (!(await queries.setStatus(tx, id, request.revision, request.to))) {
      const now = await queries.findIdeaHead(tx, id);
      return refuse("moved-meanwhile", now?.status);
    }
    await recordEvent(tx, staff, "idea.status_changed", { kind: "idea", id, accountId }, { from, to: request.to });
    return { ok: true };
  });
}

/** People to mention in an idea's brief and comments: its account's and staff (`only`: staff, for notes). Undefined when the idea does not exist for the actor. */
export function mentionables(actor: Person, id: string, typed: string, only: "all" | "staff" = "all") {
  return asActor(actor, async (tx) => {
    const idea = await queries.findIdeaHead(tx, id);
    return (
      idea && queries.listMentionables(tx, only === "staff" ? null : idea.accountId, cleanText(typed, 100).trim(), 8)
    );
  });
}

/** What an actor may do in a room of an idea; "none" when the idea does not exist for them. For the collab server. */
export async function roomAccess(actor: ClientActor | StaffActor, room: Room): Promise<RoomAccess> {
  const idea = await asActor(actor, (tx) => queries.findIdeaHead(tx, room.id));
  return idea ? roomRights(actor, room.part) : "none";
}
