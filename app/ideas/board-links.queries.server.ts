import type { ActorTx } from "~/kernel/actor-tx.server";

/** Ideas of these ids that the actor reads, those that all customers see among them. */
export async function findLinked(tx: ActorTx, ids: readonly string[]) {
  const rows = await tx.selectFrom("ideas").where("id", "in", ids).select(["id", "title", "status"]).execute();
  const known = new Set(rows.map(({ id }) => id));
  const shared = await tx
    .selectFrom("sharedIdeas")
    .where("ideaId", "in", ids)
    .select(["ideaId as id", "title", "status"])
    .execute();
  return [...rows, ...shared.filter(({ id }) => !known.has(id))];
}
