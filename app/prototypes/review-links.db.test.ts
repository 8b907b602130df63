import { beforeEach, expect, test } from "vitest";
import { loadAllWords } from "~/all-words";
import type { ClientActor, StaffActor } from "~/kernel/actor";

import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  designer,
  manager,
  metisOwner,
  metisViewer,
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { placePin, resolvePin } from "./pins.server";
import { findPrototypes, seenPins, seenPrototypes } from "./review-links.server";

/** Who is told what of prototypes and pins elsewhere: on cards of a board, and in what is found. */

await loadAllWords("en");

let prototype: string;
let version: string;
let file: string;

beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  const [made] = await asSuperuser<{ prototype: string; version: string; file: string }>(
    `with p as (insert into prototypes (idea_id, name, created_by) values ($1, 'Lamp head, 100%', $2) returning id),
       v as (insert into prototype_versions (prototype_id, number, created_by) select id, 1, $2 from p returning id, prototype_id),
       f as (insert into prototype_files (version_id, uploaded_by, name, byte_size, kind, state, media_type, sha256, storage_path)
         select id, $2, 'lamp.webp', 1, 'picture', 'ready', 'image/webp', sha256('lamp'), gen_random_uuid()::text from v
         returning id, version_id)
     select v.prototype_id as prototype, v.id as version, f.id as file from v join f on f.version_id = v.id`,
    [stifferJoint, designer.personId],
  );
  ({ prototype, version, file } = made ?? { prototype: "", version: "", file: "" });
});

async function release(): Promise<void> {
  await asSuperuser(
    `update prototype_versions set published_at = now(), published_by = $2, fingerprint = sha256('lamp') where id = $1`,
    [version, designer.personId],
  );
  await asSuperuser("insert into prototype_releases (version_id, account_id, released_by) values ($1, $2, $3)", [
    version,
    accounts.metis,
    designer.personId,
  ]);
}

async function pinBy(actor: ClientActor | StaffActor, to: string | null): Promise<string> {
  const at = { version, file, page: null, place: { x: 25_000, y: 40_000, width: 0, height: 0 }, to };
  const outcome = await placePin(actor, prototype, at, "Too wide for a sleeve");
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.pin;
}

test("a card says of a prototype which version its reader sees, and nothing to whom it is not released", async () => {
  expect(await seenPrototypes(designer, [prototype], "en")).toEqual([
    {
      kind: "prototype",
      id: prototype,
      title: "Lamp head, 100%",
      state: "Version 1 · Draft",
      to: `/staff/prototypes/${prototype}/review`,
    },
  ]);
  expect(await seenPrototypes(metisOwner, [prototype], "en")).toEqual([]);
  await release();
  expect(await seenPrototypes(metisOwner, [prototype], "en")).toMatchObject([
    { title: "Lamp head, 100%", state: "Version 1", to: `/prototypes/${prototype}` },
  ]);
  for (const other of [brixOwner, removedMember]) expect(await seenPrototypes(other, [prototype], "en")).toEqual([]);
  expect(await seenPrototypes(metisOwner, [], "en")).toEqual([]);
});

test("a card says of a pin its first words, how it stands and where; of staff's own no customer learns", async () => {
  await release();
  const [theirs, own] = [await pinBy(metisOwner, null), await pinBy(designer, "staff")];
  const query = `version=1&file=${file}&pin=${theirs}`;
  expect(await seenPins(metisViewer, [theirs, own], "en")).toEqual([
    {
      kind: "pin",
      id: theirs,
      title: "Too wide for a sleeve",
      state: "Open",
      to: `/prototypes/${prototype}?${query}#pin-${theirs}`,
    },
  ]);
  expect(await seenPins(brixOwner, [theirs, own], "en")).toEqual([]);
  const staff = await seenPins(manager, [theirs, own], "en");
  const review = `/staff/prototypes/${prototype}/review`;
  expect(new Map(staff.map(({ id, to }) => [id, to]))).toEqual(
    new Map([
      [theirs, `${review}?${query}&account=${accounts.metis}#pin-${theirs}`],
      [own, `${review}?version=1&file=${file}&pin=${own}#pin-${own}`],
    ]),
  );
  expect(await resolvePin(metisOwner, prototype, { pin: theirs, of: "shared", revision: 1 }, true)).toMatchObject({
    ok: true,
  });
  expect(await seenPins(metisOwner, [theirs], "en")).toMatchObject([{ state: "Resolved" }]);
});

test("it is found by words of its name in any order, as they are written, by whoever is shown it", async () => {
  const found = async (actor: ClientActor | StaffActor, typed: string) =>
    (await findPrototypes(actor, typed, 6)).flatMap(({ hits }) => hits.map(({ to }) => to));
  expect(await found(designer, "head LAMP")).toEqual([`/staff/prototypes/${prototype}/review`]);
  expect(await found(designer, "100%")).toHaveLength(1);
  expect(await found(designer, "1%0")).toEqual([]);
  expect(await found(designer, "  ")).toEqual([]);
  expect(await found(metisOwner, "lamp")).toEqual([]);
  await release();
  expect(await found(metisOwner, "lamp")).toEqual([`/prototypes/${prototype}`]);
  expect(await found(brixOwner, "lamp")).toEqual([]);
});
