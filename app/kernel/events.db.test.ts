import { createHash } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixIdea,
  brixOwner,
  designer,
  expiredGuest,
  hanlinEngineer,
  manager,
  metisGuest,
  metisIdeas,
  metisOwner,
  metisViewer,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import type { GuestActor } from "./actor";
import { asActor } from "./actor-tx.server";
import { type EventSubject, recordEvent } from "./events.server";
import { asSystem } from "./system-tx.server";

const joint: EventSubject = { kind: "idea", id: stifferJoint, accountId: accounts.metis };
const ZERO = Buffer.alloc(32);
const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** A line as an export holds it: text as the database wrote it, nothing parsed. */
type Exported = {
  chain: string;
  chain_seq: string;
  name: string;
  subject_kind: string;
  subject_id: string;
  actor_id: string | null;
  actor_side: string;
  audience: string;
  facts: string;
  /** In place of the hash of the facts, once something was erased from them. */
  facts_hash: string | null;
  staff_facts: string | null;
  staff_facts_hash: string | null;
  happened_at: string;
  prev_hash: Buffer;
  hash: Buffer;
};

const exported = (chain: string) =>
  asSuperuser<Exported>(
    `select chain::text, chain_seq::text, name, subject_kind, subject_id::text, actor_id::text, actor_side, audience,
       e.facts::text as facts, encode(e.facts_hash, 'hex') as facts_hash, s.facts::text as staff_facts, encode(staff_facts_hash, 'hex') as staff_facts_hash,
       to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as happened_at, prev_hash, hash
     from events e left join event_staff_facts s on s.event_id = e.id where chain = $1 order by e.chain_seq`,
    [chain],
  );

/** The first line that does not fit the one before it or its own hash; null when the chain is whole. Needs no database. */
function brokenAt(lines: Exported[]): string | null {
  let before: Buffer = ZERO;
  for (const [index, line] of lines.entries()) {
    const covered = [
      "tandem event 1",
      line.chain,
      line.chain_seq,
      line.name,
      line.subject_kind,
      line.subject_id,
      line.actor_id ?? "-",
      line.actor_side,
      line.audience,
      line.facts_hash ?? sha256(line.facts).toString("hex"),
      line.staff_facts_hash ?? "-",
      line.happened_at,
    ].join("\n");
    const secret = line.staff_facts === null || sha256(line.staff_facts).toString("hex") === line.staff_facts_hash;
    const next = line.chain_seq === String(index + 1) && line.prev_hash.equals(before);
    if (!secret || !next || !line.hash.equals(sha256(before, covered))) return line.chain_seq;
    before = line.hash;
  }
  return null;
}

test("a chain can be checked offline, with SHA-256 and the exported lines alone", async () => {
  await asActor(metisOwner, (tx) =>
    recordEvent(tx, metisOwner, "idea.tested", joint, { quote: "«ось»\n是的", n: 1.5 }),
  );
  await asActor(designer, (tx) => recordEvent(tx, designer, "idea.tested", joint, {}, { cost: 12 }));
  const lines = await exported(accounts.metis);
  expect(lines.length).toBeGreaterThan(2);
  expect(brokenAt(lines)).toBeNull();
  const [chain] = await asSuperuser<{ head: Buffer; seq: string }>(
    "select head, seq from event_chains where chain = $1",
    [accounts.metis],
  );
  expect(chain?.head).toEqual(lines.at(-1)?.hash);
  expect(chain?.seq).toBe(lines.at(-1)?.chain_seq);
});

test.each([
  ["facts", { facts: '{"forged": true}' }],
  ["the author", { actor_id: brixOwner.personId }],
  ["the time", { happened_at: "2020-01-01T00:00:00.000000Z" }],
  ["what only staff read", { staff_facts: '{"cost": 1}' }],
  ["the audience", { audience: "both" }],
])("a changed line is found: %s", async (_what, change) => {
  await asActor(designer, (tx) => recordEvent(tx, designer, "idea.tested", joint, { a: 1 }, { cost: 12 }, "staff"));
  const lines = await exported(accounts.metis);
  const victim = lines.at(-1);
  expect(brokenAt([...lines.slice(0, -1), { ...victim, ...change } as Exported])).toBe(victim?.chain_seq);
});

test("a line taken out is found", async () => {
  const lines = await exported(accounts.metis);
  expect(brokenAt(lines.toSpliced(3, 1))).toBe(lines[4]?.chain_seq);
});

test("events of many people at once stand in one unbroken order, and their numbers rise along it", async () => {
  const many = Array.from({ length: 40 }, (_, n) => {
    const who = n % 2 === 0 ? metisOwner : designer;
    return asActor(who, (tx) => recordEvent(tx, who, "idea.tested", joint, { n }));
  });
  await Promise.all(many);
  expect(brokenAt(await exported(accounts.metis))).toBeNull();
  const rows = await asSuperuser<{ ordered: boolean }>(
    `select bool_and(id > before and happened_at >= earlier) as ordered from (
       select id, happened_at, lag(id) over w as before, lag(happened_at) over w as earlier
       from events where chain = $1 and chain_seq > 5 window w as (order by chain_seq)) e where before is not null and before > 0
       and earlier > now() - interval '1 minute'`,
    [accounts.metis],
  );
  expect(rows[0]?.ordered).toBe(true);
});

test("an event is gone when the change it tells of is undone, and the chain closes over it", async () => {
  const before = await exported(accounts.metis);
  const work = asActor(metisOwner, async (tx) => {
    await recordEvent(tx, metisOwner, "idea.tested", joint, {});
    throw new Error("undone");
  });
  await expect(work).rejects.toThrow("undone");
  await asActor(metisOwner, (tx) => recordEvent(tx, metisOwner, "idea.tested", joint, {}));
  const after = await exported(accounts.metis);
  expect(after.length).toBe(before.length + 1);
  expect(brokenAt(after)).toBeNull();
});

test("the author is taken from the transaction, whatever the caller says", async () => {
  await asActor(metisOwner, (tx) => recordEvent(tx, designer, "idea.tested", joint, {}));
  const line = (await exported(accounts.metis)).at(-1);
  expect(line).toMatchObject({ actor_id: metisOwner.personId, actor_side: "client" });
});

test("the system acts in its own name, or on behalf of the person it names", async () => {
  await asSystem("test", (tx) => recordEvent(tx, null, "idea.tested", joint, {}));
  await asSystem("test", (tx) => recordEvent(tx, metisOwner, "idea.tested", joint, {}));
  const [own, behalf] = (await exported(accounts.metis)).slice(-2);
  expect(own).toMatchObject({ actor_id: null, actor_side: "system" });
  expect(behalf).toMatchObject({ actor_id: metisOwner.personId, actor_side: "client" });
});

test("a client writes no event into another account's log", async () => {
  const forged = asActor(brixOwner, (tx) => recordEvent(tx, brixOwner, "idea.tested", joint, {}));
  await expect(forged).rejects.toThrow(/only events of the own account/);
});

const NO_IDEA = "0f000000-0000-4000-8000-00000000dead";
const NOT_ITS_ACCOUNT = /the account that its subject belongs to/;
const mine = accounts.metis;

test.each([
  ["a client, of another account's idea", metisOwner, { kind: "idea", id: brixIdea, accountId: mine }],
  ["a client, of an idea that is not there", metisOwner, { kind: "idea", id: NO_IDEA, accountId: mine }],
  ["a client, of another account's person", metisOwner, { kind: "person", id: brixOwner.personId, accountId: mine }],
  ["a client, of one of staff", metisOwner, { kind: "person", id: designer.personId, accountId: mine }],
  ["a client, of another account", metisOwner, { kind: "account", id: accounts.brix, accountId: mine }],
  ["staff, of another account's idea", designer, { kind: "idea", id: brixIdea, accountId: mine }],
  ["staff, of an idea without its account", designer, { kind: "idea", id: brixIdea, accountId: null }],
  ["staff, of a client without their account", designer, { kind: "person", id: brixOwner.personId, accountId: null }],
  ["staff, of an account without itself", designer, { kind: "account", id: mine, accountId: null }],
] as const)("nobody records what happened to a thing of another account: %s", async (_what, actor, subject) => {
  const forged = asActor(actor, (tx) => recordEvent(tx, actor, "idea.status_changed", subject, { to: "done" }));
  await expect(forged).rejects.toThrow(NOT_ITS_ACCOUNT);
});

test("the system neither", async () => {
  const subject = { kind: "idea", id: brixIdea, accountId: mine };
  const wrong = asSystem("test", (tx) => recordEvent(tx, null, "idea.tested", subject, {}));
  await expect(wrong).rejects.toThrow(NOT_ITS_ACCOUNT);
});

test("a thing of a kind whose account nothing proves is not recorded", async () => {
  const subject = { kind: "planet", id: stifferJoint, accountId: mine };
  const unproved = asActor(metisOwner, (tx) => recordEvent(tx, metisOwner, "idea.tested", subject, {}));
  await expect(unproved).rejects.toThrow(/whose a thing of this kind is: planet/);
});

test.each([
  ["ideas", joint],
  ["people", { kind: "person", id: metisOwner.personId, accountId: mine }],
  ["the account itself", { kind: "account", id: mine, accountId: mine }],
] as const)("what happened to the own account's things is recorded: %s", async (_what, subject) => {
  await asActor(metisOwner, (tx) => recordEvent(tx, metisOwner, "idea.tested", subject, { own: true }));
  expect((await exported(mine)).at(-1)).toMatchObject({ subject_kind: subject.kind, subject_id: subject.id });
});

test.each([
  ["the auditor", auditor, null],
  ["a viewer", metisViewer, mine],
] as const)("who only reads records nothing but what they did to themselves: %s", async (_who, actor, accountId) => {
  const forged = asActor(actor, (tx) => recordEvent(tx, actor, "idea.status_changed", joint, { to: "done" }));
  await expect(forged).rejects.toThrow(/who only reads records nothing/);
  const self = { kind: "person", id: actor.personId, accountId };
  await asActor(actor, (tx) => recordEvent(tx, actor, "person.password_chosen", self, {}));
  const chain = accountId ?? "00000000-0000-0000-0000-000000000000";
  expect((await exported(chain)).at(-1)).toMatchObject({ actor_id: actor.personId, subject_id: actor.personId });
});

test("a client writes nothing for staff's eyes", async () => {
  const secret = asActor(metisOwner, (tx) => recordEvent(tx, metisOwner, "idea.tested", joint, {}, { cost: 1 }));
  await expect(secret).rejects.toThrow(/only events of the own account/);
});

test("a guest records what happens to the object of the grant, under the name the grant gives, and nothing else", async () => {
  const say = (guest: GuestActor, subject: EventSubject) =>
    asActor(guest, (tx) => recordEvent(tx, guest, "idea.tested", subject, { guest: "somebody else" }));
  await say(metisGuest, joint);
  const [line] = (await exported(accounts.metis)).slice(-1);
  expect(line).toMatchObject({ actor_id: null, actor_side: "guest", subject_id: stifferJoint });
  expect(JSON.parse(line?.facts ?? "")).toEqual({ guest: metisGuest.grantId, guest_name: "Ida Reuter" });
  const refused = /only what happens to the object of the grant/;
  await expect(say(metisGuest, { ...joint, id: metisIdeas.done })).rejects.toThrow(refused);
  await expect(say(metisGuest, { ...joint, accountId: accounts.brix })).rejects.toThrow(refused);
  for (const over of [expiredGuest, revokedGuest, { ...metisGuest, grantId: accounts.metis }]) {
    await expect(say(over, joint)).rejects.toThrow(refused);
  }
});

test("no login and no role holds INSERT, UPDATE or DELETE on the log", async () => {
  const rows = await asSuperuser(
    `select grantee, table_name, privilege_type from information_schema.role_table_grants
     where table_schema = 'public' and table_name in ('events', 'event_staff_facts', 'event_chains')
       and privilege_type <> 'SELECT' and grantee <> 'postgres'`,
  );
  expect(rows).toEqual([]);
});

test("clients read neither staff's events nor staff's facts; the auditor reads both", async () => {
  await asActor(designer, (tx) => recordEvent(tx, designer, "idea.noted", joint, { n: 77 }, { cost: 12 }, "staff"));
  const query = sql<{ id: bigint }>`select id from events where name = 'idea.noted' and facts = '{"n": 77}'`;
  expect((await asActor(metisOwner, (tx) => query.execute(tx))).rows).toEqual([]);
  expect((await asActor(auditor, (tx) => query.execute(tx))).rows).toHaveLength(1);
  const facts = sql`select facts from event_staff_facts`;
  await expect(asActor(metisOwner, (tx) => facts.execute(tx))).rejects.toThrow(/permission denied/);
  expect((await asActor(auditor, (tx) => facts.execute(tx))).rows).not.toEqual([]);
});

test("what concerns no account has a chain of its own, which no client reads", async () => {
  await asActor(designer, (tx) =>
    recordEvent(tx, designer, "person.tested", { kind: "person", id: designer.personId, accountId: null }, {}),
  );
  expect(brokenAt(await exported("00000000-0000-0000-0000-000000000000"))).toBeNull();
  const seen = await asActor(hanlinEngineer, (tx) =>
    tx.selectFrom("events").select("id").where("name", "=", "person.tested").execute(),
  );
  expect(seen).toEqual([]);
});

test("facts that nobody could read again are refused: 32 kB are enough", async () => {
  const huge = asActor(metisOwner, (tx) =>
    recordEvent(tx, metisOwner, "idea.tested", joint, { text: "x".repeat(40_000) }),
  );
  await expect(huge).rejects.toThrow(/at most 32 kB/);
});

test("a name that was erased from the facts of an event leaves its chain whole", async () => {
  await asActor(metisGuest, (tx) => recordEvent(tx, metisGuest, "idea.commented", joint, {}));
  const before = (await exported(accounts.metis)).at(-1);
  expect(before?.facts).toContain("Ida Reuter");
  const [person] = await asSuperuser<{ id: string; name: string }>(
    `with made as (insert into people (side, account_id, display_name, role) values ('client', $1, 'Ida R', 'member') returning id, display_name)
     select id, display_name as name from made`,
    [accounts.brix],
  );
  await asSuperuser(
    "insert into person_contacts (person_id, account_id, email) select $1, $2, email from guest_grants where id = $3",
    [person?.id, accounts.brix, metisGuest.grantId],
  );
  await asActor(manager, (tx) => sql`select private.erase_person(${person?.id}::uuid, 'Ida R')`.execute(tx));
  const lines = await exported(accounts.metis);
  const line = lines.find((one) => one.chain_seq === before?.chain_seq);
  expect(line?.facts).toContain("Erased person");
  expect(lines.map(({ facts }) => facts).join()).not.toContain("Ida Reuter");
  expect(brokenAt(lines)).toBeNull();
  const forged = lines.map((one) => (one === line ? { ...one, facts_hash: null } : one));
  expect(brokenAt(forged)).toBe(line?.chain_seq);
});
