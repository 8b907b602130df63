import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { SystemTx } from "~/kernel/system-tx.server";
import type { RoundState } from "./round";

export type Objective = "max-contribution" | "max-units" | "lowest-feasible";

/** What is said of a round before anybody commits to it. */
export type RoundWish = {
  productId: string;
  title: string;
  /** What one unit is posted at beside it; null where nothing is posted. */
  posted: bigint | null;
  currency: string;
  basis: "net" | "gross";
  minimum: number;
  capacity: number;
  objective: Objective;
  revisions: number;
  smallestRaise: bigint;
  coolingMinutes: number;
  opensAt: Date;
  locksAt: Date;
  closesAt: Date;
  decideBy: Date;
  /** The accounts that may join; null for all. */
  accounts: readonly string[] | null;
};

export type StoredRound = Omit<RoundWish, "accounts"> & {
  id: string;
  state: RoundState;
  product: string;
  forAll: boolean;
  fingerprint: string | null;
  committedAt: Date | null;
  cancelReason: string | null;
  revision: number;
};

const rounds = (tx: ActorTx) =>
  tx
    .selectFrom("rounds as r")
    .innerJoin("products as p", "p.id", "r.productId")
    .select([
      "r.id",
      "r.title",
      "r.productId",
      "p.name as product",
      "r.unitCurrency as currency",
      "r.unitMinor as posted",
      "r.smallestRaise",
      "r.minimum",
      "r.capacity",
      "r.revisionsAllowed as revisions",
      "r.coolingMinutes",
      "r.opensAt",
      "r.locksAt",
      "r.closesAt",
      "r.decideBy",
      "r.forAll",
      "r.committedAt",
      "r.cancelReason",
      "r.revision",
    ])
    .select([
      sql<RoundState>`r.state`.as("state"),
      sql<"net" | "gross">`r.basis`.as("basis"),
      sql<Objective>`r.objective`.as("objective"),
      sql<string | null>`encode(r.floor_fingerprint, 'hex')`.as("fingerprint"),
    ]);

/** The rounds that this actor may see, the newest first. */
export function listRounds(tx: ActorTx): Promise<StoredRound[]> {
  return rounds(tx).orderBy("r.id", "desc").limit(200).execute();
}

/** One round; undefined when there is none of this id that this actor may see. */
export function findRound(tx: ActorTx, id: string): Promise<StoredRound | undefined> {
  return rounds(tx).where("r.id", "=", id).executeTakeFirst();
}

/** Out: the id of the new draft. */
export async function insertRound(tx: ActorTx, { accounts, ...wish }: RoundWish, madeBy: string): Promise<string> {
  const { id } = await tx
    .insertInto("rounds")
    .values({
      productId: wish.productId,
      title: wish.title,
      unitMinor: wish.posted,
      unitCurrency: wish.currency,
      basis: wish.basis,
      minimum: wish.minimum,
      capacity: wish.capacity,
      objective: wish.objective,
      revisionsAllowed: wish.revisions,
      smallestRaise: wish.smallestRaise,
      coolingMinutes: wish.coolingMinutes,
      opensAt: wish.opensAt,
      locksAt: wish.locksAt,
      closesAt: wish.closesAt,
      decideBy: wish.decideBy,
      forAll: accounts === null,
      madeBy: madeBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (accounts && accounts.length > 0) {
    const rows = [...new Set(accounts)].map((account) => ({ roundId: id, accountId: account }));
    await tx.insertInto("roundAccounts").values(rows).execute();
  }
  return id;
}

/** Whether there is a product of this id, and it is made still. */
export async function isMade(tx: ActorTx, productId: string): Promise<boolean> {
  const found = tx.selectFrom("products").where("id", "=", productId).where("state", "=", "active").select("id");
  return (await found.executeTakeFirst()) !== undefined;
}

/** How many of these accounts there are. */
export async function countAccounts(tx: ActorTx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const found = await tx.selectFrom("accounts").where("id", "in", ids).select("id").execute();
  return found.length;
}

export type StoredFloors = {
  document: string;
  nonce: string | null;
  writtenBy: string;
  writtenAt: Date;
  revision: number;
};

/** The floors of a round; undefined when nobody wrote any, or for whoever is not to read them. */
export function findFloors(tx: ActorTx, roundId: string): Promise<StoredFloors | undefined> {
  return tx
    .selectFrom("floorSchedules")
    .where("roundId", "=", roundId)
    .select(["document", "writtenBy", "writtenAt", "revision"])
    .select(sql<string | null>`encode(nonce, 'hex')`.as("nonce"))
    .executeTakeFirst();
}

/** Writes the floors in place of the revision that was seen (0 for none). Out: whether they were written. */
export async function writeFloors(
  tx: ActorTx,
  { roundId, document, revision }: { roundId: string; document: string; revision: number },
  writtenBy: string,
): Promise<boolean> {
  if (revision === 0) {
    const made = await tx
      .insertInto("floorSchedules")
      .values({ roundId: roundId, document, writtenBy: writtenBy })
      .onConflict((conflict) => conflict.column("roundId").doNothing())
      .returning("roundId")
      .executeTakeFirst();
    return made !== undefined;
  }
  const { numUpdatedRows } = await tx
    .updateTable("floorSchedules")
    .set({ document, writtenBy, writtenAt: sql<Date>`now()` })
    .where("roundId", "=", roundId)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Out: why the floors were not committed; null when they were. */
export async function commitRound(
  tx: ActorTx,
  { id, revision, floorsRevision, nonce }: { id: string; revision: number; floorsRevision: number; nonce: Buffer },
): Promise<string | null> {
  const { rows } = await sql<{ why: string | null }>`
    select private.commit_round(${id}::uuid, ${revision}::int, ${floorsRevision}::int, ${nonce}::bytea) as why`.execute(
    tx,
  );
  return rows[0]?.why ?? null;
}

/** Out: why the round was not cancelled; null when it was. */
export async function cancelRound(
  tx: ActorTx,
  { id, revision, reason }: { id: string; revision: number; reason: string },
): Promise<string | null> {
  const { rows } = await sql<{ why: string | null }>`
    select private.cancel_round(${id}::uuid, ${revision}::int, ${reason}) as why`.execute(tx);
  return rows[0]?.why ?? null;
}

/** Brings every round to where the clock says it is. Out: those that this call moved. */
export async function moveByClock(tx: SystemTx): Promise<{ id: string; state: RoundState }[]> {
  const { rows } = await sql<{ id: string; state: RoundState }>`
    select id, state from private.move_rounds_by_clock()`.execute(tx);
  return rows;
}
