import { boardRoom } from "~/collab/room";
import type { SeenLink } from "~/collab/thing-link";
import { drawnThing } from "~/collab/things.server";
import { passageNow, quotablePassage, quotableThing } from "~/ideas/idea-quotes.server";
import { quotableComment, quotableComments } from "~/ideas/idea-said.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import { PAGE_SIZE, pageOf } from "~/kernel/cursor";
import type { Locale } from "~/kernel/locale";
import { translatorOf } from "~/words";
import { mayAnswer, mayMake, movesIn, stateOf } from "./decision";
import type {
  Choice,
  DecisionBead,
  DecisionPageData,
  DecisionRow,
  List,
  MakingPageData,
  Quotable,
  RevisionView,
  Signatory,
  SourceView,
  WaitingDecision,
} from "./decision-page";
import * as queries from "./decision-page.queries.server";
import { standingOf } from "./source";

/** The door for whoever looks at decisions: one of them, a list, what an idea's page and a home show of them. */

type Person = ClientActor | StaffActor;

const STEPS_ON_A_PAGE = 50;

function signatoryOf({ personId, name, side, ...answer }: queries.RawRevision["asked"][number]): Signatory {
  if (answer.says === null) return { personId, name, side, answer: null };
  const at = new Date(answer.at);
  return answer.says === "agree"
    ? { personId, name, side, answer: { says: "agree", at } }
    : { personId, name, side, answer: { says: "not-yet", reason: answer.reason, at } };
}

function revisionOf({ askedAt, asked, ...row }: queries.RawRevision): RevisionView {
  return { ...row, askedAt: askedAt === null ? null : new Date(askedAt), asked: asked.map(signatoryOf) };
}

/** A decision with what it quotes and whether that still stands; undefined when it does not exist for this actor. */
export function viewDecision(actor: Person, id: string): Promise<DecisionPageData | undefined> {
  return asActor(actor, async (tx) => {
    const found = await queries.findDecisionPage(tx, id);
    if (!found) return undefined;
    const { revisions, sources, ...decision } = found;
    const [newest, ...before] = revisions.map(revisionOf);
    if (!newest) throw new Error("a decision has no revision");
    const state = stateOf(newest);
    const moves = movesIn(state);
    const own = newest.asked.find(({ personId }) => personId === actor.personId);
    const makes = mayMake(actor);
    return {
      ...newest,
      ...decision,
      state,
      moves,
      sources: await withPresent(tx, decision.ideaId, sources),
      before,
      history: await queries.listSteps(tx, decision, STEPS_ON_A_PAGE),
      mayMake: makes,
      mayAnswer: moves.includes("answer") && mayAnswer(actor) && own !== undefined && own.answer?.says !== "agree",
      me: actor.personId,
      people: makes && moves.includes("ask") ? await choicesFor(tx, actor, decision, sources, before[0]) : null,
    };
  });
}

async function withPresent(tx: ActorTx, ideaId: string, raw: readonly queries.RawSource[]): Promise<SourceView[]> {
  const sources: SourceView[] = [];
  for (const source of raw) {
    const present = await presentOf(tx, ideaId, source);
    const { quote: text, drawn } = source;
    const { anchor: _, ...shown } = source;
    sources.push({
      ...shown,
      writtenAt: new Date(source.writtenAt),
      present,
      standing: standingOf({ text, drawn }, present),
    });
  }
  return sources;
}

/** What stands now where a quote was taken. */
async function presentOf(tx: ActorTx, ideaId: string, source: queries.RawSource): Promise<SourceView["present"]> {
  const { kind, objectId, element, quote, drawn, anchor } = source;
  if (kind === "passage" && anchor) {
    const words = await passageNow(ideaId, { ...anchor, quote });
    return words === null ? null : { text: words, drawn: null };
  }
  if (kind === "thing" && element !== null) {
    const thing = await drawnThing(boardRoom(ideaId), element);
    // What cannot be read is not said to be gone.
    if (thing === "board-unread") return { text: quote, drawn };
    return thing === "thing-gone" ? null : { text: thing.says, drawn: thing.drawn };
  }
  const said = kind === "comment" ? await quotableComment(tx, ideaId, objectId) : undefined;
  return said ? { text: said.text, drawn: null } : null;
}

async function choicesFor(
  tx: ActorTx,
  { personId }: Person,
  decision: { accountId: string; ideaId: string },
  sources: readonly queries.RawSource[],
  before: RevisionView | undefined,
): Promise<Choice[]> {
  const wanted = new Set([
    personId,
    ...sources.map(({ authorId }) => authorId),
    ...(before?.asked ?? []).map((one) => one.personId),
  ]);
  const people = await queries.listChoices(tx, decision);
  return people.map((one) => ({ ...one, chosen: wanted.has(one.id) }));
}

/** Whether a decision exists for this actor. */
export async function seesDecision(actor: Person, id: string): Promise<boolean> {
  return (await asActor(actor, (tx) => queries.findDecisionPage(tx, id))) !== undefined;
}

/** A page of decisions, newest first: the account's, or for staff those of all. */
export async function listDecisions(
  actor: Person,
  asked: { list: List | null; idea: string | null; after: string | null },
): Promise<{ rows: DecisionRow[]; next: string | null }> {
  const rows = await asActor(actor, (tx) => queries.listDecisions(tx, actor, { ...asked, take: PAGE_SIZE + 1 }));
  return pageOf(rows, PAGE_SIZE);
}

/** What is to be quoted: a comment, a thing of the board, the passage of a thread, or nothing yet. */
export type Asked = { comment: string } | { element: string } | { thread: string } | null;

/** What is to be decided, or what of it could be quoted; undefined when the idea or the comment does not exist for this actor. */
export async function viewMaking(actor: Person, ideaId: string, asked: Asked): Promise<MakingPageData | undefined> {
  const element = asked && "element" in asked ? asked.element : null;
  const thing = element === null ? null : await quotableThing(actor, ideaId, element);
  if (thing === undefined) return undefined;
  const thread = asked && "thread" in asked ? asked.thread : null;
  const passage = thread === null ? null : await quotablePassage(actor, ideaId, thread);
  if (passage === undefined) return undefined;
  const commentId = asked && "comment" in asked ? asked.comment : null;
  return asActor(actor, async (tx) => {
    const page = await quotableComments(tx, ideaId);
    if (!page) return undefined;
    const chosen = commentId === null ? null : await quotableComment(tx, ideaId, commentId);
    if (chosen === undefined) return undefined;
    return {
      idea: page.idea,
      said: chosen && toQuote(chosen),
      thing:
        thing === null || typeof thing === "string"
          ? thing
          : { element: element ?? "", text: thing.says, drawn: thing.drawn },
      passage: passage && { thread: thread ?? "", text: passage.passage.quote },
      choices: chosen || thing || passage ? [] : page.said.map(toQuote),
      mayMake: mayMake(actor),
      me: actor.personId,
    };
  });
}

const toQuote = ({ id, text, author, writtenAt }: Quotable): Quotable => ({ id, text, author, writtenAt });

/** What the page of an idea reads of its decisions, in its own statement. In: the column of the idea's id there. */
export const decisionsBesideIdea = (): Beside<DecisionBead[]> => queries.besideIdea("i.id");

/** What a home reads of decisions that wait for its reader, in its own statement. */
export const decisionsBesideHome = ({ personId }: Person): Beside<WaitingDecision[]> => queries.besideHome(personId);

/** What cards on a board that lead to these decisions say to this reader. One that they do not see is left out. */
export async function seenDecisions(actor: Person, ids: readonly string[], locale: Locale): Promise<SeenLink[]> {
  if (ids.length === 0) return [];
  const rows = await asActor(actor, (tx) => queries.findLinked(tx, ids));
  const t = translatorOf(locale);
  const decisions = actor.side === "staff" ? "/staff/decisions" : "/decisions";
  return rows.map(({ id, title, state }) => ({
    kind: "decision",
    id,
    title,
    state: t(`decisions.state.${state}`),
    to: `${decisions}/${id}`,
  }));
}
