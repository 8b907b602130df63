import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange, readBoard } from "~/collab/board-elements";
import { addSticky, reword, takeAway } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import { asActor } from "~/kernel/actor-tx.server";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import { auditor, brixOwner, designer, metisGuest, metisOwner, pricing, stifferJoint } from "../../tests/personas";
import { viewBoard, viewStaffLayer } from "./boards.server";
import { viewBoardAsGuest, viewIdeaAsGuest } from "./guest-ideas.server";
import { projectBrief } from "./idea.jobs.server";
import { findIdeas, findSaid } from "./idea-finder.server";
import { ideaNotices } from "./idea-notices.server";
import { takeBack } from "./idea-said.server";
import { THREADS_UNSEEN } from "./idea-thread";
import { beginThingThread, beginThread, placeThread, replyInThread, resolveThread } from "./idea-threads.server";
import { viewIdea, viewStaffIdea } from "./ideas.server";

const idea = stifferJoint;
const room = boardRoom(idea, "staff-layer");
const NOT_FOUND = { ok: false, why: "not-found" };
/** Words that stand nowhere else. */
const [COST, SECRET] = ["Tooling above budget", "Zanzibarquote would do it for half"];

let doc: Y.Doc;
let ids = 0;
const newId = () => `e${++ids}`;

async function change(make: (board: ReturnType<typeof readBoard>) => Parameters<typeof applyChange>[1]) {
  applyChange(doc, make(readBoard(doc)), "test");
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
  await projectBrief({ room });
}

async function begin(who = designer, words = SECRET) {
  const outcome = await beginThingThread(who, idea, "e1", words, "layer");
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.thread;
}

const threadOf = async (open: string, list: "open" | "gone" | "resolved" = "open") =>
  (await viewStaffLayer(designer, idea, { ...THREADS_UNSEEN, list, open }))?.threads.rows.find(
    ({ threadId }) => threadId === open,
  );
const lastEvents = (count: number) =>
  asSuperuser<{ name: string; audience: string; facts: Record<string, unknown> }>(
    "select name, audience, facts from events where subject_id = $1 order by id desc limit $2",
    [idea, count],
  );

beforeEach(async () => {
  await asSuperuser("delete from idea_layer_threads where idea_id = $1", [idea]);
  await asSuperuser("delete from idea_threads where idea_id = $1", [idea]);
  doc = new Y.Doc();
  ids = 0;
  await change((board) => addSticky(board, COST, newId));
});

describe("comments on a thing of what staff drew", () => {
  test("are begun and answered by staff who do more than read, and stand among the internal notes with their thing", async () => {
    const thread = await begin();
    expect(await replyInThread(pricing, idea, thread, "Half is still much", "layer")).toMatchObject({ ok: true });
    expect(await threadOf(thread)).toMatchObject({
      element: "e1",
      kind: "sticky",
      quote: COST,
      said: 2,
      mine: true,
      all: [
        { body: SECRET, side: "staff" },
        { body: "Half is still much", side: "staff" },
      ],
    });
    const page = await viewStaffIdea(designer, idea);
    expect(page?.notes.rows[1]).toMatchObject({ body: SECRET, passage: { thread, about: "layer", quote: COST } });
    expect(await beginThingThread(auditor, idea, "e1", "x", "layer")).toEqual({ ok: false, why: "may-not-comment" });
    expect(await replyInThread(auditor, idea, thread, "x", "layer")).toEqual({ ok: false, why: "may-not-comment" });
    expect(await beginThingThread(designer, idea, "e9", "x", "layer")).toEqual({ ok: false, why: "thing-gone" });
  });

  test("reach no customer and no guest: not by a page, the log, a search, a notice or the database", async () => {
    const before = (await viewIdea(metisOwner, idea))?.idea.commentCount;
    const thread = await begin(designer, `${SECRET}, @Taras Hnatiuk and @Olena Marchenko`);
    await resolveThread(designer, idea, { id: thread, revision: 1 }, true, "layer");
    await resolveThread(designer, idea, { id: thread, revision: 2 }, false, "layer");
    const events = await lastEvents(3);
    expect(events.map(({ name, audience }) => [name, audience])).toEqual([
      ["idea.thread_reopened", "staff"],
      ["idea.thread_resolved", "staff"],
      ["idea.noted", "staff"],
    ]);
    const open = { ...THREADS_UNSEEN, open: thread };
    const seen = [
      await viewIdea(metisOwner, idea, { threads: open }),
      await viewBoard(metisOwner, idea, open),
      await viewIdeaAsGuest(metisGuest, null, open),
      await viewBoardAsGuest(metisGuest, open),
    ];
    for (const page of seen) {
      expect(page).toBeDefined();
      expect(JSON.stringify(page, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toMatch(
        new RegExp(`${thread}|Zanzibarquote|${COST}`),
      );
    }
    expect((await viewIdea(metisOwner, idea))?.idea.commentCount).toBe(before);
    const found = async (who: typeof metisOwner | typeof designer) =>
      [await findIdeas(who, "Zanzibarquote", 5), await findSaid(who, "Zanzibarquote", 5)]
        .flat()
        .flatMap(({ hits }) => hits);
    expect(await found(metisOwner)).toEqual([]);
    expect(await found(designer)).toHaveLength(1);
    const [noted] = events.slice(-1);
    const notices = await asSystem("test: notices", (tx) =>
      ideaNotices.noticesOf(tx, {
        id: "1",
        name: "idea.noted",
        actorId: designer.personId,
        actorSide: "staff",
        accountId: metisOwner.accountId,
        subjectKind: "idea",
        subjectId: idea,
        audience: "staff",
        facts: noted?.facts ?? {},
      }),
    );
    const told = await asSuperuser<{ side: string }>("select side from people where id = any ($1)", [
      notices.map(({ personId }) => personId),
    ]);
    expect(told.filter(({ side }) => side !== "staff")).toEqual([]);
    for (const who of [metisOwner, brixOwner, metisGuest]) {
      const read = asActor(who, (tx) => tx.selectFrom("ideaLayerThreads").select("id").execute());
      await expect(read).rejects.toThrow(/permission denied/);
    }
  });

  test("do not exist for a customer who knows their id, and no shared thread answers to the doors of staff's or the other way", async () => {
    const thread = await begin();
    const seen = { id: thread, revision: 1 };
    expect(await beginThingThread(metisOwner, idea, "e1", "x", "layer")).toEqual(NOT_FOUND);
    for (const of of ["layer", "shared"] as const) {
      expect(await replyInThread(metisOwner, idea, thread, "x", of)).toEqual(NOT_FOUND);
      expect(await resolveThread(metisOwner, idea, seen, true, of)).toEqual(NOT_FOUND);
      expect(await placeThread(metisOwner, idea, { ...seen, present: "x" }, of)).toEqual(NOT_FOUND);
    }
    expect(await replyInThread(designer, idea, thread, "x")).toEqual(NOT_FOUND);
    expect(await resolveThread(designer, idea, seen, true)).toEqual(NOT_FOUND);
    const page = await viewBoard(metisOwner, idea);
    expect(page?.threads.rows).toEqual([]);
    await asSuperuser(
      `insert into idea_threads (idea_id, account_id, begun_by, anchor, quote)
       select id, account_id, author_id, '{}', 'Shared' from ideas where id = $1`,
      [idea],
    );
    const [shared] = await asSuperuser<{ id: string }>("select id from idea_threads where idea_id = $1", [idea]);
    expect(await replyInThread(designer, idea, shared?.id ?? "", "x", "layer")).toEqual(NOT_FOUND);
    // What only staff drew is no thing of the shared board.
    expect(await beginThingThread(designer, idea, "e1", "x")).not.toMatchObject({ ok: true });
    expect(await beginThread(designer, idea, { line: 0, words: COST }, "x")).toEqual({
      ok: false,
      why: "passage-gone",
    });
  });

  test("follow their thing, ask when it became another one, and are over when their only note is taken back", async () => {
    const thread = await begin(pricing);
    await change((board) => reword(board, "e1", "Colours for autumn", newId));
    expect(await threadOf(thread)).toMatchObject({ place: "moved", present: "Colours for autumn" });
    const seen = { id: thread, revision: 1, present: "Colours for autumn" };
    expect(await placeThread(pricing, idea, seen, "layer")).toEqual({ ok: true });
    expect(await threadOf(thread)).toMatchObject({ place: "here", quote: "Colours for autumn" });
    await change((board) => takeAway(board, "e1"));
    expect(await threadOf(thread, "gone")).toMatchObject({ place: "gone" });
    const [note] = await asSuperuser<{ id: string }>("select id from idea_notes where thread_id = $1", [thread]);
    expect(await takeBack(pricing, { place: "note", ideaId: idea, id: note?.id ?? "" })).toEqual({ ok: true });
    expect(await threadOf(thread, "gone")).toBeUndefined();
  });
});
