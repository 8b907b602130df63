import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange, readBoard } from "~/collab/board-elements";
import { addSticky, reword, takeAway } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  metisApprover,
  metisIdeas,
  metisOwner,
  metisViewer,
  pricing,
  removedMember,
} from "../../tests/personas";
import { viewBoard } from "./boards.server";
import { projectBrief } from "./idea.jobs.server";
import { THREADS_UNSEEN } from "./idea-thread";
import { beginThingThread, placeThread, replyInThread, resolveThread } from "./idea-threads.server";
import { viewIdea } from "./ideas.server";

const idea = metisIdeas.planned;
const room = boardRoom(idea);
const NOT_FOUND = { ok: false, why: "not-found" };

let doc: Y.Doc;
let ids = 0;
const newId = () => `e${++ids}`;

/** The board as its room's log would hold it now, and as the job copies it. */
async function store(): Promise<void> {
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
}

async function change(make: (board: ReturnType<typeof readBoard>) => Parameters<typeof applyChange>[1]) {
  applyChange(doc, make(readBoard(doc)), "test");
  await store();
  await projectBrief({ room });
}

async function begin(who: typeof metisOwner | typeof designer, element = "e1", words = "Why this one?") {
  const outcome = await beginThingThread(who, idea, element, words);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.thread;
}

const threadsOf = async (who: typeof metisOwner | typeof designer, view = {}) =>
  (await viewBoard(who, idea, { ...THREADS_UNSEEN, ...view }))?.threads;
const threadOf = async (id: string) =>
  (await threadsOf(metisOwner, { open: id }))?.rows.find((row) => row.threadId === id);

beforeEach(async () => {
  await asSuperuser("delete from idea_threads where idea_id = $1", [idea]);
  doc = new Y.Doc();
  ids = 0;
  for (const words of ["A ball joint of steel", "Spring"])
    applyChange(doc, addSticky(readBoard(doc), words, newId), "test");
  await store();
});

describe("comments on a thing of a board", () => {
  test("are begun by whoever comments, also without drawing, and quote what the thing said", async () => {
    for (const who of [metisOwner, metisApprover, designer, pricing]) {
      const thread = await threadOf(await begin(who));
      expect(thread).toMatchObject({
        element: "e1",
        kind: "sticky",
        quote: "A ball joint of steel",
        place: "here",
        said: 1,
      });
    }
    for (const who of [metisViewer, auditor]) {
      expect(await beginThingThread(who, idea, "e1", "x")).toEqual({ ok: false, why: "may-not-comment" });
    }
    expect((await threadsOf(metisViewer))?.rows).toHaveLength(4);
  });

  test("do not exist for anybody else, nor on another idea's board", async () => {
    const thread = await begin(metisOwner);
    const seen = { id: thread, revision: 1 };
    for (const stranger of [brixOwner, removedMember]) {
      expect(await beginThingThread(stranger, idea, "e1", "x")).toEqual(NOT_FOUND);
      expect(await replyInThread(stranger, idea, thread, "x")).toEqual(NOT_FOUND);
      expect(await resolveThread(stranger, idea, seen, true)).toEqual(NOT_FOUND);
      expect(await placeThread(stranger, idea, { ...seen, present: "x" })).toEqual(NOT_FOUND);
      expect(await viewBoard(stranger, idea)).toBeUndefined();
    }
    expect(await replyInThread(metisOwner, metisIdeas.new, thread, "x")).toEqual(NOT_FOUND);
  });

  test("are refused about what is not there, and about a board that cannot be read", async () => {
    expect(await beginThingThread(metisOwner, idea, "e9", "x")).toEqual({ ok: false, why: "thing-gone" });
    await asSuperuser("update collab_doc set head = head + 3 where room = $1", [room]);
    expect(await beginThingThread(metisOwner, idea, "e1", "x")).toEqual({ ok: false, why: "board-unread" });
    const thread = await threadsOf(metisOwner);
    expect(thread?.rows).toEqual([]);
  });

  test("stand apart from those about passages, and both in the discussion", async () => {
    const thread = await begin(metisOwner);
    const page = await viewIdea(metisOwner, idea);
    expect(page?.threads.rows).toEqual([]);
    expect(page?.comments.rows.find(({ passage }) => passage?.thread === thread)?.passage).toMatchObject({
      about: "board",
      kind: "sticky",
      quote: "A ball joint of steel",
    });
    expect((await threadsOf(designer))?.counts).toEqual({ open: 1, gone: 0, resolved: 0 });
  });

  test("are an event like any comment, and whoever begins one follows the idea", async () => {
    await asSuperuser("delete from idea_followers where idea_id = $1 and person_id = $2", [idea, designer.personId]);
    const thread = await begin(designer, "e1", "Steel or brass?");
    const [event] = await asSuperuser<{ facts: object }>(
      "select facts from events where subject_id = $1 and name = 'idea.commented' order by id desc limit 1",
      [idea],
    );
    expect(event?.facts).toMatchObject({ thread, comment: expect.any(String) });
    const follows = "select 1 from idea_followers where idea_id = $1 and person_id = $2";
    expect(await asSuperuser(follows, [idea, designer.personId])).toHaveLength(1);
  });
});

describe("where the thing of a comment is", () => {
  test("it stays when the thing is mended, asks for a look when it became another, and is gone with it, never elsewhere", async () => {
    const thread = await begin(metisOwner);
    await change((board) => reword(board, "e1", "A ball joint of brass", newId));
    expect(await threadOf(thread)).toMatchObject({ place: "here", present: null });
    await change((board) => reword(board, "e1", "Colours for autumn", newId));
    expect(await threadOf(thread)).toMatchObject({
      place: "moved",
      present: "Colours for autumn",
      quote: "A ball joint of steel",
    });
    await change((board) => takeAway(board, "e1"));
    expect(await threadOf(thread)).toMatchObject({ place: "gone", element: "e1" });
    expect((await threadsOf(metisOwner, { list: "gone" }))?.counts).toEqual({ open: 0, gone: 1, resolved: 0 });
  });

  test("who draws, or who began it, says that the comment belongs to what the thing is now", async () => {
    const thread = await begin(pricing);
    await change((board) => reword(board, "e1", "Colours for autumn", newId));
    const seen = { id: thread, revision: (await threadOf(thread))?.revision ?? 0 };
    expect(await placeThread(metisViewer, idea, { ...seen, present: "Colours for autumn" })).toEqual({
      ok: false,
      why: "may-not",
    });
    expect(await placeThread(designer, idea, { ...seen, present: "Something older" })).toEqual({
      ok: false,
      why: "changed-meanwhile",
    });
    expect(await placeThread(designer, idea, { ...seen, present: "Colours for autumn" })).toEqual({ ok: true });
    expect(await threadOf(thread)).toMatchObject({
      place: "here",
      present: null,
      quote: "Colours for autumn",
      element: "e1",
    });
  });

  test("one that is opened again is looked for again, and a board that cannot be read calls nothing gone", async () => {
    const thread = await begin(metisOwner);
    expect(await resolveThread(designer, idea, { id: thread, revision: 1 }, true)).toEqual({ ok: true });
    await change((board) => takeAway(board, "e1"));
    expect(await threadOf(thread)).toMatchObject({ place: "here", resolved: { by: expect.any(String) } });
    const { revision = 0 } = (await threadOf(thread)) ?? {};
    expect(await resolveThread(designer, idea, { id: thread, revision }, false)).toEqual({ ok: true });
    expect(await threadOf(thread)).toMatchObject({ place: "gone", resolved: null });
    const other = await begin(metisOwner, "e3");
    await asSuperuser("update collab_doc set head = head + 3 where room = $1", [room]);
    await projectBrief({ room }).catch(() => undefined);
    expect(await threadOf(other)).toMatchObject({ place: "here" });
  });
});
