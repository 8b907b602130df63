import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { flatOf, passageAt } from "~/collab/passage-place";
import { flatOfRich, linesOf, lineWords } from "~/collab/passage-text";
import type { RichDoc } from "~/collab/rich-text";
import { seedUpdate } from "~/collab/rich-text-yjs.server";
import { briefRoom } from "~/collab/room";
import { asActor } from "~/kernel/actor-tx.server";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  expiredGuest,
  metisApprover,
  metisGuest,
  metisIdeas,
  metisOwner,
  metisViewer,
  pricing,
  removedMember,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import { projectBrief } from "./idea.jobs.server";
import { ideaNotices } from "./idea-notices.server";
import { takeBack } from "./idea-said.server";
import { THREADS_UNSEEN } from "./idea-thread";
import { beginThread, placeThread, replyInThread, resolveThread } from "./idea-threads.server";
import { viewIdea, viewStaffIdea } from "./ideas.server";

const idea = metisIdeas.planned;
const room = briefRoom(idea);
const NOT_FOUND = { ok: false, why: "not-found" };
const LAMP = "The arm of the lamp wobbles when it is stretched.";
const WORDS: RichDoc = {
  type: "doc",
  content: [LAMP, "It stands on a desk of beech."].map((text) => ({
    type: "paragraph",
    content: [{ type: "text", text }],
  })),
};

let doc: Y.Doc;
const textOf = (paragraph: number) =>
  (doc.getXmlFragment("default").get(paragraph) as Y.XmlElement).get(0) as Y.XmlText;

/** The room as the live server would have stored it now. */
async function store(): Promise<void> {
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
}

/** The ends that somebody would choose in the live text. */
function endsOf(quote: string) {
  const flat = flatOf(doc.getXmlFragment("default"));
  const from = flat.text.indexOf(quote);
  const passage = passageAt(flat, { from, to: from + quote.length });
  if (!passage) throw new Error("there is no such passage");
  return { start: passage.start, end: passage.end };
}

async function begin(who: typeof metisOwner | typeof designer, quote = "lamp wobbles", words = "How much?") {
  const outcome = await beginThread(who, idea, endsOf(quote), words);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.thread;
}

const threadsOf = async (who = metisOwner, view = {}) =>
  (await viewIdea(who, idea, { threads: { ...THREADS_UNSEEN, ...view } }))?.threads;
const threadOf = async (id: string) =>
  (await threadsOf(metisOwner, { open: id }))?.rows.find((row) => row.threadId === id);
const eventsOf = (name: string) =>
  asSuperuser<{ facts: { thread?: string; comment?: string } }>(
    "select facts, audience from events where subject_id = $1 and name = $2 order by id",
    [idea, name],
  );

beforeEach(async () => {
  await asSuperuser("delete from idea_threads where idea_id = $1", [idea]);
  doc = new Y.Doc();
  Y.applyUpdate(doc, seedUpdate(room, WORDS));
  await store();
});

describe("who comments on a passage", () => {
  test("owners, approvers and all of staff but auditors, also those who may not write the brief; whoever reads is told so", async () => {
    for (const who of [metisOwner, metisApprover, designer, pricing]) {
      expect(await threadOf(await begin(who))).toMatchObject({ quote: "lamp wobbles", place: "here", said: 1 });
    }
    for (const who of [metisViewer, auditor]) {
      expect(await beginThread(who, idea, endsOf("lamp"), "x")).toEqual({ ok: false, why: "may-not-comment" });
    }
    expect((await threadsOf(metisViewer))?.rows).toHaveLength(4);
  });

  test("for anybody else there is no such idea and no such thread", async () => {
    const thread = await begin(metisOwner);
    const seen = { id: thread, revision: 1 };
    for (const stranger of [brixOwner, removedMember]) {
      expect(await beginThread(stranger, idea, endsOf("lamp"), "x")).toEqual(NOT_FOUND);
      expect(await replyInThread(stranger, idea, thread, "x")).toEqual(NOT_FOUND);
      expect(await resolveThread(stranger, idea, seen, true)).toEqual(NOT_FOUND);
      expect(await placeThread(stranger, idea, { ...seen, present: "x" })).toEqual(NOT_FOUND);
      expect(await asActor(stranger, (tx) => tx.selectFrom("ideaThreads").select("id").execute())).toEqual([]);
    }
    // Nor on the page of another idea.
    expect(await replyInThread(metisOwner, metisIdeas.new, thread, "x")).toEqual(NOT_FOUND);
    expect(await resolveThread(metisOwner, metisIdeas.new, seen, true)).toEqual(NOT_FOUND);
  });

  test("a guest sees the threads of the one idea while the grant lives", async () => {
    expect(idea).toBe(stifferJoint);
    await begin(metisOwner);
    const seenBy = (guest: typeof metisGuest) =>
      asActor(guest, (tx) => tx.selectFrom("ideaThreads").select("quote").execute());
    expect(await seenBy(metisGuest)).toEqual([{ quote: "lamp wobbles" }]);
    expect(await seenBy(expiredGuest)).toEqual([]);
    expect(await seenBy(revokedGuest)).toEqual([]);
  });

  test("without a mouse or scripts a line is chosen by its words; of a long one its beginning is quoted", async () => {
    const line = { line: 1, words: "It stands on a desk of beech." };
    const outcome = await beginThread(metisOwner, idea, line, "Oak, please");
    expect(outcome.ok && (await threadOf(outcome.thread))?.quote).toBe(line.words);
    textOf(1).insert(0, "word ".repeat(400));
    await store();
    const long = { line: 1, words: "word ".repeat(24).slice(0, 120) };
    const cut = await beginThread(metisOwner, idea, long, "Too long");
    expect(cut.ok && (await threadOf(cut.thread))?.quote.length).toBe(599);
  });

  test("a passage that is not there any more is refused, and nothing is said", async () => {
    const ends = endsOf("lamp wobbles");
    textOf(0).delete(0, LAMP.length);
    await store();
    const gone = { ok: false, why: "passage-gone" };
    expect(await beginThread(metisOwner, idea, ends, "x")).toEqual(gone);
    expect(await beginThread(metisOwner, idea, { line: 0, words: LAMP }, "x")).toEqual(gone);
    expect((await threadsOf())?.counts).toEqual({ open: 0, gone: 0, resolved: 0 });
  });

  test("a brief that nobody has opened yet can be commented on", async () => {
    await asSuperuser("delete from collab_doc where room = $1", [room]);
    const page = await viewIdea(metisOwner, idea);
    const [first] = page ? linesOf(flatOfRich(page.text.brief)) : [];
    const line = { line: 0, words: lineWords(first?.text ?? "") };
    expect(await beginThread(metisOwner, idea, line, "x")).toMatchObject({ ok: true });
    expect(await asSuperuser("select 1 from collab_doc where room = $1", [room])).toHaveLength(1);
  });
});

describe("what is said about a passage", () => {
  test("is a comment of the idea: counted, listed with its passage, told to followers and to whom it mentions", async () => {
    const before = (await viewIdea(metisOwner, idea))?.idea.commentCount ?? 0;
    const thread = await begin(designer, "lamp wobbles", "@Taros is nobody, @Taras Hnatiuk is");
    const page = await viewIdea(metisOwner, idea);
    expect(page?.idea.commentCount).toBe(before + 1);
    expect(page?.comments.rows[0]).toMatchObject({ passage: { thread, quote: "lamp wobbles" } });
    const event = (await eventsOf("idea.commented")).at(-1);
    expect(event).toMatchObject({ audience: "both", facts: { thread, mentions: [metisApprover.personId] } });
    const notices = await asSystem("test: notices", (tx) =>
      ideaNotices.noticesOf(tx, {
        id: "1",
        name: "idea.commented",
        actorId: designer.personId,
        actorSide: "staff",
        accountId: metisOwner.accountId,
        subjectKind: "idea",
        subjectId: idea,
        audience: "both",
        facts: event?.facts ?? {},
      }),
    );
    expect(notices).toContainEqual(expect.objectContaining({ personId: metisApprover.personId, kind: "mention" }));
    expect(notices).toContainEqual(expect.objectContaining({ personId: metisOwner.personId, kind: "comment" }));
  });

  test("stands in its thread in the order it was said, which comes first then; taken back whole, there is no thread", async () => {
    const [first, second] = [await begin(metisOwner), await begin(metisApprover, "desk of beech")];
    expect((await threadsOf())?.rows.map(({ threadId }) => threadId)).toEqual([second, first]);
    expect(await replyInThread(designer, idea, first, "Two degrees")).toEqual({ ok: true, thread: first });
    const [top] = (await threadsOf(metisOwner, { open: first }))?.rows ?? [];
    expect(top?.threadId).toBe(first);
    expect(top?.all?.map(({ body, side }) => [side, body])).toEqual([
      ["client", "How much?"],
      ["staff", "Two degrees"],
    ]);
    const [only] = await asSuperuser<{ id: string }>("select id from idea_comments where thread_id = $1", [second]);
    expect(await takeBack(metisApprover, { place: "comment", ideaId: idea, id: only?.id ?? "" })).toEqual({ ok: true });
    expect(await threadOf(second)).toBeUndefined();
  });
});

describe("resolving", () => {
  test("is for whoever comments, once, in their own name, and can be taken back", async () => {
    const thread = await begin(metisOwner);
    const seen = { id: thread, revision: 1 };
    expect(await resolveThread(metisViewer, idea, seen, true)).toEqual({ ok: false, why: "may-not" });
    expect(await resolveThread(auditor, idea, seen, true)).toEqual({ ok: false, why: "may-not" });
    const both = await Promise.all([pricing, metisApprover].map((who) => resolveThread(who, idea, seen, true)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, why: "changed-meanwhile" });
    expect((await threadsOf())?.counts).toEqual({ open: 0, gone: 0, resolved: 1 });
    expect((await threadsOf(metisOwner, { list: "resolved" }))?.rows).toHaveLength(1);
    expect(await resolveThread(metisOwner, idea, { id: thread, revision: 2 }, false)).toEqual({ ok: true });
    expect((await threadsOf())?.counts.open).toBe(1);
    expect((await eventsOf("idea.thread_resolved")).at(-1)?.facts.thread).toBe(thread);
    expect((await eventsOf("idea.thread_reopened")).at(-1)?.facts.thread).toBe(thread);
  });

  test("in somebody else's name is refused by the database, too", async () => {
    const thread = await begin(metisOwner);
    const forged = asActor(metisOwner, (tx) =>
      tx
        .updateTable("ideaThreads")
        .set({ resolvedBy: metisApprover.personId, resolvedAt: new Date() })
        .where("id", "=", thread)
        .execute(),
    );
    await expect(forged).rejects.toThrow("in one's own name");
  });
});

describe("where a passage is", () => {
  /** The passage's words changed by somebody, and the job that keeps up with it. */
  async function rewrite(): Promise<void> {
    textOf(0).insert(LAMP.indexOf("wobbles"), "never ");
    await store();
    await projectBrief({ room });
  }

  test("is kept up with the brief: moved, and gone", async () => {
    const thread = await begin(metisOwner);
    await rewrite();
    expect(await threadOf(thread)).toMatchObject({ place: "moved", present: "lamp never wobbles" });
    textOf(0).delete(LAMP.indexOf("lamp"), "lamp never wobbles".length);
    await store();
    await projectBrief({ room });
    expect(await threadOf(thread)).toMatchObject({ place: "gone", present: null });
    expect((await threadsOf())?.counts).toEqual({ open: 0, gone: 1, resolved: 0 });
    expect((await threadsOf())?.rows).toEqual([]);
  });

  test("is looked up when a thread is opened again that was aside meanwhile", async () => {
    const thread = await begin(metisOwner);
    await resolveThread(metisOwner, idea, { id: thread, revision: 1 }, true);
    await rewrite();
    expect(await threadOf(thread)).toMatchObject({ place: "here" });
    await resolveThread(metisOwner, idea, { id: thread, revision: 2 }, false);
    expect(await threadOf(thread)).toMatchObject({ place: "moved", present: "lamp never wobbles" });
  });

  test("is confirmed by who may write the brief, and by who began it, as it was shown to them", async () => {
    const thread = await begin(pricing);
    await rewrite();
    const seen = { id: thread, revision: 1, present: "lamp never wobbles" };
    expect(await placeThread(metisViewer, idea, seen)).toEqual({ ok: false, why: "may-not" });
    expect(await placeThread(metisOwner, idea, { ...seen, present: "lamp wobbles" })).toEqual({
      ok: false,
      why: "changed-meanwhile",
    });
    expect(await placeThread(pricing, idea, seen)).toEqual({ ok: true });
    expect(await threadOf(thread)).toMatchObject({ place: "here", quote: "lamp never wobbles", present: null });
    expect((await eventsOf("idea.passage_placed")).at(-1)?.facts.thread).toBe(thread);
    expect(await placeThread(pricing, idea, seen)).toEqual({ ok: false, why: "changed-meanwhile" });
  });

  test("staff who do not write the brief place no thread of others, not even past the page", async () => {
    const thread = await begin(metisOwner);
    await rewrite();
    const seen = { id: thread, revision: 1, present: "lamp never wobbles" };
    expect(await placeThread(pricing, idea, seen)).toEqual({ ok: false, why: "may-not" });
    const past = asActor(pricing, (tx) =>
      tx.updateTable("ideaThreads").set({ quote: "forged" }).where("id", "=", thread).execute(),
    );
    await expect(past).rejects.toThrow("placed anew");
    expect(await placeThread(designer, idea, seen)).toEqual({ ok: true });
  });
});

test("the list comes in stretches, with the one that is open whatever its list", async () => {
  const ids: string[] = [];
  for (let at = 0; at < 12; at++) ids.unshift(await begin(metisOwner, "lamp wobbles", `No. ${at}`));
  const first = await threadsOf();
  expect(first?.rows.map(({ threadId }) => threadId)).toEqual(ids.slice(0, 10));
  const rest = await threadsOf(metisOwner, { before: first?.next ?? null });
  expect(rest?.rows.map(({ threadId }) => threadId)).toEqual(ids.slice(10));
  expect(rest?.next).toBeNull();
  const oldest = ids.at(-1) ?? "";
  const open = await viewStaffIdea(designer, idea, { threads: { list: "resolved", before: null, open: oldest } });
  expect(open?.threads.rows.map(({ threadId, all }) => [threadId, all?.length])).toEqual([[oldest, 1]]);
});
