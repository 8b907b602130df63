import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import type { IdeaStatus, StatusKind, StatusRefusal, StatusRow, StatusWish } from "./idea-status";

/** Every status, retired ones too, in the order admins gave them. */
export function listStatuses(tx: ActorTx): Promise<StatusRow[]> {
  return tx
    .selectFrom("ideaStatuses")
    .select(["id", "key", "position", "revision"])
    .select([
      sql<StatusKind>`kind`.as("kind"),
      sql<Record<Locale, string>>`names`.as("names"),
      sql<boolean>`retired_at is not null`.as("retired"),
    ])
    .orderBy("position")
    .orderBy("id")
    .execute();
}

/** Out: the key under which events know the new status. */
export async function insertStatus(
  tx: ActorTx,
  { id, names, kind, position }: StatusWish & { id: IdeaStatus },
  createdBy: string,
): Promise<string> {
  const { key } = await tx
    .insertInto("ideaStatuses")
    .values({ id, kind, position, names: JSON.stringify(names), createdBy })
    .returning("key")
    .executeTakeFirstOrThrow();
  return key;
}

/** Out: its key, or undefined when the status was not at this revision any more, or is retired. */
export async function updateStatus(
  tx: ActorTx,
  { id, revision, names, kind, position }: StatusWish & { id: IdeaStatus; revision: number },
): Promise<string | undefined> {
  const row = await tx
    .updateTable("ideaStatuses")
    .set({ kind, position, names: JSON.stringify(names) })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .where("retiredAt", "is", null)
    .returning("key")
    .executeTakeFirst();
  return row?.key;
}

/** Out: that it is retired and its ideas are at the other one, or why not. */
export async function retireStatus(
  tx: ActorTx,
  { id, instead, revision }: { id: IdeaStatus; instead: IdeaStatus; revision: number },
): Promise<"retired" | StatusRefusal> {
  const { rows } = await sql<{ answer: "retired" | StatusRefusal }>`
    select private.retire_status(${id}, ${instead}, ${revision}) as answer`.execute(tx);
  return rows[0]?.answer ?? "not-found";
}

/** Out: that it is in use again, or why not. */
export async function bringBackStatus(
  tx: ActorTx,
  { id, revision }: { id: IdeaStatus; revision: number },
): Promise<"back" | StatusRefusal> {
  const { rows } = await sql<{ answer: "back" | StatusRefusal }>`
    select private.bring_back_status(${id}, ${revision}) as answer`.execute(tx);
  return rows[0]?.answer ?? "not-found";
}
