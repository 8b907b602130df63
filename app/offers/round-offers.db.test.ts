import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { ClientActor } from "~/kernel/actor";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  pricing,
  products,
  removedMember,
} from "../../tests/personas";
import {
  approveOffer,
  listOffers,
  type OfferOutcome,
  placeOffer,
  reviseOffer,
  withdrawOffer,
} from "./round-offers.server";
import { cancelRound, commitRound, makeRound, viewRound, writeFloors } from "./rounds.server";

const second = { ...manager, roles: ["manager", "pricing"] as const };
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR);
const TEN = { quantity: 10, atLeast: 10, unit: 110_000n };
const WITH_ORDER = { ...TEN, purchaseOrder: "PO-4711" };

beforeAll(async () => {
  await asSuperuser("insert into staff_roles (person_id, role) values ($1, 'pricing')", [manager.personId]);
  await limitOf(metisOwner, null);
  await limitOf(metisApprover, null);
  await limitOf(hanlinEngineer, null);
});

const limitOf = (person: ClientActor, minor: number | null, currency = "EUR") =>
  asSuperuser("update people set spending_limit_minor = $2, spending_limit_currency = $3 where id = $1", [
    person.personId,
    minor,
    minor === null ? null : currency,
  ]);

/** As if the clock had gone on by so many hours for this round. */
const hoursLater = (id: string, hours: number) =>
  asSuperuser(
    `update rounds set opens_at = opens_at - $2 * interval '1 hour', locks_at = locks_at - $2 * interval '1 hour',
       closes_at = closes_at - $2 * interval '1 hour', decide_by = decide_by - $2 * interval '1 hour' where id = $1`,
    [id, hours],
  );

/** An open round of Metis and Hanlin: it locks in 47 hours and closes in 71. */
async function openRound(): Promise<string> {
  const made = await makeRound(pricing, {
    productId: products.aria,
    title: "Aria for the wet room",
    posted: null,
    currency: "EUR",
    basis: "net",
    minimum: 25,
    capacity: 60,
    objective: "max-contribution",
    revisions: 2,
    smallestRaise: 500n,
    coolingMinutes: 60,
    opensAt: inHours(1),
    locksAt: inHours(48),
    closesAt: inHours(72),
    decideBy: inHours(96),
    accounts: [accounts.metis, accounts.hanlin],
  });
  if (!made.ok) throw new Error(made.why);
  const { id } = made;
  const floors = { round: id, currency: "EUR", tiers: [{ from: 1, unit: 80_000n }] };
  await writeFloors(pricing, { ...floors, options: {}, delivery: {}, neededBy: [] }, 0);
  expect(await commitRound(second, { id, revision: 1, floorsRevision: 1 })).toEqual({ ok: true });
  await hoursLater(id, 1);
  return id;
}

async function placed(outcome: Promise<OfferOutcome>): Promise<string> {
  const done = await outcome;
  if (!done.ok) throw new Error(done.why);
  return done.id;
}

async function only(round: string, actor: ClientActor = metisOwner) {
  const [offer, ...more] = await listOffers(actor, round);
  if (!offer || more.length > 0) throw new Error(`${more.length} more than one, or none`);
  return offer;
}

test("an offer enters the book with a receipt over what was offered, and only its account and staff see it", async () => {
  const round = await openRound();
  const outcome = await placeOffer(metisOwner, round, WITH_ORDER);
  expect(outcome).toMatchObject({ ok: true, state: "active", waits: false });
  const offer = await only(round);
  expect(offer).toMatchObject({ ...TEN, state: "active", currency: "EUR", purchaseOrder: "PO-4711", number: 1 });
  const committed = await viewRound(metisOwner, round);
  const at = offer.enteredAt?.getTime();
  const words = [
    "tandem offer 1",
    round,
    offer.id,
    1,
    accounts.metis,
    "-",
    10,
    10,
    110_000,
    "EUR",
    "PO-4711",
    committed?.fingerprint,
    at,
  ];
  expect(offer.receipt).toBe(createHash("sha256").update(words.join("\n")).digest("hex"));

  expect(await listOffers(metisViewer, round)).toHaveLength(1);
  expect(await listOffers(designer, round)).toHaveLength(1);
  for (const other of [hanlinEngineer, brixOwner, removedMember]) expect(await listOffers(other, round)).toEqual([]);
  const seen = { id: offer.id, revision: offer.revision };
  for (const other of [hanlinEngineer, brixOwner]) {
    expect(await reviseOffer(other, seen, { ...TEN, unit: 120_000n })).toEqual({ ok: false, why: "not-found" });
    expect(await withdrawOffer(other, seen)).toEqual({ ok: false, why: "not-found" });
  }
  expect(await withdrawOffer(metisViewer, seen)).toEqual({ ok: false, why: "not-allowed" });
});

test("offers that are none, of those who may not, or at the wrong time are refused", async () => {
  const round = await openRound();
  const refused = async (buyer: ClientActor, change: object, why: string) =>
    expect(await placeOffer(buyer, round, { ...WITH_ORDER, ...change }), why).toEqual({ ok: false, why });
  for (const quantity of [0, -1, Number.NaN, 1.5]) await refused(metisOwner, { quantity }, "terms");
  for (const unit of [0n, -1n, 1_000_000_000_001n]) await refused(metisOwner, { unit }, "terms");
  await refused(metisOwner, { atLeast: 11 }, "terms");
  await refused(metisOwner, { purchaseOrder: " " }, "terms");
  await refused(metisOwner, { quantity: 61, atLeast: 1 }, "over-capacity");
  await refused(metisViewer, {}, "not-allowed");
  await refused(removedMember, {}, "not-allowed");
  await refused(brixOwner, {}, "not-found");
  await hoursLater(round, -1);
  await asSuperuser("update rounds set opens_at = now() + interval '5 minutes' where id = $1", [round]);
  await refused(metisOwner, {}, "not-open");
  await hoursLater(round, 72);
  await refused(metisOwner, {}, "not-open");
  const cancelled = await openRound();
  const { revision } = (await viewRound(pricing, cancelled)) ?? { revision: 0 };
  expect(await cancelRound(pricing, { id: cancelled, revision, reason: "No steel." })).toEqual({ ok: true });
  expect(await placeOffer(metisOwner, cancelled, WITH_ORDER)).toEqual({ ok: false, why: "not-open" });
});

test("over the limit an offer waits, counts for nothing, and enters when one approver whose limit reaches approves", async () => {
  const round = await openRound();
  await limitOf(metisOwner, 1_099_999);
  try {
    expect(await placeOffer(metisOwner, round, WITH_ORDER)).toMatchObject({ state: "needs_approval", waits: true });
    const offer = await only(round);
    expect(offer).toMatchObject({ receipt: null, enteredAt: null });
    const seen = { id: offer.id, revision: offer.revision };
    expect(await approveOffer(metisOwner, seen)).toEqual({ ok: false, why: "own-offer" });
    expect(await approveOffer(hanlinEngineer, seen)).toEqual({ ok: false, why: "not-allowed" });
    expect(await approveOffer(brixOwner, seen)).toEqual({ ok: false, why: "not-found" });
    await limitOf(metisApprover, 1_000_000);
    expect(await approveOffer(metisApprover, seen)).toEqual({ ok: false, why: "over-limit" });
    await limitOf(metisApprover, 9_000_000, "UAH");
    expect(await approveOffer(metisApprover, seen), "of another currency").toEqual({ ok: false, why: "over-limit" });
    await limitOf(metisApprover, 1_100_000);
    const all = await Promise.all(Array.from({ length: 20 }, () => approveOffer(metisApprover, seen)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await only(round)).toMatchObject({ state: "active", waits: false, receipt: expect.any(String) });

    // A raise over the limit waits too, and what is in the book stays there meanwhile.
    const { revision } = await only(round);
    const raise = await reviseOffer(metisOwner, { id: offer.id, revision }, { ...TEN, unit: 120_000n });
    expect(raise).toMatchObject({ state: "active", waits: true });
    const book = await asSuperuser("select book_number, number from round_offers where id = $1", [offer.id]);
    expect(book).toEqual([{ book_number: 1, number: 2 }]);
  } finally {
    await limitOf(metisOwner, null);
    await limitOf(metisApprover, null);
  }
});

test("before the lock anything is revised as often as the round allows; after it only raises are, and the reason is told", async () => {
  const round = await openRound();
  const id = await placed(placeOffer(metisOwner, round, WITH_ORDER));
  const revise = async (terms: typeof TEN) =>
    reviseOffer(metisOwner, { id, revision: (await only(round)).revision }, terms);
  expect(await revise(TEN)).toEqual({ ok: false, why: "nothing-changed" });
  expect(await revise({ ...TEN, unit: 110_499n })).toEqual({ ok: false, why: "raise-too-small" });
  expect(await revise({ ...TEN, unit: 100_000n })).toMatchObject({ ok: true });
  await hoursLater(round, 47);
  expect(await revise({ ...TEN, unit: 90_000n })).toEqual({ ok: false, why: "only-raises" });
  expect(await revise({ ...TEN, quantity: 12, unit: 110_000n })).toEqual({ ok: false, why: "only-raises" });
  expect(await revise({ ...TEN, unit: 110_000n })).toMatchObject({ ok: true });
  expect(await revise({ ...TEN, unit: 120_000n })).toEqual({ ok: false, why: "no-revisions-left" });
  const kept = await asSuperuser<{ unit_minor: string }>(
    "select unit_minor::text from round_offer_revisions where offer_id = $1 order by number",
    [id],
  );
  expect(
    kept.map((row) => row.unit_minor),
    "every revision stands",
  ).toEqual(["110000", "100000", "110000"]);
  await expect(
    asSuperuser("update round_offer_revisions set unit_minor = 1 where offer_id = $1", [id]),
  ).rejects.toThrow("stays as it is");
});

test("what was written before the lock and would lower the book is not approved after it", async () => {
  const round = await openRound();
  const id = await placed(placeOffer(metisOwner, round, WITH_ORDER));
  await limitOf(metisOwner, 1);
  await reviseOffer(metisOwner, { id, revision: (await only(round)).revision }, { ...TEN, unit: 90_000n });
  await limitOf(metisOwner, null);
  await hoursLater(round, 47);
  const { revision } = await only(round);
  expect(await approveOffer(metisApprover, { id, revision })).toEqual({ ok: false, why: "only-raises" });
});

test("an offer is taken back before the lock, or within the cooling time, and that counts as a revision", async () => {
  const round = await openRound();
  const id = await placed(placeOffer(metisOwner, round, WITH_ORDER));
  const seen = { id, revision: (await only(round)).revision };
  const all = await Promise.all(Array.from({ length: 20 }, () => withdrawOffer(metisOwner, seen)));
  expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await placeOffer(metisOwner, round, WITH_ORDER), "made anew").toMatchObject({ ok: true });
  expect(await placeOffer(metisApprover, round, WITH_ORDER)).toEqual({ ok: false, why: "already" });

  const theirs = await placed(placeOffer(hanlinEngineer, round, WITH_ORDER));
  await hoursLater(round, 47);
  const late = { id: theirs, revision: (await only(round, hanlinEngineer)).revision };
  await asSuperuser("alter table round_offer_revisions disable trigger round_offer_revisions_keep");
  await asSuperuser("update round_offer_revisions set entered_at = now() - interval '61 minutes' where offer_id = $1", [
    theirs,
  ]);
  expect(await withdrawOffer(hanlinEngineer, late)).toEqual({ ok: false, why: "too-late" });
  await asSuperuser("update round_offer_revisions set entered_at = now() - interval '59 minutes' where offer_id = $1", [
    theirs,
  ]);
  await asSuperuser("alter table round_offer_revisions enable trigger round_offer_revisions_keep");
  expect(await withdrawOffer(hanlinEngineer, late)).toMatchObject({ ok: true, state: "withdrawn" });
});

test("of two colleagues who offer at once one does, and of a raise and a withdrawal one counts", async () => {
  const round = await openRound();
  const both = await Promise.all(
    Array.from({ length: 20 }, (_, at) => placeOffer(at % 2 ? metisOwner : metisApprover, round, WITH_ORDER)),
  );
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.filter((one) => !one.ok && one.why === "already")).toHaveLength(19);
  const { id, revision } = await only(round);
  const race = await Promise.all([
    reviseOffer(metisOwner, { id, revision }, { ...TEN, unit: 120_000n }),
    withdrawOffer(metisApprover, { id, revision }),
  ]);
  expect(race.filter(({ ok }) => ok)).toHaveLength(1);
  const told = await asSuperuser<{ name: string }>("select name from events where subject_id = $1 order by chain_seq", [
    id,
  ]);
  expect(told).toHaveLength(2);
});
