import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Site } from "./staff-account";

/** Sites of an account with the names of who works there, as they come. */
export function listSites(tx: ActorTx, accountId: string): Promise<Site[]> {
  return tx
    .selectFrom("accountSites as s")
    .where("s.accountId", "=", accountId)
    .select(["s.id", "s.parentId", "s.name", "s.address", "s.revision"])
    .select(
      sql<string[]>`array(select p.display_name from site_people w join people p on p.id = w.person_id
        where w.account_id = s.account_id and w.site_id = s.id and p.removed_at is null order by 1)`.as("people"),
    )
    .orderBy("s.name")
    .limit(500)
    .execute();
}

/** People of an account in the order of their names, each with the site they work at. */
export function listPlacedPeople(tx: ActorTx, accountId: string) {
  return tx
    .selectFrom("people as p")
    .leftJoin("sitePeople as w", "w.personId", "p.id")
    .where("p.accountId", "=", accountId)
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name", "w.siteId"])
    .orderBy("p.displayName")
    .limit(200)
    .execute();
}

export type NewSite = { parentId: string | null; name: string; address: string | null };

export async function insertSite(tx: ActorTx, accountId: string, site: NewSite, createdBy: string): Promise<void> {
  await tx
    .insertInto("accountSites")
    .values({ ...site, accountId, createdBy })
    .execute();
}

export async function updateSite(
  tx: ActorTx,
  site: { accountId: string; id: string; revision: number },
  change: NewSite,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("accountSites")
    .set(change)
    .where("accountId", "=", site.accountId)
    .where("id", "=", site.id)
    .where("revision", "=", site.revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function deleteSite(tx: ActorTx, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("accountSites")
    .where("accountId", "=", accountId)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Says at which site somebody works; null: at none. */
export async function placePerson(
  tx: ActorTx,
  place: { accountId: string; personId: string; siteId: string | null },
  createdBy: string,
): Promise<void> {
  const { accountId, personId, siteId } = place;
  await tx.deleteFrom("sitePeople").where("accountId", "=", accountId).where("personId", "=", personId).execute();
  if (siteId) await tx.insertInto("sitePeople").values({ accountId, personId, siteId, createdBy }).execute();
}
