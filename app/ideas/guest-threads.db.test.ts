import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange, readBoard } from "~/collab/board-elements";
import { addSticky } from "~/collab/board-outline";
import { flatOfRich, linesOf, lineWords } from "~/collab/passage-text";
import { boardRoom, briefRoom } from "~/collab/room";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  expiredGuest,
  metisGuest,
  metisIdeas,
  metisOwner,
  pricing,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import { viewBoard } from "./boards.server";
import {
  beginGuestThingThread,
  beginGuestThread,
  replyAsGuest,
  viewBoardAsGuest,
  viewIdeaAsGuest,
} from "./guest-ideas.server";
import { projectBrief } from "./idea.jobs.server";
import { ideaNotices } from "./idea-notices.server";
import { THREADS_UNSEEN } from "./idea-thread";
import { beginThread, resolveThread } from "./idea-threads.server";
import { viewIdea } from "./ideas.server";

const NOT_FOUND = { ok: false, why: "not-found" };
const reading = { ...metisGuest, rights: "view" } as const;
const seenBy = async (guest = metisGuest, view = {}) =>
  (await viewIdeaAsGuest(guest, null, { ...THREADS_UNSEEN, ...view }))?.threads;

let line: { line: number; words: string };

beforeEach(async () => {
  await asSuperuser("delete from idea_threads where idea_id = $1", [stifferJoint]);
  await asSuperuser("delete from collab_doc where room = $1", [briefRoom(stifferJoint)]);
  const page = await viewIdeaAsGuest(metisGuest);
  const [first] = page ? linesOf(flatOfRich(page.text.brief)) : [];
  line = { line: first?.at ?? 0, words: lineWords(first?.text ?? "") };
});

async function begin(): Promise<string> {
  const outcome = await beginGuestThread(metisGuest, line, "Which spring?");
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.thread;
}

test("a guest begins a thread about a passage, also of a brief that nobody has opened, and both sides find it under their name", async () => {
  const thread = await begin();
  const words = { side: "guest", author: "Ida Reuter", body: "Which spring?" };
  const shown = { threadId: thread, place: "here", lastAuthor: "Ida Reuter", all: [words], mine: false };
  expect((await seenBy(metisGuest, { open: thread }))?.rows[0]).toMatchObject(shown);
  const said = (await viewIdeaAsGuest(metisGuest))?.comments.rows[0];
  expect(said).toMatchObject({ body: words.body, passage: { thread } });
  const owners = await viewIdea(metisOwner, stifferJoint, { threads: { ...THREADS_UNSEEN, open: thread } });
  expect(owners?.threads.rows[0]).toMatchObject(shown);
  expect(owners?.comments.rows[0]).toMatchObject({ passage: { thread }, side: "guest" });
});

test("what a guest says of a passage is told to followers like any comment, and answers go back and forth", async () => {
  const thread = await begin();
  const [event] = await asSuperuser<{ facts: Record<string, unknown>; actor_side: string; audience: string }>(
    "select facts, actor_side, audience from events where subject_id = $1 order by id desc limit 1",
    [stifferJoint],
  );
  expect(event).toMatchObject({ actor_side: "guest", audience: "both", facts: { thread, guest: metisGuest.grantId } });
  const notices = await asSystem("test: notices", (tx) =>
    ideaNotices.noticesOf(tx, {
      id: "1",
      name: "idea.commented",
      actorId: null,
      actorSide: "guest",
      accountId: metisOwner.accountId,
      subjectKind: "idea",
      subjectId: stifferJoint,
      audience: "both",
      facts: event?.facts ?? {},
    }),
  );
  expect(notices).toContainEqual(expect.objectContaining({ personId: metisOwner.personId, kind: "comment" }));
  const theirs = await beginThread(metisOwner, stifferJoint, line, "And the grip?");
  if (!theirs.ok) throw new Error(theirs.why);
  expect(await replyAsGuest(metisGuest, theirs.thread, "Cork")).toEqual({ ok: true, thread: theirs.thread });
  expect(
    (await seenBy(metisGuest, { open: theirs.thread }))?.rows[0]?.all?.map(({ side, body }) => [side, body]),
  ).toEqual([
    ["client", "And the grip?"],
    ["guest", "Cork"],
  ]);
});

test("one who resolved a thread has a name for its guest, though they said nothing", async () => {
  const thread = await begin();
  expect(await resolveThread(pricing, stifferJoint, { id: thread, revision: 1 }, true)).toEqual({ ok: true });
  const listed = await seenBy(metisGuest, { list: "resolved" });
  const [who] = await asSuperuser<{ display_name: string }>("select display_name from people where id = $1", [
    pricing.personId,
  ]);
  expect(listed?.rows).toMatchObject([{ threadId: thread, resolved: { by: who?.display_name } }]);
});

test("who only reads begins and answers nothing, by the page and by the database; a grant that is over has no threads", async () => {
  const thread = await begin();
  expect(await beginGuestThread(reading, line, "x")).toEqual({ ok: false, why: "may-not-comment" });
  expect(await replyAsGuest(reading, thread, "x")).toEqual({ ok: false, why: "may-not-comment" });
  await asSuperuser("update guest_grants set rights = 'view' where id = $1", [metisGuest.grantId]);
  await expect(beginGuestThread(metisGuest, line, "x")).rejects.toThrow(/row-level security/);
  await expect(replyAsGuest(metisGuest, thread, "x")).rejects.toThrow(/row-level security/);
  await asSuperuser("update guest_grants set rights = 'comment' where id = $1", [metisGuest.grantId]);
  expect((await seenBy())?.rows, "still the one thread, with the one comment").toMatchObject([{ said: 1 }]);
  for (const over of [expiredGuest, revokedGuest]) {
    expect(await seenBy(over)).toBeUndefined();
    expect(await beginGuestThread(over, line, "x")).toEqual(NOT_FOUND);
    expect(await replyAsGuest(over, thread, "x")).toEqual(NOT_FOUND);
  }
});

test("a passage that is not there and a thread that is none of their idea's are refused, and nothing is said", async () => {
  const count = async () => (await viewIdea(metisOwner, stifferJoint))?.idea.commentCount;
  const [elsewhere] = await asSuperuser<{ id: string }>(
    `insert into idea_threads (idea_id, account_id, begun_by, anchor, quote)
     select id, account_id, author_id, '{}', 'Elsewhere' from ideas where id = $1 returning id`,
    [metisIdeas.done],
  );
  const before = await count();
  expect(await beginGuestThread(metisGuest, { line: 0, words: "Never written" }, "x")).toEqual({
    ok: false,
    why: "passage-gone",
  });
  expect(await replyAsGuest(metisGuest, crypto.randomUUID(), "x")).toEqual(NOT_FOUND);
  expect(await replyAsGuest(metisGuest, elsewhere?.id ?? "", "x")).toEqual(NOT_FOUND);
  expect((await seenBy())?.rows).toEqual([]);
  expect(await count()).toBe(before);
  await asSuperuser("delete from idea_threads where id = $1", [elsewhere?.id]);
});

describe("on the board", () => {
  const room = boardRoom(stifferJoint);
  const HINGE = "A hinge of brass";

  beforeEach(async () => {
    const doc = new Y.Doc();
    let ids = 0;
    applyChange(
      doc,
      addSticky(readBoard(doc), HINGE, () => `e${++ids}`),
      "test",
    );
    await asSuperuser("delete from collab_doc where room = $1", [room]);
    await asSuperuser(
      `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
       insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
      [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
    );
    await projectBrief({ room });
  });

  test("a guest sees what stands on it and what is said about that, and nothing of what staff drew", async () => {
    const page = await viewBoardAsGuest(metisGuest);
    expect(page?.items.map(({ says }) => says)).toContain(HINGE);
    expect(page).toMatchObject({ layer: "board", mayEdit: false, mayComment: true });
    expect(page?.voting).toMatchObject({ mayVote: true, mayBegin: false, mayClose: false });
    expect(await viewBoardAsGuest(reading)).toMatchObject({
      mayEdit: false,
      mayComment: false,
      voting: { mayVote: false },
    });
    expect(await viewBoardAsGuest({ ...metisGuest, rights: "edit" })).toMatchObject({ mayEdit: true });
    const elsewhere = { ...metisGuest, object: { kind: "idea", id: metisIdeas.done } } as const;
    for (const over of [expiredGuest, revokedGuest, elsewhere]) expect(await viewBoardAsGuest(over)).toBeUndefined();
  });

  test("a guest comments on a thing, which quotes it and is found by both sides; on one that is gone nothing is said", async () => {
    const outcome = await beginGuestThingThread(metisGuest, "e1", "Why brass?");
    if (!outcome.ok) throw new Error(outcome.why);
    const shown = { threadId: outcome.thread, element: "e1", quote: HINGE, lastAuthor: "Ida Reuter", said: 1 };
    expect((await viewBoardAsGuest(metisGuest))?.threads?.rows[0]).toMatchObject(shown);
    expect((await viewBoard(metisOwner, stifferJoint))?.threads?.rows[0]).toMatchObject(shown);
    expect((await viewIdeaAsGuest(metisGuest))?.comments.rows[0]).toMatchObject({
      passage: { thread: outcome.thread, about: "board", quote: HINGE },
    });
    expect(await replyAsGuest(metisGuest, outcome.thread, "Or steel?")).toMatchObject({ ok: true });
    expect(await beginGuestThingThread(metisGuest, "e9", "x")).toEqual({ ok: false, why: "thing-gone" });
    expect(await beginGuestThingThread(reading, "e1", "x")).toEqual({ ok: false, why: "may-not-comment" });
    expect(await beginGuestThingThread(revokedGuest, "e1", "x")).toEqual(NOT_FOUND);
    expect((await viewBoardAsGuest(metisGuest))?.threads?.counts).toEqual({ open: 1, gone: 0, resolved: 0 });
  });
});
