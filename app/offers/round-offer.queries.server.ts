import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";

/** What is offered: how many, the fewest that are still wanted, and the most that is paid for one, in minor units. */
export type OfferTerms = { quantity: number; atLeast: number; unit: bigint };

export type StoredOffer = OfferTerms & {
  id: string;
  state: "needs_approval" | "active" | "withdrawn";
  currency: string;
  purchaseOrder: string;
  /** The newest of its revisions, and whether that one still waits for approval. */
  number: number;
  waits: boolean;
  enteredAt: Date | null;
  receipt: string | null;
  revision: number;
};

/** Offers with their newest revision. */
const offers = (tx: ActorTx) =>
  tx
    .selectFrom("roundOffers as o")
    .innerJoin("roundOfferRevisions as v", (join) =>
      join.onRef("v.offerId", "=", "o.id").onRef("v.number", "=", "o.number"),
    )
    .select([
      "o.id",
      "o.number",
      "o.revision",
      "v.quantity",
      "v.atLeast",
      "v.unitMinor as unit",
      "v.unitCurrency as currency",
      "v.purchaseOrder",
      "v.enteredAt",
    ])
    .select([
      sql<StoredOffer["state"]>`o.state`.as("state"),
      sql<boolean>`v.entered_at is null and o.state <> 'withdrawn'`.as("waits"),
      sql<string | null>`encode(v.receipt_hash, 'hex')`.as("receipt"),
    ]);

/** The offers in a round that this actor may see, the newest first. */
export function listOffers(tx: ActorTx, roundId: string): Promise<StoredOffer[]> {
  return offers(tx).where("o.roundId", "=", roundId).orderBy("o.id", "desc").limit(500).execute();
}

/** One offer; undefined when there is none that this actor may see. */
export function findOffer(tx: ActorTx, id: string): Promise<StoredOffer | undefined> {
  return offers(tx).where("o.id", "=", id).executeTakeFirst();
}

type Seen = { id: string; revision: number };
type Answer = { id: string | null; why: string | null };

/** Out: the new offer, or why there is none. */
export async function place(
  tx: ActorTx,
  roundId: string,
  { quantity, atLeast, unit, purchaseOrder }: OfferTerms & { purchaseOrder: string },
): Promise<Answer> {
  const { rows } =
    await sql<Answer>`select offer as id, why from private.place_offer(${roundId}::uuid, ${quantity}::int,
    ${atLeast}::int, ${unit}::bigint, ${purchaseOrder})`.execute(tx);
  return rows[0] ?? { id: null, why: "not-found" };
}

async function answered(
  tx: ActorTx,
  id: string,
  call: ReturnType<typeof sql<{ why: string | null }>>,
): Promise<Answer> {
  const { rows } = await call.execute(tx);
  return { id, why: rows[0]?.why ?? null };
}

export const revise = (tx: ActorTx, { id, revision }: Seen, { quantity, atLeast, unit }: OfferTerms): Promise<Answer> =>
  answered(
    tx,
    id,
    sql`select private.revise_offer(${id}::uuid, ${revision}::int, ${quantity}::int, ${atLeast}::int, ${unit}::bigint) as why`,
  );

export const approve = (tx: ActorTx, { id, revision }: Seen): Promise<Answer> =>
  answered(tx, id, sql`select private.approve_offer(${id}::uuid, ${revision}::int) as why`);

export const withdraw = (tx: ActorTx, { id, revision }: Seen): Promise<Answer> =>
  answered(tx, id, sql`select private.withdraw_offer(${id}::uuid, ${revision}::int) as why`);
