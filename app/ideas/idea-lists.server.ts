import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { PAGE_SIZE, pageOf, STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { tokeniseQuery } from "~/kernel/search-tokens";
import * as queries from "./idea-list.queries.server";
import type { IdeaStatus } from "./idea-status";

/** The door to lists of ideas: each use case is one transaction of its actor, who is told of nothing they may not see. */

const _IDEAS_AT_HOME = 6;

export type ListQuestion = { q: string; status: IdeaStatus | null; after: string | null };

/** What was typed as a filter. Null when something was typed that holds no word: nothing matches that. */
function filterOf({ q, status, after }: ListQuestion, size: number): queries.IdeaFilter | null {
  const words = q === "" ? null : tokeniseQuery(q);
  return q !== "" && words === null ? null : { words, status, before: after, take: size + 1 };
}

const NOTHING = { rows: [], next: null };

/** A client's ideas, newest first: one page, and where the next one begins. */
export async function listIdeas(client: ClientActor, question: ListQuestion) {
  const filter = filterOf(question, PAGE_SIZE);
  if (!filter) return NOTHING;
  const rows = await asActor(client, (tx) => queries.listAccountIdeas(tx, client.accountId, filter));
  return pageOf(rows, PAGE_SIZE);
}

/** Ideas of all accounts (or of one), newest first, for staff. `account` null: no such account. */
export async function listStaffIdeas(staff: StaffActor, question: ListQuestion & { account: string | null }) {
  const filter = filterOf(question, STAFF_PAGE_SIZE);
  const { account } = question;
  return asActor(staff, async (tx) => {
    const name = account === null ? null : ((await queries.accountName(tx, account)) ?? null);
    if (!filter || (account !== null && name === null)) return { ...NOTHING, account: name };
    return { ...pageOf(await queries.listStaffIdeas(tx, { ...filter, account }), STAFF_PAGE_SIZE), account: name };
  });
}
