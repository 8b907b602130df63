import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import type { Actor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisGuest,
  metisOwner,
  metisViewer,
  removedMember,
  stifferJoint,
} from "../../tests/personas";

/** Who is shown a version, and what nobody changes about one, as the database holds it. */

const REFUSED = /row-level security|permission denied|stays as it is|place of its file/;
const HERE = { x: 10, y: 10 };

let prototype: string;

const asked = async <Row>(actor: Actor, query: ReturnType<typeof sql<Row>>): Promise<Row[]> =>
  asActor(actor, async (tx) => (await query.execute(tx)).rows);

/** Begins the next version and puts a checked file into it. */
async function draft(): Promise<{ version: string; file: string; revision: number }> {
  const [begun] = await asked<{ version: string }>(
    designer,
    sql`select private.begin_prototype_version(${prototype}::uuid) as version`,
  );
  const version = begun?.version ?? "";
  const [row] = await asSuperuser<{ file: string; revision: number }>(
    `insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
     values ($1, $2, 'lamp.webp', 1, 'picture', 'ready', 'image/webp', sha256('lamp'), gen_random_uuid()::text)
     returning id as file, (select revision from prototype_versions where id = $1) as revision`,
    [version, designer.personId],
  );
  return { version, file: row?.file ?? "", revision: row?.revision ?? 0 };
}

const publish = async (actor: Actor, version: string, seen = 1): Promise<string | undefined> =>
  (
    await asked<{ came: string }>(
      actor,
      sql`select private.publish_prototype_version(${version}::uuid, ${seen}) as came`,
    )
  )[0]?.came;

async function published(): Promise<{ version: string; file: string }> {
  const { version, file, revision } = await draft();
  expect(await publish(designer, version, revision)).toBe("done");
  return { version, file };
}

type Terms = { accountId?: string; people?: string[] | null; releasedFrom?: Date };
const release = (versionId: string, { accountId = accounts.metis, ...terms }: Terms = {}) =>
  asActor(designer, (tx) =>
    tx
      .insertInto("prototypeReleases")
      .values({ versionId, accountId, releasedBy: designer.personId, ...terms })
      .execute(),
  );

const pin = (actor: typeof metisOwner | typeof designer, versionId: string, fileId: string, accountId: string) =>
  asActor(actor, (tx) =>
    tx
      .insertInto("prototypePins")
      .values({ versionId, fileId, accountId, createdBy: actor.personId, ...HERE })
      .returning("id")
      .executeTakeFirstOrThrow(),
  );

const TABLES = ["prototypes", "prototype_versions", "prototype_files", "prototype_pins", "prototype_pin_comments"];
/** In which tables this actor finds anything of the prototype. */
async function found(actor: Actor): Promise<string[]> {
  const names: string[] = [];
  for (const table of TABLES) {
    const rows = await asked(actor, sql`select id from ${sql.table(table)}`);
    if (rows.length > 0) names.push(table);
  }
  return names;
}

beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  const made = await asActor(designer, (tx) =>
    tx
      .insertInto("prototypes")
      .values({ ideaId: stifferJoint, name: "Lamp head", createdBy: designer.personId })
      .returning("id")
      .executeTakeFirstOrThrow(),
  );
  prototype = made.id;
});

test("a draft and a published version are staff's alone; released, the account finds it, and nobody else", async () => {
  const { version, file, revision } = await draft();
  expect(await found(metisOwner)).toEqual([]);
  expect(await publish(designer, version, revision)).toBe("done");
  expect(await found(metisOwner)).toEqual([]);
  await release(version);
  const { id } = await pin(metisOwner, version, file, accounts.metis);
  await asActor(metisOwner, (tx) =>
    tx
      .insertInto("prototypePinComments")
      .values({
        pinId: id,
        versionId: version,
        accountId: accounts.metis,
        authorId: metisOwner.personId,
        body: "Too wide",
      })
      .execute(),
  );
  for (const reader of [metisOwner, metisViewer, auditor]) expect(await found(reader)).toEqual(TABLES);
  for (const outside of [brixOwner, hanlinEngineer, removedMember]) expect(await found(outside)).toEqual([]);
  expect(await found(metisGuest)).toEqual([]);
});

test("a version that is released from tomorrow on is not found today, nor is the next draft beside a released one", async () => {
  const { version } = await published();
  await release(version, { releasedFrom: new Date(Date.now() + 86_400_000) });
  expect(await found(metisOwner)).toEqual([]);
  await asSuperuser("update prototype_releases set released_from = now() - interval '1 second'");
  const next = await draft();
  const seen = await asked<{ id: string }>(metisOwner, sql`select id from prototype_versions`);
  expect(seen.map(({ id }) => id)).toEqual([version]);
  expect(await asked(metisOwner, sql`select id from prototype_files where version_id = ${next.version}`)).toEqual([]);
});

test("a version shown to named people is not there for their colleagues", async () => {
  const { version } = await published();
  await release(version, { people: [metisOwner.personId] });
  expect(await found(metisOwner)).not.toEqual([]);
  expect(await found(metisApprover)).toEqual([]);
  await expect(release(version, { accountId: accounts.hanlin, people: [metisOwner.personId] })).rejects.toThrow(
    REFUSED,
  );
  await expect(release(version, { accountId: accounts.metis, people: [] })).rejects.toThrow(/check constraint/);
});

test("a release that has ended hides everything at once, is not taken up again, and may be followed by another", async () => {
  const { version, file } = await published();
  await release(version);
  await pin(metisOwner, version, file, accounts.metis);
  const end = (tx: ActorTx) =>
    tx.updateTable("prototypeReleases").set({ endedAt: new Date(), endedBy: designer.personId }).execute();
  await asActor(designer, end);
  expect(await found(metisOwner)).toEqual([]);
  await expect(pin(metisOwner, version, file, accounts.metis)).rejects.toThrow(REFUSED);
  await asActor(manager, (tx) => tx.updateTable("prototypeReleases").set({ endedAt: null, endedBy: null }).execute());
  expect(await found(metisOwner)).toEqual([]);
  await release(version);
  expect(await found(metisOwner)).toContain("prototype_pins");
  await expect(release(version)).rejects.toThrow(/duplicate key/);
});

test("two accounts that are shown one version never see each other's pins", async () => {
  const { version, file } = await published();
  await release(version);
  await release(version, { accountId: accounts.brix });
  await pin(metisOwner, version, file, accounts.metis);
  await pin(designer, version, file, accounts.brix);
  const seen = async (actor: Actor) =>
    (await asked<{ account: string }>(actor, sql`select account_id as account from prototype_pins`)).map(
      ({ account }) => account,
    );
  expect(await seen(metisOwner)).toEqual([accounts.metis]);
  expect(await seen(brixOwner)).toEqual([accounts.brix]);
  await expect(pin(metisOwner, version, file, accounts.brix)).rejects.toThrow(REFUSED);
  await expect(pin(designer, version, file, accounts.hanlin)).rejects.toThrow(REFUSED);
});

test("a pin stands on a file of its own version, and nobody sets one on what was approved", async () => {
  const one = await published();
  await release(one.version);
  const two = await published();
  await release(two.version);
  for (const actor of [metisOwner, designer]) {
    await expect(pin(actor, one.version, two.file, accounts.metis)).rejects.toThrow(REFUSED);
  }
  await asSuperuser("update prototype_versions set approved_at = now() where id = $1", [one.version]);
  for (const actor of [metisOwner, designer]) {
    await expect(pin(actor, one.version, one.file, accounts.metis)).rejects.toThrow(REFUSED);
  }
  await pin(metisOwner, two.version, two.file, accounts.metis);
});

test("nothing about a published version changes: no words, no file more, none fewer, none other", async () => {
  const { version, file } = await published();
  const changes: ((tx: ActorTx) => Promise<unknown>)[] = [
    (tx) => tx.updateTable("prototypeVersions").set({ notes: "Other" }).where("id", "=", version).execute(),
    (tx) =>
      tx
        .insertInto("prototypeFiles")
        .values({ versionId: version, uploadedBy: designer.personId, name: "x", byteSize: 1n })
        .execute(),
  ];
  for (const change of changes) await expect(asActor(designer, change)).rejects.toThrow(REFUSED);
  await expect(asSuperuser("update prototype_files set name = 'y' where id = $1", [file])).rejects.toThrow(REFUSED);
  expect(await asked(designer, sql`select private.drop_prototype_file(${file}::uuid)`)).toEqual([]);
  expect(await asSuperuser("select id from prototype_files where id = $1", [file])).toEqual([{ id: file }]);
});

test("a draft is published once, as it was seen, and not while a file is on its way", async () => {
  const { version, file, revision } = await draft();
  expect(await publish(designer, version, revision + 1)).toBe("changed");
  await asSuperuser("update prototype_files set state = 'checking' where id = $1", [file]);
  expect(await publish(designer, version, revision)).toBe("files-on-the-way");
  await asSuperuser("update prototype_files set state = 'refused', refusal = 'damaged' where id = $1", [file]);
  expect(await publish(designer, version, revision)).toBe("no-files");
  await asSuperuser("update prototype_files set state = 'ready', refusal = null where id = $1", [file]);
  const both = await Promise.all([publish(designer, version, revision), publish(manager, version, revision)]);
  expect(both.sort()).toEqual(["done", "not-a-draft"]);
  await expect(publish(auditor, version, revision)).rejects.toThrow(/make prototypes/);
});

test("there is one draft at a time, and versions are counted without a gap", async () => {
  const { version, revision } = await draft();
  expect(await asked(manager, sql`select private.begin_prototype_version(${prototype}::uuid) as version`)).toEqual([
    { version: null },
  ]);
  await publish(designer, version, revision);
  await published();
  const numbers = await asSuperuser<{ number: number }>("select number from prototype_versions order by number");
  expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
});

test("what is handed over of an account holds its pins, and nothing of a version that it was not shown", async () => {
  const shown = await published();
  await release(shown.version);
  await pin(metisOwner, shown.version, shown.file, accounts.metis);
  const hidden = await draft();
  const later = await asked<{ all: Record<string, unknown> }>(
    manager,
    sql`select private.data_of_account(${accounts.metis}::uuid) as all`,
  );
  expect(Object.keys(later[0]?.all ?? {})).toContain("prototype_pins");
  const text = JSON.stringify(later);
  for (const id of [hidden.version, hidden.file]) expect(text).not.toContain(id);
  expect(text).not.toContain("released_from");
});

test("only who is shown a version counts as having opened it", async () => {
  const { version } = await published();
  const open = (actor: Actor) => asked(actor, sql`select private.open_prototype_version(${version}::uuid)`);
  const who = async () =>
    (await asSuperuser<{ id: string }>("select person_id as id from prototype_openings")).map(({ id }) => id);
  await open(metisOwner);
  expect(await who()).toEqual([]);
  await release(version);
  for (const actor of [metisOwner, metisOwner, brixOwner]) await open(actor);
  expect(await who()).toEqual([metisOwner.personId]);
});
