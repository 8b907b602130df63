import { carersOf, whoDoesTheWorkOf } from "~/accounts/account-teams.server";
import type { Notice, NoticeFacts, NoticeSource, ToldEvent } from "~/kernel/notice";
import type { SystemTx } from "~/kernel/system-tx.server";
import * as queries from "./idea-notices.queries.server";
import { beginningOf } from "./idea-page";

/**
 * Whom an event of an idea concerns, and what they may know of it. People of another account who support or follow a shared
 * idea hear of its status and what it was merged with; of its discussion, its people and other accounts they hear nothing.
 */
export const ideaNotices: NoticeSource = { noticesOf, mayStillSee };

type Subject = NonNullable<Awaited<ReturnType<typeof queries.findSubject>>>;
type Telling = { tx: SystemTx; event: ToldEvent; idea: Subject };

async function noticesOf(tx: SystemTx, event: ToldEvent): Promise<Notice[]> {
  const idea = await queries.findSubject(tx, event.subjectId);
  if (!idea) return [];
  const telling = { tx, event, idea };
  switch (event.name) {
    case "idea.submitted":
      return ofSubmitted(telling);
    case "idea.commented":
      return ofComment(telling);
    case "idea.noted":
      return ofNote(telling);
    case "idea.status_changed":
      return ofStatus(telling);
    case "idea.supported":
      return ofSupport(telling);
    case "idea.merged":
    case "idea.unmerged":
      return ofMerge(telling);
    default:
      return [];
  }
}

/** Staff see every idea; a client those of the own account and those shared with all customers. */
async function mayStillSee(tx: SystemTx, ideaId: string, personIds: readonly string[]): Promise<string[]> {
  const idea = await queries.findSubject(tx, ideaId);
  if (!idea) return [];
  const people = await queries.listPeople(tx, personIds);
  return people.filter((person) => maySee(idea, person)).map(({ id }) => id);
}

const maySee = (idea: Subject, { side, accountId }: { side: string; accountId: string | null }) =>
  side === "staff" || accountId === idea.accountId || idea.visibility === "all_customers";

const isStaff = ({ accountId }: { accountId: string | null }) => accountId === null;

/** Where an idea stands on somebody's side; `anchor` names the comment on the page. */
function pathOf(ideaId: string, staff: boolean, anchor?: string): string {
  return `${staff ? "/staff" : ""}/ideas/${ideaId}${anchor ? `#${anchor}` : ""}`;
}

const EXCERPT = 280;

/** The beginning of what was said, with the names of those it mentions as they are called now. */
const excerptOf = async (tx: SystemTx, { body, mentions }: { body: string; mentions: readonly string[] }) =>
  beginningOf(body, await queries.namesOf(tx, mentions), EXCERPT);

const textIn = (facts: ToldEvent["facts"], name: string) => {
  const value = facts[name];
  return typeof value === "string" ? value : null;
};
const idsIn = (facts: ToldEvent["facts"], name: string) => {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
};

/** Who did it; a guest is no person of ours, and goes by the name of the grant. */
const whoDid = async (tx: SystemTx, event: ToldEvent) =>
  event.actorSide === "guest" ? textIn(event.facts, "guest_name") : await queries.nameOf(tx, event.actorId);

async function ofComment({ tx, event, idea }: Telling): Promise<Notice[]> {
  const commentId = textIn(event.facts, "comment");
  const comment = commentId && (await queries.findComment(tx, commentId));
  if (!comment) return [];
  const excerpt = await excerptOf(tx, comment);
  const who = await whoDid(tx, event);
  const facts = (says: NoticeFacts["says"]): NoticeFacts => ({ says, title: idea.title, who, excerpt });
  const mentioned = await queries.listPeople(tx, [
    ...new Set([...idsIn(event.facts, "mentions"), ...comment.mentions]),
  ]);
  const watchers = await queries.listWatchers(tx, idea.id);
  // The discussion is between the idea's own account and us, whoever else may support it.
  const reads = ({ accountId }: { accountId: string | null }) => isStaff({ accountId }) || accountId === idea.accountId;
  return [
    ...mentioned.filter(reads).map(
      (person): Notice => ({
        personId: person.id,
        kind: "mention",
        subjectId: idea.id,
        path: pathOf(idea.id, person.side === "staff", commentId),
        facts: facts("mentioned"),
      }),
    ),
    ...watchers.filter(reads).map(
      (watcher): Notice => ({
        personId: watcher.personId,
        kind: "comment",
        subjectId: idea.id,
        path: pathOf(idea.id, isStaff(watcher), commentId),
        facts: facts("commented"),
      }),
    ),
  ];
}

/** Of an internal note only the colleagues hear whom it mentions. */
async function ofNote({ tx, event, idea }: Telling): Promise<Notice[]> {
  const noteId = textIn(event.facts, "note");
  const note = noteId && (await queries.findNote(tx, noteId));
  if (!note) return [];
  const who = await queries.nameOf(tx, event.actorId);
  const excerpt = await excerptOf(tx, note);
  const mentioned = await queries.listPeople(tx, [...new Set([...idsIn(event.facts, "mentions"), ...note.mentions])]);
  return mentioned
    .filter(({ side }) => side === "staff")
    .map((person) => ({
      personId: person.id,
      kind: "mention",
      subjectId: idea.id,
      path: pathOf(idea.id, true, noteId),
      facts: { says: "mentioned", title: idea.title, who, excerpt },
    }));
}

async function ofStatus({ tx, event, idea }: Telling): Promise<Notice[]> {
  const [from, to] = [textIn(event.facts, "from") ?? "", textIn(event.facts, "to") ?? ""];
  const names = await queries.statusNames(tx, [from, to]);
  const [before, after] = [names.get(from), names.get(to)];
  // Staff move statuses, and customers know our names; what the system moves has nobody behind it.
  const who = event.actorSide === "staff" ? await queries.nameOf(tx, event.actorId) : null;
  const watchers = await queries.listWatchers(tx, idea.id);
  return watchers.map((watcher) => ({
    personId: watcher.personId,
    kind: "status",
    subjectId: watcher.ideaId,
    path: pathOf(watcher.ideaId, isStaff(watcher)),
    facts: {
      says: "moved",
      title: watcher.title,
      who,
      ...(before && { from: before }),
      ...(after && { to: after }),
    },
  }));
}

/** The author, and who of us owns the idea, hear who supports it, by name when it is a colleague; of another account, that somebody does. */
async function ofSupport({ tx, event, idea }: Telling): Promise<Notice[]> {
  const supportId = textIn(event.facts, "support");
  const support = supportId ? await queries.findSupport(tx, supportId) : undefined;
  if (!support) return [];
  const supporter = await queries.nameOf(tx, support.personId);
  const [owner] = idea.ownerId ? await whoDoesTheWorkOf(tx, [idea.ownerId]) : [];
  const interested = await queries.listPeople(tx, [idea.authorId, ...(owner ? [owner] : [])]);
  return interested
    .filter((person) => person.id !== support.personId && maySee(idea, person))
    .map((person) => {
      const knows = person.side === "staff" || person.accountId === support.accountId;
      const excerpt = knows && support.comment ? { excerpt: beginningOf(support.comment, {}, EXCERPT) } : {};
      return {
        personId: person.id,
        kind: "support",
        subjectId: idea.id,
        path: pathOf(idea.id, person.side === "staff"),
        facts: { says: "supported", title: idea.title, who: knows ? supporter : null, ...excerpt },
      };
    });
}

/** Both ideas have a line in their logs; told is the one that was merged, whose people wonder where it went. */
async function ofMerge({ tx, event, idea }: Telling): Promise<Notice[]> {
  const wentElsewhere = "into" in event.facts || (!("from" in event.facts) && event.audience === "both");
  if (!wentElsewhere) return [];
  const otherId = textIn(event.facts, "into") ?? idea.mergedInto;
  const other = otherId ? await queries.findSubject(tx, otherId) : undefined;
  const who = await queries.nameOf(tx, event.actorId);
  const watchers = await queries.listWatchers(tx, idea.id);
  return watchers.map((watcher) => {
    // The other idea may belong to an account that does not exist for this reader.
    const known = other && maySee(other, { side: isStaff(watcher) ? "staff" : "client", accountId: watcher.accountId });
    return {
      personId: watcher.personId,
      kind: "merge",
      subjectId: watcher.ideaId,
      path: pathOf(watcher.ideaId, isStaff(watcher)),
      facts: {
        says: event.name === "idea.merged" ? "merged" : "unmerged",
        title: watcher.title,
        who,
        ...(known && { other: other.title }),
      },
    };
  });
}

/** Those of us who look after the account, or stand in for them, hear of its new ideas. */
async function ofSubmitted({ tx, event, idea }: Telling): Promise<Notice[]> {
  const who = await queries.nameOf(tx, event.actorId);
  const carers = await carersOf(tx, idea.accountId, idea.ownerId);
  return carers.map((personId) => ({
    personId,
    kind: "idea",
    subjectId: idea.id,
    path: pathOf(idea.id, true),
    facts: { says: "suggested", title: idea.title, who },
  }));
}
