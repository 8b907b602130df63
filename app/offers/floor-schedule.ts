import type { Floors } from "./clearing";

/**
 * The least that would be taken in a round, as it is committed before the round opens. It has no field for who the customer is:
 * quantity, options, delivery and date alone can matter. Amounts are minor units for one unit.
 */
export type FloorSchedule = {
  readonly round: string;
  readonly currency: string;
  /** The base, from so many units on. */
  readonly tiers: readonly { readonly from: number; readonly unit: bigint }[];
  /** What each option, and each way of delivery, adds to the base. */
  readonly options: Readonly<Record<string, bigint>>;
  readonly delivery: Readonly<Record<string, bigint>>;
  /** What it adds to be needed by this day or earlier (YYYY-MM-DD); of several the earliest that holds. */
  readonly neededBy: readonly { readonly day: string; readonly delta: bigint }[];
};

/** What of a frozen configuration a floor depends on. */
export type Configured = {
  readonly options: readonly string[];
  readonly delivery: string;
  readonly neededBy: string | null;
};

export type ScheduleProblem = "no-tiers" | "first-tier" | "tiers-order" | "not-positive" | "days-order" | "not-a-day";

/** Why a schedule cannot be committed; null when it can. */
export function scheduleProblem({ tiers, neededBy }: FloorSchedule): ScheduleProblem | null {
  const [first] = tiers;
  if (!first) return "no-tiers";
  if (first.from > 1) return "first-tier";
  if (tiers.some(({ from }, at) => !Number.isSafeInteger(from) || from <= (tiers[at - 1]?.from ?? -1))) {
    return "tiers-order";
  }
  if (tiers.some(({ unit }) => unit <= 0n)) return "not-positive";
  if (neededBy.some(({ day }) => !/^\d{4}-\d{2}-\d{2}$/.test(day))) return "not-a-day";
  return neededBy.some(({ day }, at) => day <= (neededBy[at - 1]?.day ?? "")) ? "days-order" : null;
}

/**
 * Floors as clearing takes them: what each configuration of the book adds to the base.
 * Throws RangeError for an option or a delivery that the schedule does not name: then there is no floor, and nobody guesses one.
 */
export function floorsOf(schedule: FloorSchedule, configurations: Readonly<Record<string, Configured>>): Floors {
  const named = (of: Readonly<Record<string, bigint>>, key: string) => {
    const delta = Object.hasOwn(of, key) ? of[key] : undefined;
    if (delta === undefined) throw new RangeError(`the schedule has no floor for ${key}`);
    return delta;
  };
  const deltas = Object.entries(configurations).map(([hash, { options, delivery, neededBy }]) => {
    const soon = schedule.neededBy.find(({ day }) => neededBy !== null && neededBy <= day)?.delta ?? 0n;
    const chosen = [...new Set(options)].reduce((sum, option) => sum + named(schedule.options, option), 0n);
    return [hash, chosen + named(schedule.delivery, delivery) + soon] as const;
  });
  return { tiers: schedule.tiers, deltas: Object.fromEntries(deltas) };
}

/** The schedule as it is committed and later shown. Amounts are texts, so that no reader of JSON rounds them. */
export function scheduleDocument({ tiers, options, delivery, neededBy, ...rest }: FloorSchedule) {
  const texts = (of: Readonly<Record<string, bigint>>) =>
    Object.fromEntries(Object.entries(of).map(([key, minor]) => [key, minor.toString()]));
  return {
    version: 1,
    ...rest,
    tiers: tiers.map(({ from, unit }) => ({ from, unit: unit.toString() })),
    options: texts(options),
    delivery: texts(delivery),
    neededBy: neededBy.map(({ day, delta }) => ({ day, delta: delta.toString() })),
  };
}

/**
 * The one way to write a value as JSON (RFC 8785): no spaces, keys by their UTF-16 units, numbers and texts as ECMAScript writes them.
 * Throws TypeError for what JSON cannot say, half a surrogate pair included.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === "string" && !/\p{Cs}/u.test(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${members.map(([key, member]) => `${canonicalJson(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  throw new TypeError(`JSON has no way to say ${typeof value === "string" ? "half a character" : String(value)}`);
}
