import type { StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import * as queries from "./account-merge.queries.server";
import { type AccountHead, mayManageAccounts } from "./staff-account";
import { findAccount, listAccounts } from "./staff-account.queries.server";

/** The door to merging accounts, and to undoing it. */

const CANDIDATES = 8;

/** What a merge moves, as its page tells it. */
export const MERGE_ROWS = [
  "people",
  "ideas",
  "comments",
  "support",
  "sites",
  "team",
  "values",
  "invitations",
  "other",
] as const;
export type MergeRow = (typeof MERGE_ROWS)[number];

const ROW_OF: Record<string, MergeRow> = {
  people: "people",
  ideas: "ideas",
  idea_comments: "comments",
  idea_support: "support",
  account_sites: "sites",
  account_team: "team",
  account_values: "values",
  account_field_values: "values",
  invitations: "invitations",
  guest_grants: "invitations",
};

type Preview = { into: AccountHead; lines: { row: MergeRow; going: number; aside: number }[] };

/**
 * The page of a merge: the account, accounts it could be merged into that `q` finds, and once one was chosen, what would go
 * along. Undefined when there is no such account.
 */
export function viewMerge(staff: StaffActor, id: string, { q, into }: { q: string; into: string | null }) {
  return asActor(staff, async (tx) => {
    const account = await findAccount(tx, id);
    if (!account) return undefined;
    const mayManage = mayManageAccounts(staff) && account.state === "open";
    if (!mayManage) return { account, mayManage, candidates: [], preview: null };
    const question = { q, kind: null, state: "open" as const, after: null, take: CANDIDATES + 1 };
    const candidates = into
      ? []
      : (await listAccounts(tx, question)).filter((one) => one.id !== id).slice(0, CANDIDATES);
    return { account, mayManage, candidates, preview: into ? await previewOf(tx, account, into) : null };
  });
}

async function previewOf(tx: ActorTx, account: AccountHead, intoId: string): Promise<Preview | null> {
  const into = await findAccount(tx, intoId);
  if (!into || into.id === account.id || into.state !== "open") return null;
  const sums = new Map<MergeRow, { going: number; aside: number }>();
  for (const line of await queries.previewMerge(tx, account.id, into.id)) {
    const row = ROW_OF[line.tableName] ?? "other";
    const sum = sums.get(row) ?? { going: 0, aside: 0 };
    sums.set(row, { going: sum.going + Number(line.going), aside: sum.aside + Number(line.standingAside) });
  }
  return {
    into,
    lines: MERGE_ROWS.flatMap((row) => (sums.has(row) ? [{ row, going: 0, aside: 0, ...sums.get(row) }] : [])),
  };
}

type Outcome = { ok: true } | { ok: false; why: string; what?: string | null };

/** Merges an account into another one: one transaction, told in the histories of both. */
export function mergeAccounts(staff: StaffActor, from: string, into: string): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const { outcome, merge, entangled } = await queries.mergeAccounts(tx, from, into);
    if (outcome !== "ok") return { ok: false, why: outcome, what: entangled };
    await tell(tx, staff, "account.merged", { from, into, merge });
    return { ok: true };
  });
}

/** Undoes a merge: every row is where it was, and what was added to one of them since goes with it. */
export function undoMerge(staff: StaffActor, merge: string): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const { outcome, fromId, intoId, entangled } = await queries.unmergeAccounts(tx, merge);
    if (outcome !== "ok") return { ok: false, why: outcome, what: entangled };
    await tell(tx, staff, "account.unmerged", { from: fromId, into: intoId, merge });
    return { ok: true };
  });
}

async function tell(
  tx: ActorTx,
  staff: StaffActor,
  name: "account.merged" | "account.unmerged",
  { from, into, merge }: { from: string; into: string; merge: string | null },
): Promise<void> {
  const [one, other] = [await findAccount(tx, from), await findAccount(tx, into)];
  const about = (id: string) => ({ kind: "account", id, accountId: id });
  await recordEvent(tx, staff, name, about(from), { merge, away: true, other: other?.name }, null, "staff");
  await recordEvent(tx, staff, name, about(into), { merge, away: false, other: one?.name }, null, "staff");
}
