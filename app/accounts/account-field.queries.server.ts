import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { AccountField, FieldChoice, FieldKind, Names } from "./staff-account";

const FIELD = ["f.id", "f.key", "f.place", "f.revision"] as const;
const fieldParts = [
  sql<FieldKind>`f.kind`.as("kind"),
  sql<Names>`f.names`.as("names"),
  sql<FieldChoice[]>`f.choices`.as("choices"),
  sql<boolean>`f.retired_at is not null`.as("retired"),
] as const;

/** All fields that accounts have, those out of use last. */
export function listFields(tx: ActorTx): Promise<AccountField[]> {
  return tx
    .selectFrom("accountFields as f")
    .select(FIELD)
    .select(fieldParts)
    .orderBy(sql`f.retired_at is not null`)
    .orderBy("f.place")
    .orderBy("f.id")
    .limit(100)
    .execute();
}

/** Fields in use, each with what it holds for an account; one out of use is there while it holds something. */
export function listFilledFields(tx: ActorTx, accountId: string) {
  return tx
    .selectFrom("accountFields as f")
    .leftJoin("accountFieldValues as v", (join) =>
      join.onRef("v.fieldId", "=", "f.id").on("v.accountId", "=", accountId),
    )
    .where((eb) => eb.or([eb("f.retiredAt", "is", null), eb("v.value", "is not", null)]))
    .select(FIELD)
    .select(fieldParts)
    .select("v.value")
    .orderBy("f.place")
    .orderBy("f.id")
    .limit(100)
    .execute();
}

/** Fills fields in; null empties one. */
export async function saveFieldValues(
  tx: ActorTx,
  accountId: string,
  values: readonly { fieldId: string; value: string | null }[],
  createdBy: string,
): Promise<void> {
  const gone = values.filter(({ value }) => value === null).map(({ fieldId }) => fieldId);
  const kept = values.flatMap(({ fieldId, value }) =>
    value === null ? [] : [{ accountId, fieldId, value, createdBy }],
  );
  if (gone.length > 0) {
    await tx.deleteFrom("accountFieldValues").where("accountId", "=", accountId).where("fieldId", "in", gone).execute();
  }
  if (kept.length === 0) return;
  await tx
    .insertInto("accountFieldValues")
    .values(kept)
    .onConflict((conflict) =>
      conflict.columns(["accountId", "fieldId"]).doUpdateSet((eb) => ({ value: eb.ref("excluded.value") })),
    )
    .execute();
}

export type NewField = { key: string; kind: FieldKind; names: Names; choices: FieldChoice[]; place: number };

export async function insertField(
  tx: ActorTx,
  { names, choices, ...field }: NewField,
  createdBy: string,
): Promise<string> {
  const values = { ...field, createdBy, names: JSON.stringify(names), choices: JSON.stringify(choices) };
  return (await tx.insertInto("accountFields").values(values).returning("id").executeTakeFirstOrThrow()).id;
}

/** Takes a field out of use, or back into it. */
export async function retireField(tx: ActorTx, id: string, revision: number, retiredAt: Date | null): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("accountFields")
    .set({ retiredAt })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
