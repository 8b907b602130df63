import type { StaffActor } from "~/kernel/actor";
import { change, type Outcome, pageOfAccount, refused, tellChange } from "./account-changes.server";
import * as queries from "./account-site.queries.server";
import { inTreeOrder } from "./staff-account";

/** The door to the sites of an account, and to who works where. */

/** The account's sites as a tree, and who works where. */
export function viewSites(staff: StaffActor, id: string) {
  return pageOfAccount(staff, id, async (tx) => ({
    sites: inTreeOrder(await queries.listSites(tx, id)),
    people: await queries.listPlacedPeople(tx, id),
  }));
}

/** Adds a site below another one (null: on top). */
export function addSite(staff: StaffActor, accountId: string, site: queries.NewSite): Outcome {
  return change(staff, accountId, async (tx) => {
    await queries.insertSite(tx, accountId, site, staff.personId);
    await tellChange(tx, staff, accountId, { what: ["sites"] }, { added: site.name });
    return { ok: true };
  });
}

/** Renames a site, moves it with all below it, or both. */
export function changeSite(
  staff: StaffActor,
  accountId: string,
  wish: queries.NewSite & { id: string; revision: number },
): Outcome {
  const { id, revision, ...site } = wish;
  return change(staff, accountId, async (tx) => {
    if (!(await queries.updateSite(tx, { accountId, id, revision }, site))) return refused("changed-meanwhile");
    await tellChange(tx, staff, accountId, { what: ["sites"] }, { changed: site.name });
    return { ok: true };
  });
}

/** Takes a site away that has none below it; who worked there works at none. */
export function removeSite(staff: StaffActor, accountId: string, id: string): Outcome {
  return change(staff, accountId, async (tx) => {
    if (!(await queries.deleteSite(tx, accountId, id))) return refused("not-found");
    await tellChange(tx, staff, accountId, { what: ["sites"] });
    return { ok: true };
  });
}

/** Says at which site somebody works; null: at none. */
export function placePerson(
  staff: StaffActor,
  accountId: string,
  wish: { personId: string; siteId: string | null },
): Outcome {
  return change(staff, accountId, async (tx) => {
    const people = await queries.listPlacedPeople(tx, accountId);
    const sites = await queries.listSites(tx, accountId);
    if (!people.some(({ id }) => id === wish.personId)) return refused("not-found");
    if (wish.siteId && !sites.some(({ id }) => id === wish.siteId)) return refused("not-found");
    await queries.placePerson(tx, { accountId, ...wish }, staff.personId);
    return { ok: true };
  });
}
