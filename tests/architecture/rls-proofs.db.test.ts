import { sql } from "kysely";
import { expect, test } from "vitest";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor, inRole } from "~/kernel/actor-tx.server";
import { jobsDb } from "~/kernel/db.server";
import { asSuperuser } from "../database";
import {
  accounts,
  admin,
  auditor,
  brixIdea,
  brixOwner,
  designer,
  metisApprover,
  metisOwner,
  metisViewer,
  stifferJoint,
  support,
} from "../personas";

/** What a row refers to is proved when it is written: foreign keys look past row level security. */

const REFUSED = /row-level security|permission denied/;
const as = (actor: ClientActor | StaffActor, work: (tx: ActorTx) => Promise<unknown>) => asActor(actor, work);

const idea = { title: "X", body: "{}", bodyText: "X" };
const file = { name: "x.webp", mediaType: "image/webp", byteSize: 1n, width: 1, height: 1 };
const FILE = "0f000000-0000-4000-8000-000000000001";
const path = (ideaId: string) => ({ ideaId, id: FILE, storagePath: `${ideaId}/${FILE}.webp` });

const forgeries: [string, ClientActor | StaffActor, (tx: ActorTx) => Promise<unknown>][] = [
  [
    "a client suggests an idea in a colleague's name",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideas")
        .values({ ...idea, accountId: accounts.metis, authorId: metisApprover.personId })
        .execute(),
  ],
  [
    "a client suggests an idea for another account",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideas")
        .values({ ...idea, accountId: accounts.brix, authorId: metisOwner.personId })
        .execute(),
  ],
  [
    "a client chooses the status of a new idea",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideas")
        .values({ ...idea, accountId: accounts.metis, authorId: metisOwner.personId, status: "planned" })
        .execute(),
  ],
  [
    "a client comments on another account's idea under the own account",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideaComments")
        .values({ ideaId: brixIdea, accountId: accounts.metis, authorId: metisOwner.personId, body: "X" })
        .execute(),
  ],
  [
    "a client comments in staff's name",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideaComments")
        .values({ ideaId: stifferJoint, accountId: accounts.metis, authorId: designer.personId, body: "X" })
        .execute(),
  ],
  [
    "staff comment in a client's name",
    designer,
    (tx) =>
      tx
        .insertInto("ideaComments")
        .values({ ideaId: stifferJoint, accountId: accounts.metis, authorId: metisOwner.personId, body: "X" })
        .execute(),
  ],
  [
    "staff put a comment where another account would read it",
    designer,
    (tx) =>
      tx
        .insertInto("ideaComments")
        .values({ ideaId: stifferJoint, accountId: accounts.brix, authorId: designer.personId, body: "X" })
        .execute(),
  ],
  [
    "staff write a note in a colleague's name",
    support,
    (tx) =>
      tx
        .insertInto("ideaNotes")
        .values({ ideaId: stifferJoint, accountId: accounts.metis, authorId: designer.personId, body: "X" })
        .execute(),
  ],
  [
    "a client hangs a file on another account's idea",
    metisOwner,
    (tx) =>
      tx
        .insertInto("ideaFiles")
        .values({ ...file, ...path(brixIdea), accountId: accounts.metis, createdBy: metisOwner.personId })
        .execute(),
  ],
  [
    "support, who do not edit briefs, add a file",
    support,
    (tx) =>
      tx
        .insertInto("ideaFiles")
        .values({ ...file, ...path(stifferJoint), accountId: accounts.metis, createdBy: support.personId })
        .execute(),
  ],
  [
    "a client makes somebody staff",
    metisOwner,
    (tx) => tx.insertInto("staffRoles").values({ personId: metisOwner.personId, role: "admin" }).execute(),
  ],
  [
    "an admin gives a role around the door",
    admin,
    (tx) => tx.insertInto("staffRoles").values({ personId: designer.personId, role: "pricing" }).execute(),
  ],
  [
    "a client changes a title",
    metisOwner,
    (tx) => tx.updateTable("ideas").set({ title: "X" }).where("id", "=", stifferJoint).execute(),
  ],
  [
    "staff change what was submitted",
    designer,
    (tx) => tx.updateTable("ideas").set({ body: "{}" }).where("id", "=", stifferJoint).execute(),
  ],
  [
    "a client takes another e-mail address",
    metisOwner,
    (tx) =>
      tx
        .updateTable("personContacts")
        .set({ email: "owner@brix.example" })
        .where("personId", "=", metisOwner.personId)
        .execute(),
  ],
];

test.each(forgeries)("refused: %s", async (_what, actor, work) => {
  await expect(as(actor, work)).rejects.toThrow(REFUSED);
});

test("another account's idea and one that was never there are refused in the same words", async () => {
  const comment = (ideaId: string) =>
    as(metisOwner, (tx) =>
      tx
        .insertInto("ideaComments")
        .values({ ideaId, accountId: accounts.metis, authorId: metisOwner.personId, body: "X" })
        .execute(),
    ).then(
      () => "written",
      (error: Error) => error.message,
    );
  expect(await comment(brixIdea)).toBe(await comment("0f000000-0000-4000-8000-00000000dead"));
});

const CHOSEN = { taken: brixIdea, free: "0f000000-0000-4000-8000-00000000dead" };
const said = { ideaId: stifferJoint, accountId: accounts.metis, body: "X" };

test.each<[string, ClientActor | StaffActor, (tx: ActorTx, id: string) => Promise<unknown>]>([
  [
    "ideas",
    metisOwner,
    (tx, id) =>
      tx
        .insertInto("ideas")
        .values({ ...idea, id, accountId: accounts.metis, authorId: metisOwner.personId })
        .execute(),
  ],
  [
    "a client's comments",
    metisOwner,
    (tx, id) =>
      tx
        .insertInto("ideaComments")
        .values({ ...said, id, authorId: metisOwner.personId })
        .execute(),
  ],
  [
    "staff's comments",
    designer,
    (tx, id) =>
      tx
        .insertInto("ideaComments")
        .values({ ...said, id, authorId: designer.personId })
        .execute(),
  ],
  [
    "notes",
    designer,
    (tx, id) =>
      tx
        .insertInto("ideaNotes")
        .values({ ...said, id, authorId: designer.personId })
        .execute(),
  ],
])("nobody learns by choosing an id whether something has it already: %s", async (_what, actor, insert) => {
  const refused = (id: string) => as(actor, (tx) => insert(tx, id));
  await expect(refused(CHOSEN.taken)).rejects.toThrow(/permission denied/);
  await expect(refused(CHOSEN.free)).rejects.toThrow(/permission denied/);
});

test("a file lives under its own idea, whatever path is given", async () => {
  const elsewhere = { ...path(stifferJoint), storagePath: `${brixIdea}/${FILE}.webp` };
  const forged = as(metisOwner, (tx) =>
    tx
      .insertInto("ideaFiles")
      .values({ ...file, ...elsewhere, accountId: accounts.metis, createdBy: metisOwner.personId })
      .execute(),
  );
  await expect(forged).rejects.toThrow(/idea_files_live_under_their_idea/);
});

test.each([
  ["a client", metisViewer, metisOwner],
  ["a stranger", brixOwner, metisOwner],
  ["staff", auditor, designer],
  ["staff, of a client", designer, metisOwner],
] as const)("everybody sets the own language, nobody another's: %s", async (_who, actor, other) => {
  const set = (personId: string) =>
    asActor(actor, (tx) =>
      tx.updateTable("personContacts").set({ language: "zh" }).where("personId", "=", personId).executeTakeFirst(),
    );
  expect((await set(other.personId)).numUpdatedRows).toBe(0n);
  expect((await set(actor.personId)).numUpdatedRows).toBe(1n);
});

test("clients see staff's names and nobody else's colleagues", async () => {
  const seen = await asActor(metisOwner, (tx) => tx.selectFrom("people").select(["side", "accountId"]).execute());
  expect(new Set(seen.map((person) => person.accountId ?? person.side))).toEqual(new Set([accounts.metis, "staff"]));
});

test("clients read no address of staff", async () => {
  const seen = await asActor(metisOwner, (tx) =>
    tx.selectFrom("personContacts").select("accountId").distinct().execute(),
  );
  expect(seen).toEqual([{ accountId: accounts.metis }]);
});

test("of two who move an idea from the same revision, one wins", async () => {
  const [before] = await asSuperuser<{ revision: number }>("select revision from ideas where id = $1", [stifferJoint]);
  const move = (actor: StaffActor, status: string) =>
    asActor(actor, (tx) =>
      tx
        .updateTable("ideas")
        .set({ status })
        .where("id", "=", stifferJoint)
        .where("revision", "=", before?.revision ?? 0)
        .executeTakeFirst(),
    );
  const moves = await Promise.all([move(designer, "in_work"), move(admin, "declined")]);
  expect(moves.map((moved) => moved.numUpdatedRows).sort()).toEqual([0n, 1n]);
});

test("a comment raises the count of its idea and leaves the revision that a move quotes", async () => {
  const look = "select comment_count as count, revision, last_activity_at as at from ideas where id = $1";
  const [before] = await asSuperuser<{ count: number; revision: number; at: Date }>(look, [stifferJoint]);
  await asActor(metisOwner, (tx) =>
    tx
      .insertInto("ideaComments")
      .values({ ideaId: stifferJoint, accountId: accounts.metis, authorId: metisOwner.personId, body: "X" })
      .execute(),
  );
  const [after] = await asSuperuser<{ count: number; revision: number; at: Date }>(look, [stifferJoint]);
  expect(after?.count).toBe((before?.count ?? 0) + 1);
  expect(after?.revision).toBe(before?.revision);
  expect(after?.at.getTime()).toBeGreaterThan(before?.at.getTime() ?? Infinity);
});

test("only the collab server and the system ask for a brief to be read into search, once a second and room", async () => {
  const ask = sql`select private.enqueue_brief_projection('idea:x:brief')`;
  await expect(asActor(designer, (tx) => ask.execute(tx))).rejects.toThrow(REFUSED);
  const collab = { role: sql`'portal_collab'`, claims: {}, timeoutMs: 8_000 };
  await inRole(jobsDb(), collab, (tx) => ask.execute(tx));
  await inRole(jobsDb(), collab, (tx) => ask.execute(tx));
  const jobs = await asSuperuser<{ key: string }>(
    "select key from graphile_worker.jobs where key = 'project_brief:idea:x:brief'",
  );
  expect(jobs).toHaveLength(1);
});

test("a letter and the job that sends it are one change", async () => {
  await asSuperuser(
    `insert into mail_outbox (recipient, language, subject, html, body_text) values ('job@metis.example', 'en', 'X', 'X', 'X')`,
  );
  const jobs = await asSuperuser(
    `select from graphile_worker.jobs j join mail_outbox m on j.key = 'send_mail:' || m.id where m.recipient = 'job@metis.example'`,
  );
  expect(jobs).toHaveLength(1);
});
