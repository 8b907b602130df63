import { beforeEach, expect, test } from "vitest";
import { now } from "~/kernel/clock";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixOwner,
  designer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  stifferJoint,
} from "../../tests/personas";
import { actOnRelease } from "./prototype-forms.server";
import { getReview, listPrototypes, makePrototype, publishVersion, viewStaffPrototype } from "./prototypes.server";
import { endRelease, releaseVersion, type Terms, viewRelease } from "./releases.server";

let where: { prototypeId: string; version: string };
beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  const made = await makePrototype(designer, { name: "Lamp head", ideaId: stifferJoint });
  if (!made.ok) throw new Error(made.why);
  const [draft] = (await viewStaffPrototype(designer, made.id))?.versions ?? [];
  if (!draft) throw new Error("no draft");
  where = { prototypeId: made.id, version: draft.id };
  await asSuperuser(
    `insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
     values ($1, $2, 'lamp.webp', 1, 'picture', 'ready', 'image/webp', sha256('lamp'), gen_random_uuid()::text)`,
    [draft.id, designer.personId],
  );
});

const publish = async () => {
  expect(await publishVersion(designer, { ...where, revision: 1 })).toEqual({ ok: true });
};
const PLAIN: Terms = { accountId: accounts.metis, people: null, from: null, due: null, zone: "UTC", stage: null };
const asking = (people: string[], more: Partial<NonNullable<Terms["stage"]>> = {}) => ({
  name: "First look",
  rule: "all" as const,
  asked: people,
  deciding: [],
  ...more,
});
const refused = (why: string) => ({ ok: false, why });
const newest = async () => (await viewStaffPrototype(designer, where.prototypeId))?.versions[0];

test("a version is released only once it is published, by those who make prototypes, and to an account once", async () => {
  expect(await viewRelease(designer, where, null)).toBeUndefined();
  expect(await releaseVersion(designer, where, PLAIN)).toEqual(refused("not-published"));
  await publish();
  expect(await viewRelease(auditor, where, null)).toBeUndefined();
  expect(await releaseVersion(auditor, where, PLAIN)).toEqual(refused("may-not"));
  expect(await releaseVersion(designer, { ...where, version: stifferJoint }, PLAIN)).toEqual(refused("not-found"));
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeUndefined();
  expect(await releaseVersion(designer, where, PLAIN)).toEqual({ ok: true });
  expect(await releaseVersion(manager, where, PLAIN)).toEqual(refused("shown-already"));
  expect((await getReview(metisOwner, where.prototypeId, null))?.version.number).toBe(1);
  expect(await getReview(brixOwner, where.prototypeId, null)).toBeUndefined();
});

test("who is asked stands in a stage with its day, which is waited for, and is overdue once that day is over", async () => {
  await publish();
  const stage = asking([metisOwner.personId, metisApprover.personId], {
    rule: "named",
    deciding: [metisOwner.personId],
  });
  const terms = { ...PLAIN, stage, due: "2027-03-01", zone: "Asia/Shanghai" };
  expect(await releaseVersion(designer, where, terms)).toEqual({ ok: true });
  const [shown] = (await newest())?.stages ?? [];
  expect(shown).toMatchObject({ name: "First look", rule: "named", late: false, account: expect.any(String) });
  // The end of that day in Shanghai.
  expect(new Date(shown?.dueAt ?? 0).toISOString()).toBe("2027-03-01T15:59:59.000Z");
  expect(shown?.reviewers.map(({ decides, verdict }) => [decides, verdict])).toEqual([
    [true, null],
    [false, null],
  ]);
  const waits = async () => (await listPrototypes(designer))[0]?.waitsFor.map(({ late }) => late);
  expect(await waits()).toEqual([false, false]);
  await asSuperuser("update prototype_stages set due_at = now() - interval '1 minute'");
  expect(await waits()).toEqual([true, true]);
});

test("terms that nobody could keep are refused, and then nothing of them is there", async () => {
  await publish();
  const owner = metisOwner.personId;
  const cases: [Partial<Terms>, string][] = [
    [{ people: [] }, "nobody-shown"],
    [{ people: [brixOwner.personId] }, "cannot-be-asked"],
    [{ stage: asking([]) }, "nobody-asked"],
    [{ stage: asking([metisViewer.personId]) }, "cannot-be-asked"],
    [{ stage: asking([brixOwner.personId]) }, "cannot-be-asked"],
    [{ stage: asking([owner], { rule: "named" }) }, "nobody-decides"],
    [{ people: [metisApprover.personId], stage: asking([owner]) }, "asked-not-shown"],
    [{ from: "2027-03-02", due: "2027-03-01", stage: asking([owner]) }, "due-before"],
    [{ accountId: null }, "nobody-asked"],
  ];
  for (const [terms, why] of cases) {
    expect(await releaseVersion(designer, where, { ...PLAIN, ...terms }), why).toEqual(refused(why));
  }
  expect(await newest()).toMatchObject({ releases: [], stages: [] });
});

test("we ourselves are asked first, and nobody outside is shown anything or learns of it", async () => {
  await publish();
  const terms = { ...PLAIN, accountId: null, stage: asking([manager.personId]) };
  expect(await releaseVersion(designer, where, terms)).toEqual({ ok: true });
  expect(await newest()).toMatchObject({ releases: [], stages: [{ account: null, reviewers: [{ verdict: null }] }] });
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeUndefined();
});

test("released from a day on, it is not there before, and the account's log does not tell of it; ended, it is gone", async () => {
  await publish();
  const year = now().getUTCFullYear() + 1;
  expect(await releaseVersion(designer, where, { ...PLAIN, from: `${year}-01-01` })).toEqual({ ok: true });
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeUndefined();
  const told = await asSuperuser(
    "select audience from events where name = 'prototype.released' and facts ->> 'version' = $1",
    [where.version],
  );
  expect(told).toEqual([{ audience: "staff" }]);
  const [release] = (await newest())?.releases ?? [];
  await asSuperuser("update prototype_releases set released_from = now()");
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeDefined();
  expect(await endRelease(auditor, where.prototypeId, release?.id ?? "")).toEqual(refused("may-not"));
  expect(await endRelease(designer, stifferJoint, release?.id ?? "")).toEqual(refused("not-found"));
  expect(await endRelease(designer, where.prototypeId, release?.id ?? "")).toEqual({ ok: true });
  expect(await endRelease(designer, where.prototypeId, release?.id ?? "")).toEqual(refused("not-found"));
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeUndefined();
});

test("the form of a release says what is missing, and does what it says", async () => {
  await publish();
  const send = (fields: Record<string, string>) => {
    const typed = new FormData();
    for (const [name, value] of Object.entries({ form: "release", account: accounts.metis, ...fields })) {
      typed.set(name, value);
    }
    return actOnRelease(designer, where, typed, "UTC");
  };
  const asked = { [`asked-${metisOwner.personId}`]: "on" };
  expect(await send(asked)).toMatchObject({ status: 422, failure: { errors: { stage: "required" } } });
  expect(await send({ from: "soon" })).toMatchObject({ status: 422, failure: { errors: { from: "not-a-day" } } });
  expect(await send({ to: "named" })).toMatchObject({ status: 409, failure: { errors: { "": "nobody-shown" } } });
  const page = `/staff/prototypes/${where.prototypeId}`;
  expect(await send({ ...asked, stage: "First look", to: "named", [`shown-${metisOwner.personId}`]: "on" })).toEqual({
    to: page,
  });
  expect(await getReview(metisOwner, where.prototypeId, null)).toBeDefined();
  expect(await getReview(metisApprover, where.prototypeId, null)).toBeUndefined();
});
