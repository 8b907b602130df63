import * as z from "zod";

/** Entries of published numbers, as an analyst pipes them in. Names of results that come along are left unread. */
const prices = z.array(z.number().positive()).min(1);
const counts = z.array(z.int().nonnegative()).min(1);

export const shareEntry = z.object({ k: z.int().nonnegative(), n: z.int().positive() });

export const bandEntry = z.union([
  z.object({ n: z.int().positive() }),
  z.record(z.string().regex(/^[1-9]\d*$/), z.unknown()),
]);

export const answersEntry = z
  .looseObject({
    price: prices,
    yes: counts,
    no: counts.optional(),
    n: z.int().positive().optional(),
    cost: z.number().optional(),
    draws: z.int().min(1).max(100_000).optional(),
    seed: z.int().optional(),
  })
  .refine(({ price, yes, no }) => yes.length === price.length && (no ?? yes).length === price.length, {
    error: "price, yes and no are to be of one length",
  })
  .refine(({ no, n }) => no !== undefined || n !== undefined, { error: "give no, or n asked at each price" })
  .refine(({ yes, no, n }) => no !== undefined || n === undefined || yes.every((count) => count <= n), {
    error: "more said yes than were asked",
  });

const meterRow = { tc: z.number(), ch: z.number(), ex: z.number(), te: z.number() };
export const meterEntry = z
  .object({
    tc: z.array(z.number()).min(1),
    ch: z.array(z.number()),
    ex: z.array(z.number()),
    te: z.array(z.number()),
    add_intransitive_row: z.looseObject(meterRow).optional(),
  })
  .refine(({ tc, ch, ex, te }) => [ch, ex, te].every(({ length }) => length === tc.length), {
    error: "tc, ch, ex and te are to be of one length",
  });

export const lineEntry = z.object({ Q: z.string().max(100), c: z.number() });

export const logitEntry = z.union([
  z.object({ a: z.number(), b: z.number().positive(), c: z.number() }),
  z.object({ price: prices, yes: counts, no: counts, c: z.number().default(0) }),
]);

export const featureEntry = z.union([
  z.object({ diffs: z.array(z.number()).min(1).max(4_000) }),
  z.object({
    X_cols: z.array(z.string()).optional(),
    X: z.array(z.array(z.number()).min(1)).min(2),
    y: z.array(z.number()),
    accounts: z.array(z.string()).optional(),
  }),
]);

/** A number for every quantity, or in words: "700 if Q<40 else 620". */
const byQuantity = z.union([z.number(), z.string().max(500)]);
export const roundEntry = z.object({
  offers: z.array(z.tuple([z.string(), z.number().positive(), z.int().positive()], z.int().positive())).max(200_000),
  moq: z.int().nonnegative(),
  capacity: z.int().nonnegative(),
  fixed_cost: z.number().default(0),
  unit_cost: byQuantity.default(0),
  floor: byQuantity,
});

export type AnswersEntry = z.infer<typeof answersEntry>;
export type MeterEntry = z.infer<typeof meterEntry>;
export type LogitEntry = z.infer<typeof logitEntry>;
export type FeatureEntry = z.infer<typeof featureEntry>;
