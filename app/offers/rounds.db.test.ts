import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  admin,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisOwner,
  metisViewer,
  pricing,
  production,
  products,
  removedMember,
  support,
} from "../../tests/personas";
import { verifyFloors } from "./floor-commitment.server";
import type { FloorSchedule } from "./floor-schedule";
import { moveRounds } from "./round.jobs.server";
import type { RoundWish } from "./round.queries.server";
import { cancelRound, commitRound, listRounds, makeRound, readFloors, viewRound, writeFloors } from "./rounds.server";

/** The second person of pricing, whom the demo data lacks. */
const second = { ...manager, roles: ["manager", "pricing"] as const };
const NOWHERE = "00000000-0000-4000-8000-000000000000";
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR);

beforeAll(async () => {
  await asSuperuser("insert into staff_roles (person_id, role) values ($1, 'pricing')", [manager.personId]);
});

const wish = (change: Partial<RoundWish> = {}): RoundWish => ({
  productId: products.aria,
  title: "Aria for the wet room",
  posted: 129_900n,
  currency: "EUR",
  basis: "net",
  minimum: 25,
  capacity: 60,
  objective: "max-contribution",
  revisions: 3,
  smallestRaise: 500n,
  coolingMinutes: 60,
  opensAt: inHours(1),
  locksAt: inHours(48),
  closesAt: inHours(72),
  decideBy: inHours(96),
  accounts: [accounts.metis, accounts.hanlin],
  ...change,
});

const schedule = (round: string, unit = 777_131n): FloorSchedule => ({
  round,
  currency: "EUR",
  tiers: [
    { from: 1, unit },
    { from: 60, unit: unit - 10_000n },
  ],
  options: {},
  delivery: {},
  neededBy: [],
});

async function draft(change?: Partial<RoundWish>): Promise<string> {
  const made = await makeRound(pricing, wish(change));
  if (!made.ok) throw new Error(made.why);
  return made.id;
}

async function withFloors(change?: Partial<RoundWish>): Promise<string> {
  const id = await draft(change);
  expect(await writeFloors(pricing, schedule(id), 0)).toEqual({ ok: true });
  return id;
}

async function committed(change?: Partial<RoundWish>): Promise<string> {
  const id = await withFloors(change);
  expect(await commitRound(second, { id, revision: 1, floorsRevision: 1 })).toEqual({ ok: true });
  return id;
}

/** As if the clock had gone on by so many hours for this round. */
const hoursLater = (id: string, hours: number) =>
  asSuperuser(
    `update rounds set opens_at = opens_at - $2 * interval '1 hour', locks_at = locks_at - $2 * interval '1 hour',
       closes_at = closes_at - $2 * interval '1 hour', decide_by = decide_by - $2 * interval '1 hour' where id = $1`,
    [id, hours],
  );

test("pricing makes rounds, and only of what is made, for accounts that are there, with times in order", async () => {
  for (const other of [designer, manager, production, support, admin, auditor]) {
    expect(await makeRound(other, wish())).toEqual({ ok: false, why: "not-allowed" });
  }
  const refusals: [Partial<RoundWish>, string][] = [
    [{ productId: NOWHERE }, "no-product"],
    [{ productId: products.vela }, "no-product"],
    [{ accounts: [] }, "no-account"],
    [{ accounts: [accounts.metis, NOWHERE] }, "no-account"],
    [{ opensAt: inHours(-1) }, "past"],
    [{ locksAt: inHours(73) }, "order"],
    [{ decideBy: inHours(71) }, "order"],
    [{ minimum: 61 }, "capacity"],
  ];
  for (const [change, why] of refusals) expect(await makeRound(pricing, wish(change)), why).toEqual({ ok: false, why });
  const id = await draft();
  expect(await viewRound(designer, id)).toMatchObject({ ...wishAsSeen(), state: "draft", fingerprint: null });
});

const wishAsSeen = () => ({
  title: "Aria for the wet room",
  posted: 129_900n,
  smallestRaise: 500n,
  minimum: 25,
  capacity: 60,
});

test("a customer sees a round once its floors are committed, and only one that they may join", async () => {
  const id = await withFloors();
  for (const customer of [metisOwner, brixOwner]) expect(await viewRound(customer, id)).toBeNull();
  expect(await commitRound(second, { id, revision: 1, floorsRevision: 1 })).toEqual({ ok: true });
  for (const customer of [metisOwner, metisViewer, hanlinEngineer]) {
    const seen = await viewRound(customer, id);
    expect(seen).toMatchObject({ state: "committed", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
  }
  for (const customer of [brixOwner, removedMember]) {
    expect(await viewRound(customer, id)).toBeNull();
    expect((await listRounds(customer)).map((round) => round.id)).not.toContain(id);
  }
  const all = await committed({ accounts: null });
  expect(await viewRound(brixOwner, all)).toMatchObject({ id: all });
  expect(await viewRound(removedMember, all)).toBeNull();
  const others = await asActor(metisOwner, (tx) => tx.selectFrom("roundAccounts").select("accountId").execute());
  expect([...new Set(others.map((row) => row.accountId))], "nobody learns who else may join").toEqual([accounts.metis]);
});

test("no customer reads floors by any way, nor anybody of ours but pricing and the auditor, and each reading is logged", async () => {
  const id = await committed();
  const floors = (actor: typeof metisOwner) =>
    asActor(actor, (tx) => sql`select * from public.floor_schedules`.execute(tx));
  for (const customer of [metisOwner, brixOwner, removedMember]) {
    await expect(floors(customer)).rejects.toMatchObject({ code: "42501" });
  }
  for (const other of [designer, manager, production, support, admin]) {
    expect(await readFloors({ ...other, roles: [...other.roles] }, id)).toBeNull();
  }
  const direct = await asActor(designer, (tx) => tx.selectFrom("floorSchedules").select("document").execute());
  expect(direct).toEqual([]);

  for (const reader of [pricing, auditor]) {
    expect((await readFloors(reader, id))?.document).toContain("777131");
    const logged = await asSuperuser(
      "select 1 from events where name = 'round.floors_read' and subject_id = $1 and actor_id = $2",
      [id, reader.personId],
    );
    expect(logged).toHaveLength(1);
  }
  const shown = JSON.stringify([await viewRound(metisOwner, id), await listRounds(metisOwner)], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(shown).toContain(id);
  for (const secret of ["777131", "767131"]) expect(shown).not.toContain(secret);
  const told = await asSuperuser<{ facts: string }>(
    "select concat(facts, ' ', audience) as facts from events where subject_id = $1",
    [id],
  );
  for (const { facts } of told) expect(facts).toMatch(/^(?!.*7[67]7131).* staff$/);
});

test("what was committed is what the nonce and the schedule say, and one digit more is not", async () => {
  const id = await committed();
  const floors = await readFloors(auditor, id);
  const round = await viewRound(metisOwner, id);
  if (!floors?.nonce || !round?.fingerprint) throw new Error("not committed");
  expect(verifyFloors(floors.document, floors.nonce, round.fingerprint)).toBe("match");
  expect(verifyFloors(floors.document.replace("777131", "777132"), floors.nonce, round.fingerprint)).toBe("mismatch");
});

test("one of pricing writes the floors and another one commits them, as both saw them", async () => {
  const id = await draft();
  const seen = { id, revision: 1, floorsRevision: 1 };
  expect(await commitRound(second, seen)).toEqual({ ok: false, why: "no-floors" });
  expect(await writeFloors(designer, schedule(id), 0)).toEqual({ ok: false, why: "not-allowed" });
  expect(await writeFloors(pricing, schedule(NOWHERE), 0)).toEqual({ ok: false, why: "not-found" });
  expect(await writeFloors(pricing, { ...schedule(id), currency: "UAH" }, 0)).toEqual({ ok: false, why: "currency" });
  expect(await writeFloors(pricing, { ...schedule(id), tiers: [] }, 0)).toEqual({ ok: false, why: "no-tiers" });
  expect(await writeFloors(pricing, schedule(id), 0)).toEqual({ ok: true });
  expect(await writeFloors(pricing, schedule(id), 0), "somebody was first").toEqual({
    ok: false,
    why: "changed-meanwhile",
  });
  expect(await commitRound(pricing, seen)).toEqual({ ok: false, why: "own-floors" });
  expect(await commitRound(designer, seen)).toEqual({ ok: false, why: "not-allowed" });
  // The service asks first; the database does not take its word.
  const claimed = await asActor(designer, (tx) =>
    sql<{ why: string }>`select private.commit_round(${id}::uuid, 1, 1, ${Buffer.alloc(32)}::bytea) as why`.execute(tx),
  );
  expect(claimed.rows).toEqual([{ why: "not-allowed" }]);
  expect(await writeFloors(pricing, schedule(id, 800_000n), 1)).toEqual({ ok: true });
  expect(await commitRound(second, seen)).toEqual({ ok: false, why: "changed-meanwhile" });
  expect(await commitRound(second, { ...seen, floorsRevision: 2 })).toEqual({ ok: true });
  expect(await writeFloors(pricing, schedule(id), 2)).toEqual({ ok: false, why: "committed" });
  const behind = await asActor(pricing, (tx) =>
    tx
      .updateTable("floorSchedules")
      .set({ document: "{}", writtenBy: pricing.personId })
      .where("roundId", "=", id)
      .executeTakeFirst(),
  );
  expect(behind.numUpdatedRows, "nor past the service").toBe(0n);
  const late = await withFloors();
  await hoursLater(late, 2);
  expect(await commitRound(second, { id: late, revision: 2, floorsRevision: 1 })).toEqual({ ok: false, why: "past" });
});

test("of 50 who commit at once one does, and floors that are written meanwhile are committed or refused", async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const id = await withFloors();
    const seen = { id, revision: 1, floorsRevision: 1 };
    const [written, ...outcomes] = await Promise.all([
      writeFloors(pricing, schedule(id, 900_000n), 1),
      ...Array.from({ length: 10 }, () => commitRound(second, seen)),
    ]);
    const done = outcomes.filter(({ ok }) => ok);
    expect(done.length + Number(written.ok)).toBe(1);
  }
  const id = await withFloors();
  const all = await Promise.all(
    Array.from({ length: 50 }, () => commitRound(second, { id, revision: 1, floorsRevision: 1 })),
  );
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  expect(all.filter((one) => !one.ok && one.why === "committed")).toHaveLength(49);
  const events = await asSuperuser("select 1 from events where name = 'round.committed' and subject_id = $1", [id]);
  expect(events).toHaveLength(1);
});

test("the clock opens, locks and closes a round once each, however many look, and skips what was missed", async () => {
  const id = await committed({ opensAt: inHours(1) });
  const moves = async () => {
    await Promise.all(Array.from({ length: 50 }, () => moveRounds()));
    const rows = await asSuperuser<{ state: string }>(
      "select facts ->> 'state' as state from events where name = 'round.moved' and subject_id = $1 order by chain_seq",
      [id],
    );
    return rows.map(({ state }) => state);
  };
  expect(await moves()).toEqual([]);
  await hoursLater(id, 2);
  expect(await viewRound(metisOwner, id), "right before the job has come by").toMatchObject({ state: "open" });
  expect(await moves()).toEqual(["open"]);
  await hoursLater(id, 47);
  expect(await moves()).toEqual(["open", "locked"]);
  await hoursLater(id, 24);
  expect(await moves()).toEqual(["open", "locked", "closed"]);
  const missed = await committed();
  const uncommitted = await withFloors();
  for (const late of [missed, uncommitted]) await hoursLater(late, 80);
  await moveRounds();
  expect(await asSuperuser("select state from rounds where id = $1", [missed])).toEqual([{ state: "closed" }]);
  expect(await asSuperuser("select state from rounds where id = $1", [uncommitted])).toEqual([{ state: "draft" }]);
});

test("pricing cancels a round with a reason before it is cleared, and customers read why", async () => {
  const id = await committed();
  const reason = "The supplier of the arm withdrew.";
  expect(await cancelRound(manager, { id, revision: 2, reason })).toEqual({ ok: false, why: "not-allowed" });
  expect(await cancelRound(pricing, { id, revision: 1, reason })).toEqual({ ok: false, why: "changed-meanwhile" });
  const both = await Promise.all(
    [pricing, second].map((who) => cancelRound({ ...who, roles: [...who.roles] }, { id, revision: 2, reason })),
  );
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await viewRound(metisOwner, id)).toMatchObject({ state: "cancelled", cancelReason: reason });
  expect(await cancelRound(pricing, { id, revision: 3, reason })).toEqual({ ok: false, why: "decided" });
  expect(await cancelRound(pricing, { id: NOWHERE, revision: 1, reason })).toEqual({ ok: false, why: "not-found" });
  await hoursLater(id, 80);
  await moveRounds();
  expect(await viewRound(metisOwner, id), "no clock opens it").toMatchObject({ state: "cancelled" });
});
