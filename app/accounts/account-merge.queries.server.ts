import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";

/** What goes along with a merge, table by table. */
export type MergeLine = { tableName: string; going: bigint; standingAside: bigint };

export async function previewMerge(tx: ActorTx, from: string, into: string): Promise<MergeLine[]> {
  const { rows } = await sql<MergeLine>`
    select * from private.preview_merge(${from}::uuid, ${into}::uuid)`.execute(tx);
  return rows;
}

export type MergeVerdict =
  | "ok"
  | "not-yours"
  | "same-account"
  | "not-found"
  | "merged-already"
  | "closed"
  | "entangled";

export async function mergeAccounts(tx: ActorTx, from: string, into: string) {
  const { rows } = await sql<{ outcome: MergeVerdict; merge: string | null; entangled: string | null }>`
    select * from private.merge_accounts(${from}::uuid, ${into}::uuid)`.execute(tx);
  return rows[0] ?? { outcome: "not-found" as const, merge: null, entangled: null };
}

export async function unmergeAccounts(tx: ActorTx, merge: string) {
  type Row = {
    outcome: "ok" | "not-yours" | "not-found" | "merged-on" | "closed" | "entangled";
    fromId: string;
    intoId: string;
    entangled: string | null;
  };
  const { rows } = await sql<Row>`select * from private.unmerge_accounts(${merge}::uuid)`.execute(tx);
  return rows[0] ?? { outcome: "not-found" as const, fromId: "", intoId: "", entangled: null };
}
