import type { SystemTx } from "~/kernel/system-tx.server";

export type ToldEvent = { id: string; kind: string; objectId: string | null; happenedAt: Date; payload: string };

/** Keeps an event of Stripe's. Out: whether it was told for the first time. */
export async function keepEvent(tx: SystemTx, event: ToldEvent): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("stripeEvents")
    .values(event)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
