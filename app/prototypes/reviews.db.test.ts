import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { answerAtPin, placePin, resolvePin, type Spot } from "./pins.server";
import { listShownPrototypes, viewReview } from "./reviews.server";
import type { StageRule, Verdict } from "./verdict";
import { giveVerdict } from "./verdicts.server";

/** What is said at a place of a version, by whom and to whom, and what reviewers' answers come to. */

type Person = ClientActor | StaffActor;
const HERE = { x: 25_000, y: 40_000, width: 0, height: 0 };
const LOOKED = { version: null, file: null, page: 1, list: "open", pin: null, after: null, account: null } as const;

let prototype: string;
let version: string;
let file: string;

const spot = (more: Partial<Spot> = {}): Spot => ({ version, file, page: null, place: HERE, to: null, ...more });
const ofStaff = (to: string) => spot({ to });

async function set(actor: Person, at: Spot = spot(), words = "Too wide"): Promise<string> {
  const outcome = await placePin(actor, prototype, at, words);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.pin;
}

const review = (actor: Person, more: Partial<Parameters<typeof viewReview>[2]> = {}) =>
  viewReview(actor, prototype, { ...LOOKED, ...more });

async function shown(actor: Person): Promise<string[]> {
  return ((await review(actor))?.pins.rows ?? []).map(({ says }) => says);
}

async function release(account: string): Promise<void> {
  await asSuperuser("insert into prototype_releases (version_id, account_id, released_by) values ($1, $2, $3)", [
    version,
    account,
    designer.personId,
  ]);
}

beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  const [made] = await asSuperuser<{ prototype: string; version: string; file: string }>(
    `with p as (insert into prototypes (idea_id, name, created_by) values ($1, 'Lamp head', $2) returning id),
       v as (insert into prototype_versions (prototype_id, number, created_by) select id, 1, $2 from p returning id, prototype_id),
       f as (insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
         select id, $2, 'lamp.webp', 1, 'picture', 'ready', 'image/webp', sha256('lamp'), gen_random_uuid()::text from v
         returning id, version_id)
     select v.prototype_id as prototype, v.id as version, f.id as file from v join f on f.version_id = v.id`,
    [stifferJoint, designer.personId],
  );
  ({ prototype, version, file } = made ?? { prototype: "", version: "", file: "" });
  await asSuperuser(
    `update prototype_versions set published_at = now(), published_by = $2, fingerprint = sha256('lamp') where id = $1`,
    [version, designer.personId],
  );
  await release(accounts.metis);
});

test("what a customer says at a pin, their colleagues and staff read, and nobody of another account", async () => {
  await release(accounts.brix);
  const pin = await set(metisOwner);
  expect(await answerAtPin(designer, prototype, { pin, of: "shared" }, "By how much?")).toEqual({ ok: true, pin });
  for (const reader of [metisOwner, metisViewer]) expect(await shown(reader)).toEqual(["Too wide"]);
  expect((await review(designer, { account: accounts.metis }))?.pins.rows).toMatchObject([
    { says: "Too wide", said: 2 },
  ]);
  // They are shown the same version, and speak about it apart.
  expect(await shown(brixOwner)).toEqual([]);
  expect((await review(designer, { account: accounts.brix }))?.pins.rows).toEqual([]);
  expect(await answerAtPin(brixOwner, prototype, { pin, of: "shared" }, "Me too")).toEqual({
    ok: false,
    why: "not-found",
  });
  expect(await review(hanlinEngineer)).toBeUndefined();
  expect(await review(removedMember)).toBeUndefined();
});

test("a pin of staff's own does not exist for a customer: not in the list, not among the markers, not to be answered", async () => {
  const pin = await set(designer, ofStaff("staff"), "Costs two euros more");
  expect((await review(designer))?.pins).toMatchObject({ counts: { open: 1 }, rows: [{ of: "staff", number: 1 }] });
  const seen = await review(metisOwner, { pin, list: "all" });
  expect(JSON.stringify(seen)).not.toContain(pin.slice(10));
  for (const of of ["staff", "shared"] as const) {
    expect(await answerAtPin(metisOwner, prototype, { pin, of }, "What?")).toEqual({ ok: false, why: "not-found" });
    expect(await resolvePin(metisOwner, prototype, { pin, of, revision: 1 }, true)).toMatchObject({ why: "not-found" });
  }
  const told = await asSuperuser<{ audience: string; account: string | null }>(
    "select audience, account_id as account from events where name = 'prototype.pinned' and subject_id = $1",
    [prototype],
  );
  expect(told).toEqual([{ audience: "staff", account: null }]);
});

test("a customer opens no conversation of another account and none of staff, and who only reads sets no pin", async () => {
  for (const to of ["staff", accounts.brix]) {
    expect(await placePin(metisOwner, prototype, spot({ to }), "Hm")).toEqual({ ok: false, why: "not-found" });
  }
  expect(await placePin(metisViewer, prototype, spot(), "Hm")).toEqual({ ok: false, why: "may-not" });
  expect(await placePin(auditor, prototype, ofStaff("staff"), "Hm")).toEqual({ ok: false, why: "may-not" });
  expect(await placePin(brixOwner, prototype, spot(), "Hm")).toEqual({ ok: false, why: "not-found" });
  // Nobody there would ever read it.
  expect(await placePin(designer, prototype, ofStaff(accounts.brix), "Hm")).toEqual({ ok: false, why: "not-released" });
});

test("a pin is set on the picture or not at all", async () => {
  const off = { x: 99_900, y: 0, width: 600, height: 600 };
  expect(await placePin(metisOwner, prototype, spot({ place: off }), "Hm")).toMatchObject({ why: "off-the-picture" });
  expect(await placePin(metisOwner, prototype, spot({ place: null }), "Hm")).toMatchObject({ why: "place-missing" });
  expect(await placePin(metisOwner, prototype, spot({ page: 2 }), "Hm")).toMatchObject({ why: "off-the-picture" });
  expect(await placePin(metisOwner, prototype, spot({ file: version }), "Hm")).toMatchObject({ why: "not-found" });
  expect(await shown(metisOwner)).toEqual([]);
});

test("of two who put the same pin aside, the second is told that it changed; opened again, it is listed as open", async () => {
  const pin = await set(metisOwner);
  const seen = { pin, of: "shared", revision: 1 } as const;
  const [one, two] = await Promise.all([
    resolvePin(metisOwner, prototype, seen, true),
    resolvePin(designer, prototype, seen, true),
  ]);
  expect([one, two].filter(({ ok }) => ok)).toHaveLength(1);
  expect([one, two].find(({ ok }) => !ok)).toEqual({ ok: false, why: "changed-meanwhile" });
  expect(await shown(metisOwner)).toEqual([]);
  expect((await review(metisOwner, { list: "resolved" }))?.pins.rows).toMatchObject([{ number: 1, resolved: {} }]);
  expect(await resolvePin(metisApprover, prototype, { ...seen, revision: 2 }, false)).toMatchObject({ ok: true });
  expect(await shown(metisOwner)).toEqual(["Too wide"]);
});

test("the list goes on where it ended, newest first, and keeps the numbers; the picture shows all of them", async () => {
  for (let number = 1; number <= 23; number += 1) await set(metisOwner, spot(), `Pin ${number}`);
  const first = await review(metisOwner);
  expect(first?.pins.rows.map((pin) => pin.number)).toEqual(Array.from({ length: 20 }, (_, at) => 23 - at));
  expect(first?.pins.markers).toHaveLength(23);
  const second = await review(metisOwner, { after: first?.pins.next ?? null });
  expect(second?.pins).toMatchObject({ rows: [{ says: "Pin 3" }, { number: 2 }, { number: 1 }], next: null });
  // The one that is open stands there whatever page of the list this is.
  const last = second?.pins.rows.at(-1)?.id ?? "";
  expect((await review(metisOwner, { pin: last }))?.pins.rows.at(-1)).toMatchObject({
    id: last,
    all: [{ body: "Pin 1" }],
  });
});

async function stage(account: string | null, rule: StageRule, people: Person[], opened = true, position = 1) {
  const [made] = await asSuperuser<{ id: string }>(
    `insert into prototype_stages (version_id, account_id, position, name, rule, opened_at, created_by)
     values ($1, $2, $3, 'Looks', $4, case when $5 then now() end, $6) returning id`,
    [version, account, position, rule, opened, designer.personId],
  );
  for (const { personId } of people) {
    await asSuperuser(
      `insert into prototype_reviewers (stage_id, version_id, account_id, person_id, created_by) values ($1, $2, $3, $4, $5)`,
      [made?.id, version, account, personId, designer.personId],
    );
  }
  return made?.id ?? "";
}

const answer = (actor: Person, id: string, verdict: Verdict, words = "The edge") =>
  giveVerdict(actor, prototype, id, { verdict, words });

test("the last answer that lets a version pass approves it, and nothing more is said about it then", async () => {
  const id = await stage(accounts.metis, "all", [metisOwner, metisApprover]);
  const pin = await set(metisOwner);
  expect(await answer(metisOwner, id, "approve-with-changes")).toEqual({ ok: true, approved: false });
  expect(await answer(metisApprover, id, "request-changes")).toEqual({ ok: true, approved: false });
  expect(await review(metisViewer)).toMatchObject({ overall: "changes-requested", stages: [{ complete: true }] });
  expect(await answer(metisApprover, id, "approve", "")).toEqual({ ok: true, approved: true });
  const after = await review(metisOwner);
  expect(after).toMatchObject({ overall: "approved-with-changes", silent: "review-closed" });
  const closed = { ok: false, why: "review-closed" };
  expect(await placePin(metisOwner, prototype, spot(), "One more thing")).toEqual(closed);
  expect(await answerAtPin(designer, prototype, { pin, of: "shared" }, "And?")).toEqual(closed);
  expect(await resolvePin(metisOwner, prototype, { pin, of: "shared", revision: 1 }, true)).toEqual(closed);
  expect(await placePin(designer, prototype, ofStaff("staff"), "Hm")).toEqual(closed);
  expect(await answer(metisOwner, id, "reject")).toEqual(closed);
});

test("both who approve in the same moment approve it together", async () => {
  const id = await stage(accounts.metis, "all", [metisOwner, metisApprover]);
  const given = await Promise.all([answer(metisOwner, id, "approve", ""), answer(metisApprover, id, "approve", "")]);
  expect(given.filter((one) => one.ok && one.approved)).toHaveLength(1);
  expect(await review(metisOwner)).toMatchObject({ version: { approved: true }, overall: "approved" });
});

test("a stage of ours comes first: customers are asked once it has passed, and one that objects stops it", async () => {
  const ours = await stage(null, "any", [designer, manager]);
  const theirs = await stage(accounts.metis, "all", [metisOwner], false);
  expect((await review(metisOwner))?.stages).toMatchObject([{ id: theirs, opened: false, mayAnswer: false }]);
  expect(await answer(metisOwner, theirs, "approve", "")).toEqual({ ok: false, why: "not-yet" });
  expect(await answer(designer, ours, "reject")).toEqual({ ok: true, approved: false });
  expect((await review(metisOwner))?.stages).toMatchObject([{ opened: false }]);
  expect(await answer(manager, ours, "approve", "")).toEqual({ ok: true, approved: false });
  expect((await review(metisOwner))?.stages).toMatchObject([{ opened: true, mayAnswer: true }]);
  expect(await answer(metisOwner, theirs, "approve", "")).toEqual({ ok: true, approved: true });
});

test("only who is asked answers, in a stage of their own, and an objection says what is missing", async () => {
  const id = await stage(accounts.metis, "all", [metisOwner]);
  expect(await answer(metisApprover, id, "approve", "")).toEqual({ ok: false, why: "not-asked" });
  expect(await answer(designer, id, "approve", "")).toEqual({ ok: false, why: "not-asked" });
  expect(await answer(brixOwner, id, "approve", "")).toEqual({ ok: false, why: "not-found" });
  expect(await answer(metisOwner, id, "request-changes", "")).toEqual({ ok: false, why: "needs-words" });
  expect((await review(metisOwner))?.stages).toMatchObject([{ reviewers: [{ verdict: null, mine: true }] }]);
});

test("another account learns neither that one reviews nor what it answered", async () => {
  await release(accounts.brix);
  const id = await stage(accounts.metis, "all", [metisOwner]);
  await answer(metisOwner, id, "reject", "Wobbles at sixty centimetres");
  const seen = await review(brixOwner);
  expect(seen?.stages).toEqual([]);
  expect(JSON.stringify(seen)).not.toMatch(/Wobbles|Metis/);
});

test("a customer lists what is shown to them at its newest version, and staff read who opened it", async () => {
  await stage(accounts.metis, "all", [metisOwner]);
  await set(metisOwner);
  const own = { id: prototype, name: "Lamp head", number: 1, openPins: 1 };
  expect((await listShownPrototypes(metisOwner, null)).rows).toMatchObject([{ ...own, waits: true }]);
  expect((await listShownPrototypes(metisViewer, null)).rows).toMatchObject([{ ...own, waits: false }]);
  expect((await listShownPrototypes(brixOwner, null)).rows).toEqual([]);
  await review(metisOwner);
  const opened = await asActor(
    designer,
    async (tx) => (await sql`select person_id from prototype_openings`.execute(tx)).rows,
  );
  expect(opened).toEqual([{ personId: metisOwner.personId }]);
});
