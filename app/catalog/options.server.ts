import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Money } from "~/kernel/money";
import {
  type Choices,
  mayPostPrices,
  type OptionGroup,
  type PriceList,
  type PriceTier,
  type RuleKind,
  tierProblem,
} from "./option";
import * as queries from "./option.queries.server";
import { type InFour, keyOf, mayEditCatalog } from "./product";
import { findProduct } from "./product.queries.server";

/** The door to what can be chosen for a product, and to what is asked for it. */

export type Offering = Choices & { product: { id: string; name: string }; lists: PriceList[] };

/** What can be chosen for a product and at which posted prices; null when there is none of this id. */
export function offeringOf(actor: ClientActor | StaffActor, productId: string): Promise<Offering | null> {
  return asActor(actor, async (tx) => {
    const product = await findProduct(tx, productId);
    if (!product) return null;
    return {
      product: { id: product.id, name: product.name },
      groups: await queries.listGroups(tx, productId),
      rules: await queries.listRules(tx, productId),
      lists: await queries.listPrices(tx, productId),
    };
  });
}

type Refused = { ok: false; why: "not-allowed" | "not-found" | "changed-meanwhile" };
export type OptionOutcome = { ok: true } | Refused;
type Made = { ok: true; id: string } | Refused;

/** Two who add something of one name at once: the second is asked to look again. */
const made = (id: string | undefined): Made => (id ? { ok: true, id } : { ok: false, why: "changed-meanwhile" });

const knownOptions = (groups: readonly OptionGroup[]) => groups.flatMap(({ options }) => options.map(({ id }) => id));

/** Adds a group of options to a product. */
export async function addGroup(
  staff: StaffActor,
  { product, ...group }: { product: string; names: InFour; several: boolean; required: boolean },
): Promise<Made> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  return asActor<Made>(staff, async (tx) => {
    if (!(await findProduct(tx, product))) return { ok: false, why: "not-found" };
    const taken = (await queries.listGroups(tx, product)).map(({ key }) => key);
    const key = keyOf(group.names.en, taken);
    return made(await queries.insertGroup(tx, { ...group, productId: product, key }));
  });
}

/** Adds an option to a group of the product. */
export async function addOption(
  staff: StaffActor,
  { product, group, ...option }: { product: string; group: string; names: InFour; leadDays: number },
): Promise<Made> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  return asActor<Made>(staff, async (tx) => {
    const groups = await queries.listGroups(tx, product);
    if (!groups.some(({ id }) => id === group)) return { ok: false, why: "not-found" };
    const taken = groups.flatMap(({ options }) => options.map(({ key }) => key));
    const key = keyOf(option.names.en, taken);
    return made(await queries.insertOption(tx, { ...option, productId: product, groupId: group, key }));
  });
}

/** Offers an option no more, or again, quoting the revision its author saw. */
export async function withdrawOption(
  staff: StaffActor,
  { id, revision, withdrawn }: { id: string; revision: number; withdrawn: boolean },
): Promise<OptionOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const done = await asActor(staff, (tx) => queries.setWithdrawn(tx, id, revision, withdrawn));
  return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
}

/** Says that two options of a product need or exclude each other, and in which words. */
export async function addRule(
  staff: StaffActor,
  rule: { product: string; kind: RuleKind; option: string; other: string; sentences: InFour },
): Promise<Made | { ok: false; why: "same-option" }> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const { product, kind, option, other, sentences } = rule;
  if (option === other) return { ok: false, why: "same-option" };
  return asActor<Made>(staff, async (tx) => {
    const known = knownOptions(await queries.listGroups(tx, product));
    if (!known.includes(option) || !known.includes(other)) return { ok: false, why: "not-found" };
    return made(
      await queries.insertRule(tx, { productId: product, kind, optionId: option, otherId: other, sentences }),
    );
  });
}

/** Lets a rule no longer hold, or hold again, quoting the revision its author saw. */
export async function retireRule(
  staff: StaffActor,
  { id, revision, retired }: { id: string; revision: number; retired: boolean },
): Promise<OptionOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const done = await asActor(staff, (tx) => queries.setRuleRetired(tx, id, revision, retired));
  return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
}

export type PriceWish = {
  product: string;
  currency: string;
  /** Of the list its author saw; 0 when there was none. */
  revision: number;
  tiers: readonly PriceTier[];
  adders: Readonly<Record<string, bigint>>;
};

/** Posts what is asked for a product in one currency, in place of what was posted. */
export async function postPrices(
  staff: StaffActor,
  { product, revision, ...wish }: PriceWish,
): Promise<OptionOutcome | { ok: false; why: NonNullable<ReturnType<typeof tierProblem>> }> {
  if (!mayPostPrices(staff)) return { ok: false, why: "not-allowed" };
  const why = tierProblem(wish.tiers);
  if (why) return { ok: false, why };
  return asActor<OptionOutcome>(staff, async (tx) => {
    if (!(await findProduct(tx, product))) return { ok: false, why: "not-found" };
    const known = knownOptions(await queries.listGroups(tx, product));
    if (!Object.keys(wish.adders).every((id) => known.includes(id))) return { ok: false, why: "not-found" };
    const list = { ...wish, productId: product };
    if (!(await queries.takeList(tx, list, revision, staff.personId))) return { ok: false, why: "changed-meanwhile" };
    await queries.writeList(tx, list);
    return { ok: true };
  });
}

export type Outlay = Money & { option: string; revision: number };

/** What the options of a product cost us; empty for whoever is not to know. */
export function outlaysOf(staff: StaffActor, productId: string): Promise<Outlay[]> {
  return asActor(staff, (tx) => queries.listOutlays(tx, productId));
}

/** Notes what an option costs us, quoting the revision its author saw (0 for none). */
export async function noteOutlay(
  staff: StaffActor,
  { product, option, minor, currency, revision }: Outlay & { product: string },
): Promise<OptionOutcome> {
  if (!mayPostPrices(staff)) return { ok: false, why: "not-allowed" };
  return asActor<OptionOutcome>(staff, async (tx) => {
    if (!knownOptions(await queries.listGroups(tx, product)).includes(option)) return { ok: false, why: "not-found" };
    const outlay = { optionId: option, outlayCurrency: currency, outlayMinor: minor };
    const done = await queries.writeOutlay(tx, outlay, revision, staff.personId);
    return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
  });
}
