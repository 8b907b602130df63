import { beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange } from "~/collab/board-elements";
import { addSticky } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  expiredGuest,
  manager,
  metisApprover,
  metisGuest,
  metisOwner,
  metisViewer,
  removedMember,
  revokedGuest,
  stifferJoint,
  support,
} from "../../tests/personas";
import { findBoard } from "./board.queries.server";
import { viewBoard } from "./boards.server";
import { takeGuestBoardForm } from "./guest-forms.server";
import { viewBoardAsGuest } from "./guest-ideas.server";
import * as queries from "./idea-vote.queries.server";
import { beginVote, closeVote, moveDot } from "./idea-votes.server";

const OK = { ok: true };
const no = (why: string) => ({ ok: false, why });

/** The board as its room's log would hold it: stickies e1 and e3, with their words in e2 and e4. */
async function drawn(...says: string[]): Promise<void> {
  const doc = new Y.Doc();
  let at = 0;
  for (const words of says)
    applyChange(
      doc,
      addSticky([], words, () => `e${++at}`),
      "test",
    );
  const room = boardRoom(stifferJoint);
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
}

beforeEach(async () => {
  await asSuperuser("delete from idea_board_votes where idea_id = $1", [stifferJoint]);
  await drawn("Ball joint", "Spring");
});

const shown = async (reader: ClientActor | StaffActor) => (await viewBoard(reader, stifferJoint))?.voting?.vote;
const begin = async (dots = 3) => {
  expect(await beginVote(metisOwner, stifferJoint, { question: "Which joint?", dots })).toEqual(OK);
  return (await shown(metisOwner))?.id ?? "";
};
const dot = (actor: Parameters<typeof moveDot>[0], vote: string, element: string, way: "give" | "take" = "give") =>
  moveDot(actor, stifferJoint, { vote, element, way });
const events = async (name: string) =>
  await asSuperuser<{ facts: { vote: string; element?: string } }>(
    "select facts from events where subject_id = $1 and name = $2 order by id",
    [stifferJoint, name],
  );

test("everybody gives as many dots as the vote allows, and those taken back can be given elsewhere", async () => {
  const vote = await begin(2);
  expect(await dot(metisOwner, vote, "e1")).toEqual(OK);
  expect(await dot(metisOwner, vote, "e1")).toEqual(OK);
  expect(await dot(metisOwner, vote, "e3")).toEqual(no("no-dots-left"));
  expect(await dot(designer, vote, "e3")).toEqual(OK);
  expect(await dot(metisGuest, vote, "e3")).toEqual(OK);
  expect(await shown(metisOwner)).toMatchObject({ question: "Which joint?", dots: { e1: 2, e3: 2 }, mine: { e1: 2 } });
  expect(await shown(designer)).toMatchObject({ dots: { e1: 2, e3: 2 }, mine: { e3: 1 } });
  const asGuest = await asActor(metisGuest, (tx) => findBoard(tx, metisGuest, stifferJoint));
  expect(asGuest?.vote).toMatchObject({ dots: { e1: 2, e3: 2 }, mine: { e3: 1 } });
  expect(await dot(metisOwner, vote, "e1", "take")).toEqual(OK);
  expect(await dot(metisOwner, vote, "e3", "take")).toEqual(no("no-dot-here"));
  expect(await dot(metisOwner, vote, "e3")).toEqual(OK);
  expect(await shown(metisOwner)).toMatchObject({ dots: { e1: 1, e3: 3 }, mine: { e1: 1, e3: 1 } });
});

test("however many windows give dots at once, nobody gives more than the vote allows", async () => {
  const vote = await begin(3);
  const answers = await Promise.all(Array.from({ length: 9 }, (_, at) => dot(metisOwner, vote, at % 2 ? "e1" : "e3")));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  const given = Object.values((await shown(metisOwner))?.mine ?? {}).reduce((sum, dots) => sum + dots, 0);
  expect(given).toBe(3);
});

test("whoever may not comment gives no dot, and to others the vote does not exist", async () => {
  const vote = await begin();
  for (const actor of [metisViewer, auditor]) expect(await dot(actor, vote, "e1")).toEqual(no("may-not"));
  for (const actor of [brixOwner, removedMember, expiredGuest, revokedGuest]) {
    expect(await dot(actor, vote, "e1")).toEqual(no("not-found"));
  }
  // Past the door, too: the database asks again who it is.
  const past = async (actor: Parameters<typeof dot>[0]) =>
    asActor(actor, (tx) => queries.moveDot(tx, vote, "e1", "give"));
  expect(await past(metisViewer)).toBe("may-not");
  expect(await past(auditor)).toBe("may-not");
  expect(await past(brixOwner)).toBe("not-found");
  expect(await past(revokedGuest)).toBe("not-found");
  expect((await shown(designer))?.dots).toEqual({});
});

test("a dot is for something on the board, and one on what has left it can be taken back", async () => {
  const vote = await begin();
  expect(await dot(metisOwner, vote, "e9")).toEqual(no("thing-gone"));
  expect(await dot(metisOwner, vote, "e3")).toEqual(OK);
  await drawn("Ball joint");
  expect(await dot(metisOwner, vote, "e3")).toEqual(no("thing-gone"));
  expect(await dot(metisOwner, vote, "e3", "take")).toEqual(OK);
  expect((await shown(metisOwner))?.dots).toEqual({});
});

test("a board that cannot be read takes no dot and closes no vote: nothing is called gone that may come back", async () => {
  const vote = await begin();
  expect(await dot(metisOwner, vote, "e3")).toEqual(OK);
  const room = boardRoom(stifferJoint);
  const damages = [
    "update collab_doc set head = head + 3 where room = $1",
    "update collab_log set payload = '\\xff00' where doc = (select id from collab_doc where room = $1)",
  ];
  for (const damage of damages) {
    await drawn("Ball joint", "Spring");
    await asSuperuser(damage, [room]);
    expect(await dot(metisOwner, vote, "e1")).toEqual(no("board-unread"));
    expect(await closeVote(designer, stifferJoint, vote)).toEqual(no("board-unread"));
    expect((await shown(metisOwner))?.closed).toBeNull();
  }
  await drawn("Ball joint", "Spring");
  expect(await closeVote(designer, stifferJoint, vote)).toEqual(OK);
  expect((await shown(metisOwner))?.closed?.result).toMatchObject([{ id: "e3", dots: 1, item: { says: "Spring" } }]);
});

test("one vote at a time: of two who begin one at once, one is told that the other was quicker", async () => {
  const both = await Promise.all(
    [metisApprover, designer].map((actor) => beginVote(actor, stifferJoint, { question: "Which?", dots: 3 })),
  );
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toEqual(no("vote-open"));
  expect(await beginVote(metisViewer, stifferJoint, { question: "Which?", dots: 3 })).toEqual(no("may-not"));
  expect(await beginVote(support, stifferJoint, { question: "Which?", dots: 3 })).toEqual(no("may-not"));
  expect(await beginVote(brixOwner, stifferJoint, { question: "Which?", dots: 3 })).toEqual(no("not-found"));
});

test("staff close a vote once; what it came to keeps the words of the things as they were, and takes no dot any more", async () => {
  const vote = await begin();
  await dot(metisOwner, vote, "e3");
  await dot(metisApprover, vote, "e3");
  await dot(metisOwner, vote, "e1");
  for (const actor of [metisOwner, support, auditor]) {
    expect(await closeVote(actor, stifferJoint, vote)).toEqual(no("may-not"));
  }
  expect(await closeVote(brixOwner, stifferJoint, vote)).toEqual(no("not-found"));
  const both = await Promise.all([designer, manager].map((actor) => closeVote(actor, stifferJoint, vote)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toEqual(no("vote-closed"));
  expect(await dot(metisOwner, vote, "e1")).toEqual(no("vote-closed"));
  expect(await dot(metisOwner, vote, "e1", "take")).toEqual(no("vote-closed"));
  await drawn("Something else");
  expect((await shown(metisOwner))?.closed?.result).toEqual([
    { id: "e3", item: { kind: "sticky", says: "Spring" }, dots: 2 },
    { id: "e1", item: { kind: "sticky", says: "Ball joint" }, dots: 1 },
  ]);
  await expect(
    asActor(designer, (tx) => tx.updateTable("ideaBoardVotes").set({ result: "[]" }).where("id", "=", vote).execute()),
  ).rejects.toThrow(/stays as it is/);
  // The next one begins with nothing given.
  const next = await begin();
  expect(next).not.toBe(vote);
  expect((await shown(metisOwner))?.dots).toEqual({});
});

test("a guest sees by whom a vote was begun and what everybody gave, gives dots by the form of their page, and closes nothing", async () => {
  const vote = await begin(1);
  await dot(metisApprover, vote, "e3");
  const seen = async () => (await viewBoardAsGuest(metisGuest))?.voting;
  const form = (fields: Record<string, string>) => {
    const typed = new FormData();
    for (const [name, value] of Object.entries({ form: "dot", vote, ...fields })) typed.set(name, value);
    return takeGuestBoardForm(metisGuest, typed);
  };
  const [who] = await asSuperuser<{ name: string }>("select display_name as name from people where id = $1", [
    metisOwner.personId,
  ]);
  expect(await seen()).toMatchObject({
    vote: { begunBy: who?.name, dots: { e3: 1 }, mine: {} },
    mayVote: true,
    mayBegin: false,
    mayClose: false,
  });
  expect(await form({ element: "e1", way: "give" })).toEqual({ done: true, at: null });
  expect((await seen())?.vote).toMatchObject({ dots: { e1: 1, e3: 1 }, mine: { e1: 1 } });
  expect(await form({ element: "e3", way: "give" })).toMatchObject({
    status: 409,
    refused: { form: "dot", why: "no-dots-left" },
  });
  expect(await form({ element: "e1", way: "sideways" })).toMatchObject({ status: 422 });
  expect(await form({ form: "close-vote" })).toMatchObject({ done: false });
  expect((await shown(metisOwner))?.closed).toBeNull();
  expect(await viewBoardAsGuest(revokedGuest)).toBeUndefined();
});

test("the log says who gave and took back which dot, who began and who closed", async () => {
  const before = await Promise.all(["idea.dot_given", "idea.dot_taken_back", "idea.vote_closed"].map(events));
  const vote = await begin();
  await dot(metisOwner, vote, "e1");
  await dot(metisOwner, vote, "e1", "take");
  await dot(metisOwner, vote, "e1", "take");
  await closeVote(designer, stifferJoint, vote);
  const after = await Promise.all(["idea.dot_given", "idea.dot_taken_back", "idea.vote_closed"].map(events));
  expect(after.map((rows, at) => rows.length - (before[at]?.length ?? 0))).toEqual([1, 1, 1]);
  expect(after[0]?.at(-1)?.facts).toMatchObject({ vote, element: "e1" });
  expect((await events("idea.vote_begun")).at(-1)?.facts).toMatchObject({ vote, question: "Which joint?", dots: 3 });
});

test("whoever gives and takes back without end is asked to wait", async () => {
  const vote = await begin();
  const ways = Array.from({ length: 61 }, (_, at) => (at % 2 ? "take" : "give") as "give" | "take");
  const answers = [];
  for (const way of ways) answers.push(await dot(manager, vote, "e1", way));
  expect(answers.slice(0, 60).every(({ ok }) => ok)).toBe(true);
  expect(answers[60]).toEqual(no("too-often"));
});
