import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";

/** Views that staff keep of their list of ideas. The rules of the database show everybody their own and shared ones. */

export type KeptView = { personId: string; name: string; query: string; shared: boolean };

/** Out: the new view's id; undefined when the person has one by that name. */
export async function insertView(tx: ActorTx, view: KeptView): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into idea_views (person_id, name, query, shared)
    values (${view.personId}::uuid, ${view.name}, ${view.query}, ${view.shared})
    on conflict (person_id, lower(name)) do nothing returning id`.execute(tx);
  return rows[0]?.id;
}

/** Calls a view of one's own otherwise, and says who sees it. Out: whether there was one. Throws (23505): the name is taken. */
export async function updateView(
  tx: ActorTx,
  { id, personId, name, shared }: Omit<KeptView, "query"> & { id: string },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("ideaViews")
    .set({ name, shared })
    .where("id", "=", id)
    .where("personId", "=", personId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes a view of one's own. Out: whether there was one. */
export async function deleteView(tx: ActorTx, personId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom("ideaViews")
    .where("id", "=", id)
    .where("personId", "=", personId)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** Whether the view exists for whoever asks. */
export async function seesView(tx: ActorTx, id: string): Promise<boolean> {
  return (await tx.selectFrom("ideaViews").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;
}

/** The query of the view that a person's list opens with. */
export async function usualView(tx: ActorTx, personId: string): Promise<{ id: string; query: string } | undefined> {
  return tx
    .selectFrom("ideaViewDefaults as d")
    .innerJoin("ideaViews as v", "v.id", "d.viewId")
    .where("d.personId", "=", personId)
    .select(["v.id", "v.query"])
    .executeTakeFirst();
}

export async function setUsualView(tx: ActorTx, personId: string, viewId: string | null): Promise<void> {
  if (viewId === null) {
    await tx.deleteFrom("ideaViewDefaults").where("personId", "=", personId).execute();
    return;
  }
  await tx
    .insertInto("ideaViewDefaults")
    .values({ personId, viewId })
    .onConflict((conflict) => conflict.column("personId").doUpdateSet({ viewId }))
    .execute();
}
