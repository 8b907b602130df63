import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange } from "~/collab/board-elements";
import { addSticky } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import { asSuperuser } from "../../tests/database";
import { brixIdea, brixOwner, designer, metisOwner, removedMember, stifferJoint } from "../../tests/personas";
import { seenIdeas } from "./board-links.server";
import { viewBoard, viewStaffLayer } from "./boards.server";
import { projectBrief } from "./idea.jobs.server";

/** A board as its room's log would hold it, with one sticky of these words and a forged element. */
async function drawn(room: string, says: string): Promise<void> {
  const doc = new Y.Doc();
  let at = 0;
  const ids = () => `e${++at}`;
  applyChange(doc, addSticky([], says, ids), "test");
  const evil = new Y.Map<unknown>([
    ["type", "embeddable"],
    ["link", "https://evil.example"],
  ]);
  doc.getMap("elements").set("forged", evil);
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  await asSuperuser(
    `with doc as (insert into collab_doc (room, head) values ($1, 1) returning id)
     insert into collab_log (doc, seq, payload) select id, 1, $2 from doc`,
    [room, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
}

const tokens = async () =>
  (await asSuperuser<{ words: string }>("select brief_tokens as words from ideas where id = $1", [stifferJoint]))[0]
    ?.words;

test("what was drawn on a board is read without the drawing, found by search, and holds nothing forged", async () => {
  const before = await tokens();
  await drawn(boardRoom(stifferJoint), "Glowworm hinge");
  await projectBrief({ room: boardRoom(stifferJoint) });
  const page = await viewBoard(metisOwner, stifferJoint);
  expect(page?.items).toEqual([
    { id: "e1", kind: "sticky", says: "Glowworm hinge", inFrame: false, frame: "", look: ["background.yellow"] },
  ]);
  expect(await viewBoard(brixOwner, stifferJoint)).toBeUndefined();
  expect(await tokens()).toContain("glowworm");
  // What the brief says is still found.
  for (const word of before?.split(" ") ?? []) expect(await tokens()).toContain(word);
  const kept = await asSuperuser("select 1 from idea_boards where elements::text like '%evil%'");
  expect(kept).toEqual([]);
});

test("what staff draw beside a board is kept apart, and no search finds an idea by it", async () => {
  await drawn(boardRoom(stifferJoint, "staff-layer"), "Margin is zirconium thin");
  await projectBrief({ room: boardRoom(stifferJoint, "staff-layer") });
  expect((await viewStaffLayer(designer, stifferJoint))?.items).toMatchObject([{ says: "Margin is zirconium thin" }]);
  expect(JSON.stringify(await viewBoard(metisOwner, stifferJoint))).not.toContain("zirconium");
  expect(await tokens()).not.toContain("zirconium");
});

test("a card says what its reader may know of an idea, in their language, and of another account's nothing", async () => {
  const ids = [stifferJoint, brixIdea, "0f000000-0000-4000-8000-000000000001"];
  const seen = async (...asked: Parameters<typeof seenIdeas>) =>
    (await seenIdeas(...asked)).map(({ title, state, to }) => [title, state, to]).sort();
  const own = ["Stiffer joint", "Planned", `/ideas/${stifferJoint}`];
  await asSuperuser("delete from shared_ideas where idea_id = any ($1)", [ids]);
  expect(await seen(metisOwner, ids, "en")).toEqual([own]);
  expect(await seen(metisOwner, ids, "uk")).not.toEqual([own]);
  expect(await seen(brixOwner, ids, "en")).toEqual([
    ["Autumn colours for the shop window", expect.any(String), `/ideas/${brixIdea}`],
  ]);
  expect(await seen(designer, ids, "en")).toHaveLength(2);
  expect(await seen(removedMember, ids, "en")).toEqual([]);
  expect(await seenIdeas(designer, [], "en")).toEqual([]);
});
