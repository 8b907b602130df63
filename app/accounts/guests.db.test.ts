import { beforeEach, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { asSuperuser, tracesOf } from "../../tests/database";
import {
  accounts,
  auditor,
  brixIdea,
  designer,
  hanlinEngineer,
  manager,
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

test("a guest is erased by managers and admins alone, wherever their address was invited, and what they wrote stays under nobody's name", async () => {
  const NAME = "Zoriana O'Gost";
  const EMAIL = "Zoriana@gost.example";
  const invite = async (idea: string) =>
    (
      await asSuperuser<{ id: string }>(
        `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
           expires_at, created_by)
         select account_id, 'idea', id, 'An idea', $2, $3, 'en', 'comment', now() + interval '1 day', $4
         from ideas where id = $1 returning id`,
        [idea, EMAIL, NAME, designer.personId],
      )
    )[0]?.id ?? "";
  const [first, second] = [await invite(stifferJoint), await invite(brixIdea)];
  await asSuperuser("insert into guest_keys (grant_id, token_hash) values ($1, sha256('a'))", [first]);
  await asSuperuser("insert into guest_browsers (grant_id, browser_hash) values ($1, sha256('b'))", [second]);
  await asSuperuser(
    `insert into mail_outbox (recipient, language, subject, html, body_text) values
       (lower($1), 'en', 'A link', '', ''), ('owner@metis.example', 'en', $2 || ' commented', '', $2)`,
    [EMAIL, NAME],
  );
  const guest = {
    side: "guest",
    grantId: first,
    accountId: accounts.metis,
    rights: "comment",
    object: { kind: "idea", id: stifferJoint },
  } as const;
  await asActor(guest, async (tx) => {
    const comment = { ideaId: stifferJoint, accountId: accounts.metis, guestGrantId: first, body: "It wobbles" };
    await tx.insertInto("ideaComments").values(comment).execute();
    const subject = { kind: "idea", id: stifferJoint, accountId: accounts.metis };
    await recordEvent(tx, guest, "idea.commented", subject, {});
  });

  const erase = async (who: Parameters<typeof answerGuests>[0], grantId = first) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ intent: "erase", guest: grantId, revision: "1" }))
      form.set(name, value);
    return answerGuests(who, object, form);
  };
  for (const who of [designer, auditor, metisOwner]) expect(await erase(who)).toMatchObject({ status: 403 });
  expect(await erase(manager, second), "of another idea").toMatchObject({ status: 422 });
  expect(await erase(manager)).toMatchObject({ status: 200, answer: { done: "erased" } });
  expect((await erase(manager)).answer.failure?.errors).toEqual({ "": "done-already" });

  expect(await tracesOf([EMAIL, NAME, "Zoriana"])).toEqual([]);
  const left = await asSuperuser(
    `select display_name, revoked_at is not null as ended from guest_grants where id = any ($1)`,
    [[first, second]],
  );
  expect(left).toEqual([
    { display_name: "Erased person", ended: true },
    { display_name: "Erased person", ended: true },
  ]);
  const said = await asSuperuser("select body from idea_comments where guest_grant_id = $1", [first]);
  expect(said).toEqual([{ body: "It wobbles" }]);
  const [noted] = await asSuperuser(
    "select name, audience from events where subject_id = $1 order by id desc limit 1",
    [first],
  );
  expect(noted).toEqual({ name: "guest.erased", audience: "staff" });
});

test("a guest with the address of a person is not erased without that person", async () => {
  const [mine] = await asSuperuser<{ id: string }>(
    `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
       expires_at, created_by)
     values ($1, 'idea', $2, 'An idea', 'engineer@hanlin.example', 'Wei', 'zh', 'view', now() + interval '1 day', $3)
     returning id`,
    [accounts.metis, stifferJoint, designer.personId],
  );
  const form = new FormData();
  for (const [name, value] of Object.entries({ intent: "erase", guest: mine?.id ?? "", revision: "1" }))
    form.set(name, value);
  expect((await answerGuests(manager, object, form)).answer.failure?.errors).toEqual({ "": "is-person" });
});
