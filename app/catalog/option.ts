import type { Actor } from "~/kernel/actor";
import type { InFour } from "./product";

/** What can be chosen for a product, which choices go together, and what is asked for them. Amounts are minor units. */

export type Option = {
  id: string;
  key: string;
  names: InFour;
  leadDays: number;
  /** Offered no more; what was configured with it keeps it. */
  withdrawn: boolean;
  revision: number;
};

export type OptionGroup = {
  id: string;
  key: string;
  names: InFour;
  /** Whether more than one may be chosen. */
  several: boolean;
  /** Whether one must be. */
  required: boolean;
  revision: number;
  options: readonly Option[];
};

export const RULE_KINDS = ["requires", "excludes"] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** `option` needs `other` beside it, or does not go with it; the sentence says why to whoever chose otherwise. */
export type OptionRule = {
  id: string;
  kind: RuleKind;
  option: string;
  other: string;
  sentences: InFour;
  retired: boolean;
  revision: number;
};

/** The price of one unit from so many units on, without options. */
export type PriceTier = { from: number; unit: bigint };

/** What is posted in one currency. `adders`: what an option adds to one unit, by its id. */
export type PriceList = {
  currency: string;
  tiers: readonly PriceTier[];
  adders: Readonly<Record<string, bigint>>;
  revision: number;
};

export type Choices = { groups: readonly OptionGroup[]; rules: readonly OptionRule[] };

/** Who says what something is sold for, and knows what it costs us. */
export function mayPostPrices(actor: Actor): boolean {
  return actor.side === "staff" && actor.roles.includes("pricing");
}

export type Refusal =
  | { why: "not-offered"; option: string }
  | { why: "withdrawn"; option: string }
  | { why: "one-only" | "needed"; group: string }
  | { why: "rule"; rule: string; sentences: InFour };

/**
 * What is wrong with a choice of options, each thing once; empty when it can be made.
 * @param chosen ids of options, in any order
 */
export function refusalsOf({ groups, rules }: Choices, chosen: readonly string[]): Refusal[] {
  const picked = new Set(chosen);
  const known = new Map(groups.flatMap(({ options }) => options.map((option) => [option.id, option] as const)));
  const refusals: Refusal[] = [];
  for (const id of picked) {
    const option = known.get(id);
    if (!option) refusals.push({ why: "not-offered", option: id });
    else if (option.withdrawn) refusals.push({ why: "withdrawn", option: id });
  }
  for (const { id, several, required, options } of groups) {
    const count = options.filter((option) => picked.has(option.id)).length;
    if (count > 1 && !several) refusals.push({ why: "one-only", group: id });
    // Nobody can be asked for what is offered no more.
    if (count === 0 && required && options.some(({ withdrawn }) => !withdrawn)) {
      refusals.push({ why: "needed", group: id });
    }
  }
  for (const { id, kind, option, other, sentences, retired } of rules) {
    if (retired || !picked.has(option)) continue;
    if (picked.has(other) === (kind === "excludes")) refusals.push({ why: "rule", rule: id, sentences });
  }
  return refusals;
}

/**
 * What is posted for one unit of a choice, bought in this quantity. Out: null when nothing is posted for so few, for one of the
 * options, or when what is taken off would leave less than nothing: then a price is asked for.
 */
export function unitPrice(list: PriceList, chosen: readonly string[], quantity: number): bigint | null {
  const tier = list.tiers.filter(({ from }) => from <= quantity).sort((a, b) => b.from - a.from)[0];
  if (!tier) return null;
  let price = tier.unit;
  for (const id of new Set(chosen)) {
    const adder = list.adders[id];
    if (adder === undefined) return null;
    price += adder;
  }
  return price < 0n ? null : price;
}

/** Days until it is made: options are made beside each other, so the slowest decides. */
export function leadDaysOf({ groups }: Choices, chosen: readonly string[]): number {
  const picked = groups.flatMap(({ options }) => options.filter(({ id }) => chosen.includes(id)));
  return Math.max(0, ...picked.map(({ leadDays }) => leadDays));
}

/** Why tiers as typed cannot be posted; null when they can. */
export function tierProblem(tiers: readonly PriceTier[]): "no-tiers" | "same-quantity" | "dearer-for-more" | null {
  if (tiers.length === 0) return "no-tiers";
  const sorted = [...tiers].sort((a, b) => a.from - b.from);
  for (const [at, { from, unit }] of sorted.entries()) {
    const next = sorted[at + 1];
    if (next && next.from === from) return "same-quantity";
    // Whoever takes more never pays more for each: it would pay to order twice.
    if (next && next.unit > unit) return "dearer-for-more";
  }
  return null;
}
