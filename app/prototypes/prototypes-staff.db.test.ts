import { beforeEach, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import { accounts, auditor, brixOwner, designer, manager, metisOwner, stifferJoint } from "../../tests/personas";
import {
  beginVersion,
  getReview,
  ideasToShow,
  listPrototypes,
  makePrototype,
  publishVersion,
  viewStaffPrototype,
  writeNotes,
} from "./prototypes.server";

const IDEA = { name: "Lamp head", ideaId: stifferJoint };
let prototypeId: string;

beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  const made = await makePrototype(designer, IDEA);
  if (!made.ok) throw new Error(made.why);
  prototypeId = made.id;
});

async function newest() {
  const [version] = (await viewStaffPrototype(designer, prototypeId))?.versions ?? [];
  if (!version) throw new Error("no version");
  return { prototypeId, version: version.id, revision: version.revision, shown: version };
}

/** A picture that was looked at already. */
const withPicture = (version: string) =>
  asSuperuser(
    `insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
     values ($1, $2, 'lamp.webp', 1, 'picture', 'ready', 'image/webp', sha256('lamp'), gen_random_uuid()::text)`,
    [version, designer.personId],
  );

const release = (versionId: string) =>
  asActor(designer, (tx) =>
    tx
      .insertInto("prototypeReleases")
      .values({ versionId, accountId: accounts.metis, releasedBy: designer.personId })
      .execute(),
  );

test("a prototype is made of an idea by those who make them, and begins with a draft", async () => {
  expect((await ideasToShow(designer)).map(({ id }) => id)).toContain(stifferJoint);
  expect((await newest()).shown).toMatchObject({ number: 1, publishedAt: null, files: [], releases: [] });
  expect(await makePrototype(auditor, IDEA)).toEqual({ ok: false, why: "may-not" });
  expect(await makePrototype(designer, { ...IDEA, ideaId: prototypeId })).toEqual({ ok: false, why: "not-found" });
  expect(await listPrototypes(auditor)).toMatchObject([{ id: prototypeId, number: 1, shownTo: [], waitsFor: [] }]);
  expect(await listPrototypes(auditor, brixOwner.accountId)).toEqual([]);
});

test("a draft is described and published as it was seen, and then nothing about it changes", async () => {
  const draft = await newest();
  expect(await publishVersion(designer, draft)).toEqual({ ok: false, why: "no-files" });
  await withPicture(draft.version);
  expect(await writeNotes(designer, draft, "A longer arm")).toEqual({ ok: true });
  expect(await writeNotes(manager, draft, "Another one")).toEqual({ ok: false, why: "changed-meanwhile" });
  expect(await publishVersion(manager, draft)).toEqual({ ok: false, why: "changed-meanwhile" });
  const seen = await newest();
  expect(await publishVersion(auditor, seen)).toEqual({ ok: false, why: "may-not" });
  expect(await publishVersion(manager, seen)).toEqual({ ok: true });
  expect(await publishVersion(manager, await newest())).toEqual({ ok: false, why: "not-a-draft" });
  expect(await writeNotes(designer, await newest(), "Too late")).toEqual({ ok: false, why: "changed-meanwhile" });
  expect((await newest()).shown).toMatchObject({
    notes: "A longer arm",
    fingerprint: expect.stringMatching(/^\w{64}$/),
  });
});

test("a version of another prototype is none of this one, and a second draft is not begun", async () => {
  const other = await makePrototype(designer, { ...IDEA, name: "Foot" });
  if (!other.ok) throw new Error(other.why);
  const elsewhere = { ...(await newest()), prototypeId: other.id };
  expect(await publishVersion(designer, elsewhere)).toEqual({ ok: false, why: "not-found" });
  expect(await writeNotes(designer, elsewhere, "X")).toEqual({ ok: false, why: "not-found" });
  expect(await beginVersion(designer, prototypeId)).toEqual({ ok: false, why: "draft-there" });
  expect(await beginVersion(designer, stifferJoint)).toEqual({ ok: false, why: "not-found" });
});

test("customers find the newest version that they are shown, and nothing of the draft after it", async () => {
  const first = await newest();
  await withPicture(first.version);
  await publishVersion(designer, first);
  expect(await getReview(metisOwner, prototypeId, null)).toBeUndefined();
  await release(first.version);
  expect(await beginVersion(designer, prototypeId)).toEqual({ ok: true });
  expect((await getReview(designer, prototypeId, null))?.version.number).toBe(2);
  const seen = await getReview(metisOwner, prototypeId, null);
  expect(seen).toMatchObject({
    prototype: { name: "Lamp head", ideaTitle: expect.any(String) },
    version: { id: first.version, number: 1 },
    versions: [{ number: 1 }],
    files: [{ name: "lamp.webp", kind: "picture", state: "ready", renditions: [] }],
  });
  expect(seen?.versions.length).toBe(1);
  expect(await getReview(metisOwner, prototypeId, 2)).toBeUndefined();
  expect(await getReview(brixOwner, prototypeId, 1)).toBeUndefined();
});
