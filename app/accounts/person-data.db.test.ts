import { afterAll, beforeAll, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { asSuperuser, tracesOf } from "../../tests/database";
import { startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { erasePerson, exportPerson } from "./person-data.server";

const { accounts, admin, auditor, designer, manager, metisIdeas, metisOwner, metisViewer, stifferJoint } = personas;
const ACCOUNT = accounts.metis;
const NAME = "Zoriana O'Testenko";
const EMAIL = "zoriana.testenko@metis.example";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
  await plant();
});
afterAll(() => gateway.stop());

let id = "";
let userId = "";
/** Somebody who has left traces wherever people do. */
async function plant(): Promise<void> {
  const one = async (text: string, values: unknown[] = []) =>
    (await asSuperuser<{ id: string }>(text, values))[0]?.id ?? "";
  userId = await one("insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id", [EMAIL]);
  id = await one(
    "insert into people (user_id, side, account_id, display_name, role) values ($1, 'client', $2, $3, 'member') returning id",
    [userId, ACCOUNT, NAME],
  );
  const put = (text: string, values: unknown[] = []) => asSuperuser(text, values);
  await put("insert into person_contacts (person_id, account_id, email) values ($1, $2, $3)", [id, ACCOUNT, EMAIL]);
  await put(
    "insert into auth.sessions (id, user_id, created_at, updated_at, user_agent) values (gen_random_uuid(), $1, now(), now(), 'Zora')",
    [userId],
  );
  await put(
    `insert into invitations (account_id, email, role, language, invited_by, expires_at, accepted_at, person_id)
     values ($1, $2, 'member', 'uk', $3, now(), now(), $4)`,
    [ACCOUNT, EMAIL, metisOwner.personId, id],
  );
  const comment = await one(
    "insert into idea_comments (idea_id, account_id, author_id, body) values ($1, $2, $3, 'The arm wobbles at 60 cm') returning id",
    [stifferJoint, ACCOUNT, id],
  );
  await put("insert into idea_comments (idea_id, account_id, author_id, body, mentions) values ($1, $2, $3, $4, $5)", [
    stifferJoint,
    ACCOUNT,
    metisOwner.personId,
    `Please look, @{${id}}`,
    [id],
  ]);
  await put("insert into idea_notes (idea_id, account_id, author_id, body, mentions) values ($1, $2, $3, $4, $5)", [
    stifferJoint,
    ACCOUNT,
    designer.personId,
    `Ask @{${id}}`,
    [id],
  ]);
  await put("insert into idea_followers (idea_id, person_id, account_id) values ($1, $2, $3)", [
    metisIdeas.new,
    id,
    ACCOUNT,
  ]);
  await put(
    "insert into idea_support (idea_id, account_id, person_id, comment) values ($1, $2, $3, 'We lose an hour a day')",
    [metisIdeas.new, ACCOUNT, id],
  );
  const site = await one("insert into account_sites (account_id, name) values ($1, 'Hall 9') returning id", [ACCOUNT]);
  await put("insert into site_people (person_id, account_id, site_id) values ($1, $2, $3)", [id, ACCOUNT, site]);
  // Somebody of that address is a guest elsewhere, and commented there.
  const grant = await one(
    `insert into guest_grants (account_id, object_kind, object_id, object_name, email, display_name, language, rights,
       expires_at, link_asked_at, created_by)
     values ($1, 'idea', $2, 'Brighter', $3, $4, 'uk', 'comment', now() + interval '1 day', null, $5) returning id`,
    [accounts.brix, personas.brixIdea, EMAIL, NAME, personas.brixOwner.personId],
  );
  const guest = { side: "guest", grantId: grant, accountId: accounts.brix, rights: "comment" } as const;
  const asGuest = { ...guest, object: { kind: "idea", id: personas.brixIdea } } as const;
  await asActor(asGuest, (tx) =>
    recordEvent(tx, asGuest, "idea.commented", { kind: "idea", id: personas.brixIdea, accountId: accounts.brix }, {}),
  );
  const actor = { side: "client", userId, personId: id, accountId: ACCOUNT, role: "member" } as const;
  await asActor(actor, (tx) =>
    recordEvent(tx, actor, "idea.commented", { kind: "idea", id: stifferJoint, accountId: ACCOUNT }, { comment }),
  );
  const event = await one("select max(id)::text as id from events where actor_id = $1", [id]);
  await put(
    `insert into notifications (person_id, account_id, kind, event_id, subject_kind, subject_id, path, facts, mail_state)
     values ($1, $2, 'comment', $3, 'idea', $4, '/ideas', $5, 'none'), ($6, $2, 'comment', $3, 'idea', $4, '/ideas', $5, 'none')`,
    [metisOwner.personId, ACCOUNT, event, stifferJoint, JSON.stringify({ says: "commented", who: NAME }), id],
  );
  const letter =
    "insert into mail_outbox (recipient, language, subject, html, body_text, person_id) values ($1, 'uk', $2, $3, $4, $5)";
  await put(letter, [EMAIL, "Welcome", `<p>${NAME}</p>`, NAME, id]);
  const html = `<p>Zoriana O&#x27;Testenko commented</p>`;
  await put(letter, ["owner@metis.example", `${NAME} commented`, html, `${NAME} commented`, metisOwner.personId]);
  await put("insert into mail_suppressions (email, said) values ($1, 'no such box')", [EMAIL]);
  const list = await one("insert into account_imports (file_name, created_by) values ('x.csv', $1) returning id", [
    manager.personId,
  ]);
  await put("insert into account_import_rows (import_id, line, cells, verdict) values ($1, 2, $2, 'new')", [
    list,
    JSON.stringify({ name: "X", email: EMAIL }),
  ]);
}

const person = async () => (await asSuperuser<Record<string, unknown>>("select * from people where id = $1", [id]))[0];

test("what is handed over of a person holds every row of every table that names them", async () => {
  const text = await exportPerson(manager, ACCOUNT, id);
  const data = JSON.parse(text ?? "{}") as { rows: Record<string, object[]>; about: Record<string, unknown> };
  expect(text).toContain("The arm wobbles at 60 cm");
  expect(text).toContain("We lose an hour a day");
  // By whatever way a table names somebody, it has its place in the document.
  const places: Record<string, (held: typeof data) => unknown> = {
    "public.people": (held) => (held as { person?: unknown }).person,
    "public.account_import_rows": ({ about }) => about.imported,
    "public.mail_outbox": (held) => (held as { mail?: unknown }).mail,
    "public.invitations": ({ about }) => about.invitations,
    "public.events": ({ about, rows }) => about.events ?? rows["events.actor_id"],
    "public.mail_suppressions": ({ about }) => about.undeliverable,
    "public.guest_grants": ({ about }) => about.guest_access,
    "auth.users": (held) => (held as { login?: unknown }).login,
    "auth.sessions": (held) => (held as { login?: { sessions?: unknown } }).login?.sessions,
  };
  const tables = new Set((await tracesOf([id, userId, EMAIL, NAME.replaceAll("'", "''")])).map(({ table }) => table));
  expect(tables.size).toBeGreaterThan(12);
  const missing = [...tables].filter((table) => {
    // What waits to be done, and what we say among ourselves: nobody outside reads it.
    if (table.startsWith("graphile_worker.") || table.startsWith("gateway.") || table === "public.idea_notes")
      return false;
    const own = Object.keys(data.rows).some((key) => `public.${key.split(".")[0]}` === table);
    return !own && !places[table]?.(data);
  });
  expect(missing).toEqual([]);
  expect(data.about.mentioned_in_comments).toHaveLength(1);
  expect(text).not.toMatch(/token_hash|code_hash|search_tokens|encrypted_password/);
  const [noted] = await asSuperuser(
    "select name, audience from events where subject_id = $1 order by id desc limit 1",
    [id],
  );
  expect(noted).toEqual({ name: "person.exported", audience: "staff" });
});

test("a person's data is neither handed over nor erased by anybody but managers and admins", async () => {
  for (const who of [designer, personas.support, auditor]) {
    expect(await exportPerson(who, ACCOUNT, id)).toBeUndefined();
    expect(await erasePerson(who, ACCOUNT, id, NAME)).toEqual({ ok: false, why: "not-yours" });
  }
  expect(await exportPerson(manager, accounts.brix, id), "by way of another account").toBeUndefined();
  expect(await erasePerson(manager, accounts.brix, id, NAME)).toEqual({ ok: false, why: "not-found" });
  expect(await erasePerson(manager, ACCOUNT, id, "Somebody else")).toEqual({ ok: false, why: "wrong-name" });
  expect(await erasePerson(manager, ACCOUNT, metisOwner.personId, "x")).toMatchObject({ ok: false });
  expect(await person()).toMatchObject({ display_name: NAME, erased_at: null });
});

test("an erased person is named nowhere: not in rows, logs, letters, sessions or logins, and what they wrote stays", async () => {
  const before = await asSuperuser("select count(*)::int as n from idea_support where person_id = $1", [id]);
  expect(await erasePerson(manager, ACCOUNT, id, NAME)).toEqual({ ok: true });
  expect(await tracesOf([EMAIL, NAME, NAME.replaceAll("'", "''"), "O&#x27;Testenko", "Zoriana"])).toEqual([]);
  expect(await person()).toMatchObject({ display_name: "Erased person", user_id: null, erased_by: manager.personId });
  expect(await asSuperuser("select from auth.sessions where user_id = $1", [userId])).toEqual([]);
  expect(await asSuperuser("select from notifications where person_id = $1", [id])).toEqual([]);
  // What others count on stays, under nobody's name.
  expect(await asSuperuser("select count(*)::int as n from idea_support where person_id = $1", [id])).toEqual(before);
  const [said] = await asSuperuser("select body from idea_comments where author_id = $1", [id]);
  expect(said).toEqual({ body: "The arm wobbles at 60 cm" });
  const [told] = await asSuperuser(
    "select facts from notifications where person_id = $1 and facts ->> 'who' = 'Erased person'",
    [metisOwner.personId],
  );
  expect(told).toBeDefined();
  expect(await asSuperuser("select from graphile_worker.jobs where key = $1", [`erase_mentions:${id}`])).toHaveLength(
    1,
  );
  expect(await erasePerson(manager, ACCOUNT, id, "Erased person")).toEqual({ ok: false, why: "done-already" });
});

test("an erased person reads nothing any more, whatever they still hold", async () => {
  const actor = { side: "client", userId, personId: id, accountId: ACCOUNT, role: "member" } as const;
  expect(await asActor(actor, (tx) => tx.selectFrom("ideas").select("id").execute())).toEqual([]);
});

test("the last owner of an account with others in it is not erased, nor oneself", async () => {
  const nameOf = async (personId: string) =>
    (await asSuperuser<{ n: string }>("select display_name as n from people where id = $1", [personId]))[0]?.n ?? "";
  expect(await erasePerson(manager, ACCOUNT, metisOwner.personId, await nameOf(metisOwner.personId))).toEqual({
    ok: false,
    why: "last-owner",
  });
  expect(await erasePerson(admin, ACCOUNT, metisViewer.personId, "x")).toEqual({ ok: false, why: "wrong-name" });
});
