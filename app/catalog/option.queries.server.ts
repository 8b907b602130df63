import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Option, OptionGroup, OptionRule, PriceList, PriceTier, RuleKind } from "./option";
import type { InFour } from "./product";

const OPTIONS = sql<Option[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', o.id, 'key', o.key, 'names', o.names, 'leadDays', o.lead_days,
    'withdrawn', o.withdrawn_at is not null, 'revision', o.revision) order by o.position, o.id)
  from product_options o where o.product_id = g.product_id and o.group_id = g.id), '[]')`;

/** Groups of one product with their options, in the maker's order. */
export function listGroups(tx: ActorTx, productId: string): Promise<OptionGroup[]> {
  return tx
    .selectFrom("optionGroups as g")
    .where("g.productId", "=", productId)
    .select(["g.id", "g.key", "g.several", "g.required", "g.revision"])
    .select([sql<InFour>`g.names`.as("names"), OPTIONS.as("options")])
    .orderBy("g.position")
    .orderBy("g.id")
    .execute();
}

export function listRules(tx: ActorTx, productId: string): Promise<OptionRule[]> {
  return tx
    .selectFrom("optionRules")
    .where("productId", "=", productId)
    .select(["id", "optionId as option", "otherId as other", "revision"])
    .select([
      sql<RuleKind>`kind`.as("kind"),
      sql<InFour>`sentences`.as("sentences"),
      sql<boolean>`retired_at is not null`.as("retired"),
    ])
    .orderBy("id")
    .execute();
}

/** What is posted for one product, one list a currency. */
export async function listPrices(tx: ActorTx, productId: string): Promise<PriceList[]> {
  // As texts: JSON would round an amount beyond 53 bits.
  const rows = await tx
    .selectFrom("priceLists as l")
    .where("l.productId", "=", productId)
    .select(["l.currency", "l.revision"])
    .select([
      sql<{ from: number; unit: string }[]>`coalesce((
        select jsonb_agg(jsonb_build_object('from', t.from_quantity, 'unit', t.unit_minor::text) order by t.from_quantity)
        from price_tiers t where t.product_id = l.product_id and t.unit_currency = l.currency), '[]')`.as("tiers"),
      sql<Record<string, string>>`coalesce((
        select jsonb_object_agg(a.option_id, a.adder_minor::text)
        from option_adders a where a.product_id = l.product_id and a.adder_currency = l.currency), '{}')`.as("adders"),
    ])
    .orderBy("l.currency")
    .execute();
  return rows.map(({ tiers, adders, ...list }) => ({
    ...list,
    tiers: tiers.map(({ from, unit }) => ({ from, unit: BigInt(unit) })),
    adders: Object.fromEntries(Object.entries(adders).map(([option, minor]) => [option, BigInt(minor)])),
  }));
}

export type NewGroup = { productId: string; key: string; names: InFour; several: boolean; required: boolean };

/** Adds a group behind the others. Out: undefined when the product has one of this key meanwhile. */
export async function insertGroup(tx: ActorTx, { names, ...group }: NewGroup): Promise<string | undefined> {
  const made = await tx
    .insertInto("optionGroups")
    .values({
      ...group,
      names: JSON.stringify(names),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from option_groups where product_id = ${group.productId})`,
    })
    .onConflict((conflict) => conflict.columns(["productId", "key"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

export type NewOption = { productId: string; groupId: string; key: string; names: InFour; leadDays: number };

/** Adds an option behind the others of its group. Out: undefined when the product has one of this key meanwhile. */
export async function insertOption(tx: ActorTx, { names, ...option }: NewOption): Promise<string | undefined> {
  const made = await tx
    .insertInto("productOptions")
    .values({
      ...option,
      names: JSON.stringify(names),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from product_options where group_id = ${option.groupId})`,
    })
    .onConflict((conflict) => conflict.columns(["productId", "key"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

/** Out: whether it still was at this revision. */
export async function setWithdrawn(tx: ActorTx, id: string, revision: number, withdrawn: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("productOptions")
    .set({ withdrawnAt: withdrawn ? sql<Date>`now()` : null })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export type NewRule = { productId: string; kind: RuleKind; optionId: string; otherId: string; sentences: InFour };

export async function insertRule(tx: ActorTx, { sentences, ...rule }: NewRule): Promise<string> {
  const made = await tx
    .insertInto("optionRules")
    .values({ ...rule, sentences: JSON.stringify(sentences) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return made.id;
}

/** Out: whether it still was at this revision. */
export async function setRuleRetired(tx: ActorTx, id: string, revision: number, retired: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("optionRules")
    .set({ retiredAt: retired ? sql<Date>`now()` : null })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export type PostedList = {
  productId: string;
  currency: string;
  tiers: readonly PriceTier[];
  adders: Readonly<Record<string, bigint>>;
};

/**
 * Takes a product's list for this author. @param revision the one its author saw; 0 when there was none.
 * Out: whether nobody changed it meanwhile; whoever is second waits here for the first.
 */
export async function takeList(
  tx: ActorTx,
  { productId, currency }: PostedList,
  revision: number,
  by: string,
): Promise<boolean> {
  if (revision === 0) {
    const made = await tx
      .insertInto("priceLists")
      .values({ productId, currency, changedBy: by })
      .onConflict((conflict) => conflict.columns(["productId", "currency"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    return made !== undefined;
  }
  const { numUpdatedRows } = await tx
    .updateTable("priceLists")
    .set({ changedBy: by, changedAt: sql<Date>`now()` })
    .where("productId", "=", productId)
    .where("currency", "=", currency)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Writes all rows of a list anew. */
export async function writeList(tx: ActorTx, { productId, currency, tiers, adders }: PostedList): Promise<void> {
  await tx.deleteFrom("priceTiers").where("productId", "=", productId).where("unitCurrency", "=", currency).execute();
  await tx
    .deleteFrom("optionAdders")
    .where("productId", "=", productId)
    .where("adderCurrency", "=", currency)
    .execute();
  await tx
    .insertInto("priceTiers")
    .values(tiers.map(({ from, unit }) => ({ productId, unitCurrency: currency, fromQuantity: from, unitMinor: unit })))
    .execute();
  const added = Object.entries(adders);
  if (added.length === 0) return;
  await tx
    .insertInto("optionAdders")
    .values(added.map(([optionId, minor]) => ({ productId, optionId, adderCurrency: currency, adderMinor: minor })))
    .execute();
}

/** What options of one product cost us: nothing for whoever may not know. */
export function listOutlays(tx: ActorTx, productId: string) {
  return tx
    .selectFrom("optionOutlays as c")
    .innerJoin("productOptions as o", "o.id", "c.optionId")
    .where("o.productId", "=", productId)
    .select(["c.optionId as option", "c.outlayMinor as minor", "c.outlayCurrency as currency", "c.revision"])
    .orderBy("c.optionId")
    .orderBy("c.outlayCurrency")
    .execute();
}

/** @param revision the one its author saw; 0 when there was none. Out: whether nobody changed it meanwhile. */
export async function writeOutlay(
  tx: ActorTx,
  outlay: { optionId: string; outlayCurrency: string; outlayMinor: bigint },
  revision: number,
  by: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("optionOutlays")
    .values({ ...outlay, changedBy: by })
    .onConflict((conflict) =>
      conflict
        .columns(["optionId", "outlayCurrency"])
        .doUpdateSet({ outlayMinor: outlay.outlayMinor, changedBy: by, changedAt: sql<Date>`now()` })
        .where("optionOutlays.revision", "=", revision),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
