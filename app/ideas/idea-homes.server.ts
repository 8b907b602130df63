import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Beside } from "~/kernel/beside";
import { maySubmit } from "./idea";
import * as queries from "./idea-home.queries.server";
import * as lists from "./idea-list.queries.server";
import * as staffLists from "./idea-staff-list.queries.server";
import { statusesOf } from "./idea-statuses.server";

const [IDEAS, NEWS, WAITING, COMMENTS] = [6, 8, 5, 6];

/**
 * A client's home: what waits for them, their own ideas (the account's newest for one who suggests none), what happened to
 * the account's, since when that is news to them, and how much of it there is; and what another module reads along.
 */
export function portalHome<T = never>(client: ClientActor, besideHome: Beside<T[]> = queries.NOTHING_BESIDE) {
  return asActor(client, async (tx) => {
    const { since, beside } = await queries.comeHome(tx, besideHome);
    const news = await lists.listNews(tx, { take: NEWS, since });
    return {
      since,
      beside,
      news: news.map(({ fresh: _, ...one }) => one),
      fresh: news[0]?.fresh ?? 0,
      waiting: await queries.listWaitingFor(tx, client, WAITING),
      ideas: maySubmit(client)
        ? await lists.listIdeasOf(tx, client, IDEAS)
        : await lists.listAccountIdeas(tx, client.accountId, IDEAS),
    };
  });
}

/** Staff's home: what waits for a first answer, what this one of us looks after, where ideas stand, what customers said; and what another module reads along. */
export function staffHome<T = never>(staff: StaffActor, besideHome: Beside<T[]> = queries.NOTHING_BESIDE) {
  return asActor(staff, async (tx) => {
    const inUse = (await statusesOf(tx)).filter(({ retired }) => !retired).map(({ id }) => id);
    const { counts, beside } = await staffLists.countByStatusBeside(tx, null, inUse, besideHome);
    return {
      beside,
      counts: inUse.map((status) => ({ status, count: counts.get(status) ?? 0 })),
      unanswered: await queries.listUnanswered(tx, IDEAS),
      mine: await queries.listOwned(tx, staff.personId, IDEAS),
      comments: await lists.listClientComments(tx, COMMENTS),
    };
  });
}
