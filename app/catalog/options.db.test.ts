import { sql } from "kysely";
import { expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import {
  admin,
  auditor,
  brixOwner,
  designer,
  manager,
  metisOwner,
  pricing,
  products,
  removedMember,
  support,
} from "../../tests/personas";
import { refusalsOf, unitPrice } from "./option";
import {
  addGroup,
  addOption,
  addRule,
  noteOutlay,
  type Offering,
  offeringOf,
  outlaysOf,
  postPrices,
  retireRule,
  withdrawOption,
} from "./options.server";

const product = products.aria;
const words = (text: string) => ({ en: text, uk: text, ru: text, zh: text });
const NOWHERE = "00000000-0000-4000-8000-000000000000";

async function offering(): Promise<Offering> {
  const found = await offeringOf(metisOwner, product);
  if (!found) throw new Error("not there");
  return found;
}
async function idOf(made: ReturnType<typeof addGroup> | ReturnType<typeof addRule>): Promise<string> {
  const outcome = await made;
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.id;
}
const option = (group: string, name: string, leadDays = 0) =>
  idOf(addOption(designer, { product, group, names: words(name), leadDays }));

async function vents() {
  const group = await idOf(addGroup(designer, { product, names: words("Vent"), several: false, required: false }));
  return { group, open: await option(group, "Open vent"), membrane: await option(group, "Membrane", 21) };
}

test("a customer reads what can be chosen and the rule's sentence in the own language, and a removed one nothing", async () => {
  const { open } = await vents();
  const group = await idOf(addGroup(manager, { product, names: words("Tightness"), several: false, required: false }));
  const ip65 = await option(group, "IP65", 14);
  const sentences = { en: "Water gets in.", uk: "Потрапляє вода.", ru: "Попадает вода.", zh: "会进水。" };
  await idOf(addRule(admin, { product, kind: "excludes", option: ip65, other: open, sentences }));

  expect(refusalsOf(await offering(), [ip65, open])).toMatchObject([{ why: "rule", sentences }]);
  expect(await offeringOf(brixOwner, product), "the same for every customer").toEqual(await offering());
  expect(await offeringOf(removedMember, product)).toBeNull();
  expect(await offeringOf(metisOwner, NOWHERE)).toBeNull();
});

test("choices are made by those who say what is made, and only of the product's own parts", async () => {
  const { group, open, membrane } = await vents();
  const names = words("X");
  for (const reader of [support, pricing, auditor]) {
    expect(await addGroup(reader, { product, names, several: false, required: false })).toMatchObject({
      why: "not-allowed",
    });
    expect(await addOption(reader, { product, group, names, leadDays: 0 })).toMatchObject({ why: "not-allowed" });
  }
  const elsewhere = products.nido;
  expect(await addOption(designer, { product: elsewhere, group, names, leadDays: 0 })).toMatchObject({
    why: "not-found",
  });
  const rule = { kind: "requires", option: open, other: membrane, sentences: names } as const;
  expect(await addRule(designer, { ...rule, product: elsewhere })).toMatchObject({ why: "not-found" });
  expect(await addRule(designer, { ...rule, product, other: open })).toMatchObject({ why: "same-option" });
  expect(await addGroup(designer, { product: NOWHERE, names, several: false, required: false })).toMatchObject({
    why: "not-found",
  });
});

test("an option is withdrawn and a rule retired by whoever saw the newest, and both stay to be read", async () => {
  const { open, membrane } = await vents();
  const rule = await idOf(
    addRule(designer, { product, kind: "requires", option: open, other: membrane, sentences: words("Needs it.") }),
  );
  expect(await withdrawOption(designer, { id: membrane, revision: 1, withdrawn: true })).toEqual({ ok: true });
  expect(await withdrawOption(manager, { id: membrane, revision: 1, withdrawn: false })).toMatchObject({
    why: "changed-meanwhile",
  });
  expect(await retireRule(designer, { id: rule, revision: 1, retired: true })).toEqual({ ok: true });
  expect(await retireRule(designer, { id: rule, revision: 1, retired: true })).toMatchObject({
    why: "changed-meanwhile",
  });
  expect(await retireRule(support, { id: rule, revision: 2, retired: false })).toMatchObject({ why: "not-allowed" });
  const now = await offering();
  expect(refusalsOf(now, [open])).toEqual([]);
  expect(refusalsOf(now, [membrane])).toEqual([{ why: "withdrawn", option: membrane }]);
});

test("prices are posted whole by pricing, exactly as written, and one of two who post at once is told", async () => {
  const { open } = await vents();
  const wish = {
    product,
    currency: "EUR",
    revision: 0,
    tiers: [
      { from: 1, unit: 110_000n },
      { from: 25, unit: 99_950n },
    ],
    adders: { [open]: -250n },
  };
  expect(await postPrices(designer, wish)).toMatchObject({ why: "not-allowed" });
  expect(await postPrices(pricing, { ...wish, tiers: [] })).toMatchObject({ why: "no-tiers" });
  expect(await postPrices(pricing, { ...wish, adders: { [NOWHERE]: 1n } })).toMatchObject({ why: "not-found" });
  const both = await Promise.all([postPrices(pricing, wish), postPrices(pricing, wish)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);

  const posted = (await offering()).lists.find(({ currency }) => currency === "EUR");
  expect(posted).toEqual({ currency: "EUR", tiers: wish.tiers, adders: wish.adders, revision: 1 });
  expect(posted && unitPrice(posted, [open], 30)).toBe(99_700n);

  const dearer = { ...wish, revision: 1, tiers: [{ from: 5, unit: 900_000_000_000n }], adders: {} };
  const again = await Promise.all(Array.from({ length: 5 }, () => postPrices(pricing, dearer)));
  expect(again.filter(({ ok }) => ok)).toHaveLength(1);
  const now = (await offering()).lists.find(({ currency }) => currency === "EUR");
  expect(now).toEqual({ currency: "EUR", tiers: dearer.tiers, adders: {}, revision: 2 });
});

test("what an option costs us is read by pricing and the auditor alone", async () => {
  const { open } = await vents();
  const outlay = { product, option: open, minor: 777_131n, currency: "EUR", revision: 0 };
  expect(await noteOutlay(manager, outlay)).toMatchObject({ why: "not-allowed" });
  expect(await noteOutlay(pricing, { ...outlay, option: NOWHERE })).toMatchObject({ why: "not-found" });
  expect(await noteOutlay(pricing, outlay)).toEqual({ ok: true });
  expect(await noteOutlay(pricing, outlay)).toMatchObject({ why: "changed-meanwhile" });
  expect(await noteOutlay(pricing, { ...outlay, minor: 777_132n, revision: 1 })).toEqual({ ok: true });
  for (const reader of [pricing, auditor]) {
    expect(await outlaysOf(reader, product)).toEqual([{ option: open, minor: 777_132n, currency: "EUR", revision: 2 }]);
  }
  for (const reader of [designer, manager, support, admin]) expect(await outlaysOf(reader, product)).toEqual([]);
  const seen = JSON.stringify(await offering(), (_, value) => (typeof value === "bigint" ? String(value) : value));
  expect(seen).not.toContain("77713");
  // Who noted it is named in the row; what names a person is handed over by admins, and a cost is not theirs to read.
  const handedOver = await asActor(admin, (tx) =>
    sql<{ data: string }>`select private.data_of_person(${pricing.personId}::uuid)::text as data`.execute(tx),
  );
  expect(handedOver.rows[0]?.data).toContain("price_lists.changed_by");
  expect(handedOver.rows[0]?.data).not.toContain("77713");
});
