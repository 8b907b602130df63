import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyChange } from "~/collab/board-elements";
import { addSticky } from "~/collab/board-outline";
import { boardRoom } from "~/collab/room";
import { asSuperuser } from "../../tests/database";
import { brixOwner, designer, metisOwner, stifferJoint } from "../../tests/personas";
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
