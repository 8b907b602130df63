import { afterAll, beforeAll, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import { signedIn, startGateway } from "../../tests/local-supabase";
import * as personas from "../../tests/personas";
import { beginView, leaveView, viewCookie } from "./account-views.server";
import { actorAgain } from "./visitors.server";

const { accounts, auditor, designer, manager, metisOwner, stifferJoint } = personas;

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

type Home = Awaited<ReturnType<typeof signedIn>>;
const sessionOf = async (home: Home) => {
  const { visitor } = await home.ask();
  if (!visitor.actor) throw new Error("nobody");
  return visitor.sessionId;
};

/** A manager's browser in which a view of Metis has begun. */
async function viewing(): Promise<{ home: Home; view: string }> {
  const home = await signedIn("manager@tandem.example");
  const begun = await beginView(manager, accounts.metis, await sessionOf(home));
  if (!begun.ok) throw new Error(begun.why);
  home.jar.set("tandem-view", begun.id);
  return { home, view: begun.id };
}

test("a view is its account's, a viewer's and nobody's in particular, and is written down", async () => {
  const { home, view } = await viewing();
  const { visitor } = await home.ask();
  expect(visitor.actor).toMatchObject({ side: "client", accountId: accounts.metis, role: "viewer", view });
  expect(visitor.actor && [visitor.viewing?.accountName, visitor.person.accountName]).toEqual(["Metis", "Metis"]);
  const [noted] = await asSuperuser("select name, actor_id, audience from events where facts ->> 'view' = $1", [view]);
  expect(noted).toEqual({ name: "account.viewed", actor_id: manager.personId, audience: "staff" });
  expect(viewCookie(view)).toMatch(/^tandem-view=[0-9a-f-]{36}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=1800/);
});

test("it reads what the account reads, of no other account, and what is staff's or one person's own not at all", async () => {
  const { actor } = (await (await viewing()).home.ask()).visitor;
  if (!actor) throw new Error("nobody");
  const ideas = await asActor(actor, (tx) => tx.selectFrom("ideas").select("accountId").distinct().execute());
  expect(ideas).toEqual([{ accountId: accounts.metis }]);
  for (const table of ["notifications", "personVisits", "ideaFollowers"] as const) {
    expect(await asActor(actor, (tx) => tx.selectFrom(table).select("personId").execute()), table).toEqual([]);
  }
  const notes = asActor(actor, (tx) => tx.selectFrom("ideaNotes").select("id").execute());
  await expect(notes).rejects.toMatchObject({ code: "42501" });
});

test("PostgreSQL itself refuses every write of it, in any table, whatever the door forgot", async () => {
  const { actor } = (await (await viewing()).home.ask()).visitor;
  if (!actor) throw new Error("nobody");
  const writes = [
    () => asActor(actor, (tx) => tx.updateTable("ideas").set({ title: "X" }).where("id", "=", stifferJoint).execute()),
    () => asActor(actor, (tx) => tx.deleteFrom("ideaFollowers").execute()),
    () =>
      asActor(actor, (tx) =>
        tx
          .insertInto("ideaComments")
          .values({ ideaId: stifferJoint, accountId: accounts.metis, authorId: metisOwner.personId, body: "X" })
          .execute(),
      ),
    () =>
      asActor(actor, (tx) =>
        tx
          .insertInto("ideaAttachments")
          .values({ accountId: accounts.metis, uploadedBy: metisOwner.personId, name: "x.png", byteSize: 1n })
          .execute(),
      ),
  ];
  for (const write of writes)
    await expect(write()).rejects.toMatchObject({ code: expect.stringMatching(/25006|42501/) });
});

test("it ends after thirty minutes, when it is left, with the role, and when another begins", async () => {
  const { home, view } = await viewing();
  const [row] = await asSuperuser<{ minutes: number }>(
    "select round(extract(epoch from ends_at - started_at) / 60)::int as minutes from account_views where id = $1",
    [view],
  );
  expect(row?.minutes).toBe(30);
  const { visitor } = await home.ask();
  if (!visitor.actor) throw new Error("nobody");
  expect((await actorAgain(visitor))?.side, "what is open goes on").toBe("client");
  await asSuperuser("update account_views set ends_at = now() - interval '1 second' where id = $1", [view]);
  expect((await home.ask()).visitor.actor).toEqual(manager);
  expect(home.jar.has("tandem-view"), "its cookie is taken away").toBe(false);
  expect(await actorAgain(visitor), "what is open ends").toBeNull();
  const read = await asActor(visitor.actor, (tx) => tx.selectFrom("ideas").select("id").execute());
  expect(read, "a transaction of it, too").toEqual([]);

  const second = await viewing();
  await leaveView(manager);
  expect((await second.home.ask()).visitor.actor).toEqual(manager);

  const third = await viewing();
  const fourth = await beginView(manager, accounts.brix, await sessionOf(second.home));
  expect(fourth.ok).toBe(true);
  expect((await third.home.ask()).visitor.actor).toEqual(manager);
});

test("whoever forges or steals its cookie gains nothing", async () => {
  const { view } = await viewing();
  const other = await signedIn("manager@tandem.example");
  other.jar.set("tandem-view", view);
  expect((await other.ask()).visitor.actor, "another session of the same person").toEqual(manager);
  const client = await signedIn("engineer@hanlin.example");
  const own = (await client.ask()).visitor.actor;
  client.jar.set("tandem-view", view);
  expect((await client.ask()).visitor.actor, "a client").toEqual(own);
  const colleague = await signedIn("designer@tandem.example");
  colleague.jar.set("tandem-view", view);
  expect((await colleague.ask()).visitor.actor, "a colleague").toEqual(designer);
  const forged = { ...personas.hanlinEngineer, accountId: accounts.metis, view };
  expect(await asActor(forged, (tx) => tx.selectFrom("ideas").select("id").execute()), "claims").toEqual([]);
});

test("managers, admins and support look as a customer; nobody else, and not as one that is not there", async () => {
  const session = await sessionOf(await signedIn("support@tandem.example"));
  expect(await beginView(personas.support, accounts.metis, session)).toMatchObject({ ok: true });
  for (const who of [designer, auditor, personas.pricing]) {
    expect(await beginView(who, accounts.metis, session)).toEqual({ ok: false, why: "not-yours" });
  }
  expect(await beginView(manager, "0f000000-0000-4000-8000-00000000ffff", session)).toEqual({
    ok: false,
    why: "not-found",
  });
});
