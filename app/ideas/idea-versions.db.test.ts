import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { until, visit, guest as visitor } from "~/collab/collab-people.fixture";
import { FIRST_WORDS, serve } from "~/collab/collab-server.fixture";
import { boardRoom, briefRoom, parseRoom } from "~/collab/room";
import { readRoomState } from "~/collab/room-versions.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { moveClock, resetClock } from "~/kernel/clock";
import { listen } from "~/kernel/listen.server";
import { asSuperuser } from "../../tests/database";
import { accounts, auditor, brixOwner, designer, metisOwner, metisViewer } from "../../tests/personas";
import { projectBrief } from "./idea.jobs.server";
import { keepVersions } from "./idea-version.jobs.server";
import { keepVersion, nameVersion, restoreVersion, viewVersion, viewVersions } from "./idea-versions.server";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let id = "";
let room = "";
let running: Awaited<ReturnType<typeof serve>>;
let stop: () => void;

const as = ({ personId }: ClientActor | StaffActor, name: string) => ({ ...visitor(name), personId });

beforeAll(async () => {
  running = await serve(process.env.JOBS_DATABASE_URL ?? "", 0);
  stop = listen("tandem_brief", running.collab.refresh, () => undefined);
});

afterAll(async () => {
  stop();
  await running.collab.close();
  running.server.close();
});

beforeEach(async () => {
  const [made] = await asSuperuser<{ id: string }>(
    `insert into ideas (account_id, author_id, title, body, body_text) values ($1, $2, 'Versions', '{}', '') returning id`,
    [accounts.metis, metisViewer.personId],
  );
  id = made?.id ?? "";
  room = briefRoom(id);
});

afterEach(resetClock);

const listed = async (
  actor: ClientActor | StaffActor = metisOwner,
  part: "brief" | "board" | "staff-layer" = "brief",
) => (await viewVersions(actor, id, part, null))?.versions.rows ?? [];

type Node = { type: string; text?: string; by?: number; change?: string; content?: Node[] };
const texts = (node: Node): Node[] => (node.type === "text" ? [node] : (node.content ?? []).flatMap(texts));

/** What a version shows of a brief, with marks: +what came+, -what went-, and who wrote the rest. */
async function shown(versionId: string, view: "text" | "before" | "present" = "text") {
  const page = await viewVersion(metisOwner, id, versionId, view);
  if (page?.shown.part !== "brief") throw new Error("no version of a brief");
  const { doc, people } = page.shown;
  return texts(doc as unknown as Node)
    .map(({ text, by, change }) => {
      if (change) return change === "added" ? `+${text}+` : `-${text}-`;
      return by === undefined ? text : `${people[by]?.name}: ${text}`;
    })
    .join("|");
}

/** Somebody with the brief open until it holds what they wrote. */
async function writes(actor: ClientActor | StaffActor, name: string, words: string) {
  const person = visit(running.port, room, as(actor, name));
  await until(`${name} is in`, () => person.provider.synced);
  person.write(words);
  await stored(words);
  return person;
}

const stored = (words: string) =>
  until(`stored: ${words}`, async () => {
    await projectBrief({ room });
    const kept = await asSuperuser("select 1 from idea_briefs where idea_id = $1 and strpos(doc::text, $2) > 0", [
      id,
      words,
    ]);
    return kept.length === 1;
  });

test("a version is kept five minutes after the last edit, once, with who wrote since the one before", async () => {
  const owner = await writes(metisOwner, "Owner", "Words of the owner");
  moveClock(4 * MINUTE);
  await keepVersions();
  expect(await listed()).toEqual([]);
  moveClock(2 * MINUTE);
  await keepVersions();
  await keepVersions();
  const [first, ...more] = await listed();
  expect(more).toEqual([]);
  expect(first).toMatchObject({ reason: "pause", name: null, madeBy: null, writers: [{ id: metisOwner.personId }] });
  const staff = await writes(designer, "Designer", "And of the designer");
  moveClock(6 * MINUTE);
  await keepVersions();
  expect((await listed()).map(({ writers }) => writers.map((writer) => writer.id))).toEqual([
    [designer.personId],
    [metisOwner.personId],
  ]);
  owner.leave();
  staff.leave();
});

test("who writes on and on gets a version for each day all the same", async () => {
  const owner = await writes(metisOwner, "Owner", "First words");
  for (const day of [1, 2]) {
    moveClock(DAY);
    for (const hour of ["early", "late"]) {
      owner.write(`Words of day ${day}, ${hour}`);
      await stored(`Words of day ${day}, ${hour}`);
      await keepVersions();
    }
  }
  expect((await listed()).map(({ reason }) => reason)).toEqual(["day", "day"]);
  owner.leave();
});

test("a brief that was opened and not written in gets no version", async () => {
  const owner = visit(running.port, room, as(metisOwner, "Owner"));
  await until("in", () => owner.provider.synced);
  await stored(FIRST_WORDS);
  moveClock(DAY);
  await keepVersions();
  expect(await listed()).toEqual([]);
  owner.leave();
});

test("who wrote which words is known after the live document was cleaned up and its version looked at later", async () => {
  const owner = await writes(metisOwner, "Owner", "Words of the owner");
  const staff = await writes(designer, "Designer", "And of the designer");
  const paragraph = owner.doc.getXmlFragment("default").get(1) as Y.XmlElement;
  (paragraph.get(0) as Y.XmlText).delete(0, 6);
  await stored("of the owner");
  owner.leave();
  staff.leave();
  await until("put away and cleaned up", async () => {
    const rows = await asSuperuser("select 1 from collab_log l join collab_doc d on d.id = l.doc where d.room = $1", [
      room,
    ]);
    return rows.length === 0;
  });
  const kept = await keepVersion(metisOwner, id, "brief", "Ready to order");
  if (!kept.ok) throw new Error(kept.why);
  // Gone for good: what is shown from here on is the version's own.
  await asSuperuser("delete from collab_doc where room = $1", [room]);
  const names = await asSuperuser<{ name: string }>(
    "select display_name as name from people where id = any ($1) order by id",
    [[metisOwner.personId, metisViewer.personId, designer.personId]],
  );
  const [of, author, and] = names.map(({ name }) => name);
  expect(await shown(kept.id)).toBe(`${author}: ${FIRST_WORDS}|${of}: of the owner|${and}: And of the designer`);
  expect((await viewVersion(metisOwner, id, kept.id, "text"))?.version.name).toBe("Ready to order");
});

test("differences are of words, with the version before and with the present", async () => {
  const owner = await writes(metisOwner, "Owner", "The joint is stiff and red");
  const first = await keepVersion(metisOwner, id, "brief", "One");
  const text = (owner.doc.getXmlFragment("default").get(1) as Y.XmlElement).get(0) as Y.XmlText;
  text.delete(13, 5);
  text.insert(13, "loose");
  await stored("The joint is loose");
  const second = await keepVersion(designer, id, "brief", "Two");
  if (!first.ok || !second.ok) throw new Error("not kept");
  expect(await shown(second.id, "before")).toBe(`${FIRST_WORDS}|The joint is |-stiff-|+loose+| and red`);
  text.insert(0, "Today ");
  await stored("Today The joint");
  expect(await shown(second.id, "present")).toBe(`${FIRST_WORDS}|+Today +|The joint is loose and red`);
  owner.leave();
});

test("restoring is an edit that everybody sees, keeps what was there before, and rewrites nothing", async () => {
  const owner = await writes(metisOwner, "Owner", "Words worth keeping");
  const kept = await keepVersion(metisOwner, id, "brief", "Good");
  if (!kept.ok) throw new Error(kept.why);
  const staff = await writes(designer, "Designer", "A later thought");
  owner.doc.getXmlFragment("default").delete(1, 1);
  await until("gone everywhere", () => !staff.text().includes("worth"));
  const log = await asSuperuser("select head from collab_doc where room = $1", [room]);
  const rows = await asSuperuser(
    "select id, content, authors, made_at from idea_versions where idea_id = $1 order by id",
    [id],
  );

  expect(await restoreVersion(designer, id, kept.id)).toEqual({ ok: true, part: "brief" });
  const whole = `${FIRST_WORDS}|Words worth keeping`;
  await until("both see it", () => owner.text() === whole && staff.text() === whole);
  owner.write("and on");
  await until("both go on", () => staff.text() === `${whole}|and on`);
  expect(Y.encodeStateVector(owner.doc)).toEqual(Y.encodeStateVector(staff.doc));

  expect((await listed()).map(({ reason, madeBy }) => [reason, madeBy !== null])).toEqual([
    ["restored", true],
    ["before", true],
    ["named", true],
  ]);
  const [restored, before] = await listed();
  expect(await shown(before?.id ?? "", "before")).toBe(`${FIRST_WORDS}|-Words worth keeping-|+A later thought+`);
  expect((await viewVersion(metisOwner, id, restored?.id ?? "", "text"))?.version.restoredFrom).toEqual(
    expect.any(Date),
  );
  // Behind what there was, under a client id of whoever restored; the versions are as they were.
  const [row] = await asSuperuser<{ more: boolean }>("select head > $2 as more from collab_doc where room = $1", [
    room,
    log[0]?.head,
  ]);
  expect(row?.more).toBe(true);
  expect(
    await asSuperuser(
      "select id, content, authors, made_at from idea_versions where idea_id = $1 order by id limit 1",
      [id],
    ),
  ).toEqual(rows);
  const owned = await asSuperuser(
    "select person from collab_author a join collab_doc d on d.id = a.doc where d.room = $1 and person = $2",
    [room, designer.personId],
  );
  expect(owned.length).toBeGreaterThanOrEqual(2);
  owner.leave();
  staff.leave();
});

test("restoring what is there already is refused with a word, and makes no version", async () => {
  const owner = await writes(metisOwner, "Owner", "The same");
  const kept = await keepVersion(metisOwner, id, "brief", "Same");
  if (!kept.ok) throw new Error(kept.why);
  expect(await restoreVersion(metisOwner, id, kept.id)).toEqual({ ok: false, why: "same" });
  expect(await listed()).toHaveLength(1);
  owner.leave();
});

test("who may see the idea sees its versions; who may only read neither names nor restores; to strangers there are none", async () => {
  const owner = await writes(metisOwner, "Owner", "Ours");
  const kept = await keepVersion(metisOwner, id, "brief", "Ours");
  if (!kept.ok) throw new Error(kept.why);
  owner.leave();
  for (const reader of [metisViewer, auditor]) {
    expect(await listed(reader)).toHaveLength(1);
    expect((await viewVersion(reader, id, kept.id, "text"))?.mayEdit).toBe(false);
    expect(await keepVersion(reader, id, "brief", "X")).toEqual({ ok: false, why: "may-not-edit" });
    expect(await nameVersion(reader, id, kept.id, "X")).toEqual({ ok: false, why: "may-not-edit" });
    expect(await restoreVersion(reader, id, kept.id)).toEqual({ ok: false, why: "may-not-edit" });
  }
  expect(await viewVersions(brixOwner, id, "brief", null)).toBeUndefined();
  expect(await viewVersion(brixOwner, id, kept.id, "text")).toBeUndefined();
  expect(await keepVersion(brixOwner, id, "brief", "X")).toEqual({ ok: false, why: "not-found" });
  expect(await nameVersion(brixOwner, id, kept.id, "X")).toEqual({ ok: false, why: "not-found" });
  expect(await restoreVersion(brixOwner, id, kept.id)).toEqual({ ok: false, why: "not-found" });
  expect(await nameVersion(metisOwner, id, kept.id, "Another name")).toEqual({ ok: true });
  expect((await listed())[0]).toMatchObject({ name: "Another name", reason: "named" });
});

/** How much is stored of a board. */
async function thingsOn(name: string): Promise<number> {
  const asked = parseRoom(name);
  const state = asked && (await readRoomState(asked));
  if (!state || state === "damaged" || state.content.part === "brief") throw new Error("there is no such board");
  return state.content.elements.length;
}

test("what staff draw beside a board has versions that no customer finds", async () => {
  const layer = boardRoom(id, "staff-layer");
  const staff = visit(running.port, layer, as(designer, "Designer"));
  await until("in", () => staff.provider.synced);
  const sticky = { type: "rectangle", x: 0, y: 0, width: 100, height: 100, customData: { kind: "sticky" } };
  staff.doc.getMap("elements").set("e1", new Y.Map(Object.entries(sticky)));
  await until("the sticky is stored", async () => (await thingsOn(layer)) === 1);
  const made = await keepVersion(designer, id, "staff-layer", "Margins");
  if (!made.ok) throw new Error(made.why);
  const kept = made.id;
  expect(await viewVersions(metisOwner, id, "staff-layer", null)).toBeUndefined();
  expect(await viewVersion(metisOwner, id, kept, "text")).toBeUndefined();
  expect(await restoreVersion(metisOwner, id, kept)).toEqual({ ok: false, why: "not-found" });
  const page = await viewVersion(designer, id, kept, "text");
  expect(page?.shown).toMatchObject({
    items: [{ item: { id: "e1", kind: "sticky" }, by: [{ id: designer.personId }] }],
  });
  staff.doc.getMap("elements").delete("e1");
  await until("gone", async () => (await thingsOn(layer)) === 0);
  expect(await restoreVersion(designer, id, kept)).toEqual({ ok: true, part: "staff-layer" });
  await until("back", () => staff.doc.getMap("elements").has("e1"));
  expect((await listed(designer, "staff-layer"))[0]?.reason).toBe("restored");
  staff.leave();
});
