import { beforeEach, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  designer,
  hanlinEngineer,
  metisGuest,
  metisOwner,
  metisViewer,
  stifferJoint,
} from "../../tests/personas";
import { answerGuests } from "./guests.server";

const object = { kind: "idea", id: stifferJoint, accountId: accounts.metis, name: "Stiffer joint" } as const;
const id = metisGuest.grantId;

const grant = async () =>
  (
    await asSuperuser<{ rights: string; days: number; revision: number }>(
      `select rights, round(extract(epoch from expires_at - now()) / 86400)::int as days, revision from guest_grants where id = $1`,
      [id],
    )
  )[0];

async function change(who: Parameters<typeof answerGuests>[0], fields: Record<string, string>) {
  const form = new FormData();
  const all = { intent: "change", guest: id, revision: String((await grant())?.revision), ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return answerGuests(who, object, form);
}

beforeEach(() =>
  asSuperuser("update guest_grants set rights = 'comment', expires_at = now() + interval '20 days' where id = $1", [
    id,
  ]),
);

test("what a guest may do, and until when, is changed afterwards, and the log says from what to what", async () => {
  expect(await change(metisOwner, { rights: "edit", days: "as-before" })).toMatchObject({
    status: 200,
    answer: { done: "changed" },
  });
  expect(await grant()).toMatchObject({ rights: "edit", days: 20 });
  expect(await change(designer, { rights: "view", days: "7" })).toMatchObject({ status: 200 });
  expect(await grant()).toMatchObject({ rights: "view", days: 7 });
  const [event] = await asSuperuser<{ name: string; actor_id: string; facts: object }>(
    "select name, actor_id, facts from events where subject_id = $1 order by id desc limit 1",
    [id],
  );
  expect(event).toMatchObject({
    name: "guest.changed",
    actor_id: designer.personId,
    facts: { rights: { from: "edit", to: "view" } },
  });
});

test("a change that quotes what is gone is refused, and so is one that is not offered", async () => {
  const old = String((await grant())?.revision);
  await change(metisOwner, { rights: "view", days: "7" });
  expect(await change(metisOwner, { rights: "edit", days: "7", revision: old })).toMatchObject({ status: 422 });
  expect(await change(metisOwner, { rights: "own", days: "7" })).toMatchObject({ status: 422 });
  expect(await change(metisOwner, { rights: "edit", days: "4000" })).toMatchObject({ status: 422 });
  expect(await grant()).toMatchObject({ rights: "view", days: 7 });
});

test("nobody changes it who may not invite: no colleague, no auditor, nobody of another account", async () => {
  for (const who of [metisViewer, auditor, hanlinEngineer]) {
    expect(await change(who, { rights: "edit", days: "90" })).toMatchObject({ status: 403 });
  }
  expect(await grant()).toMatchObject({ rights: "comment", days: 20 });
});
