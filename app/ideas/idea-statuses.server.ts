import { sql } from "kysely";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import { inLanguage, type Status, type StatusKind, type StatusRow } from "./idea-status";

/** Statuses change once in months and stand on every page: every process reads them again after a few seconds. */

const KEPT_MS = 3_000;
let kept: { rows: readonly StatusRow[]; until: number } | null = null;

/** Every status, retired ones too, in the order admins gave them. */
export async function statusesOf(tx: ActorTx): Promise<readonly StatusRow[]> {
  if (kept && kept.until > Date.now()) return kept.rows;
  const rows = await tx
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
  // Whoever was removed reads none, and others are not to miss them for that.
  if (rows.length > 0) kept = { rows, until: Date.now() + KEPT_MS };
  return rows;
}

/** Reads them anew from now on, in this process. */
export function forgetStatuses(): void {
  kept = null;
}

/** Every status as people of this language read it, for pages. */
export async function statusesFor(actor: ClientActor | StaffActor, locale: Locale): Promise<Status[]> {
  const rows = kept && kept.until > Date.now() ? kept.rows : await asActor(actor, statusesOf);
  return inLanguage(rows, locale);
}
