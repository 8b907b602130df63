import { type SqlBool, sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Money } from "~/kernel/money";
import type {
  Absence,
  AccountField,
  AccountHead,
  AccountKind,
  AccountRow,
  AccountState,
  FieldChoice,
  FieldKind,
  Names,
  Site,
  TeamMember,
  TeamRole,
} from "./staff-account";

// ------------------------------------------------------------------ reading

const STATE = sql<AccountState>`case when a.merged_into is not null then 'merged' when a.closed_at is not null then 'closed' else 'open' end`;
const PEOPLE = sql<number>`(select count(*)::int from people p where p.account_id = a.id and p.removed_at is null)`;

const moneyOf = (minor: bigint | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor, currency };

export type AccountQuestion = {
  q: string;
  kind: AccountKind | null;
  state: AccountState;
  after: string | null;
  take: number;
};

/** Accounts in the order of their names; `q`: part of the name, a whole domain or a whole e-mail address. */
export async function listAccounts(
  tx: ActorTx,
  { q, kind, state, after, take }: AccountQuestion,
): Promise<AccountRow[]> {
  const like = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  let rows = tx
    .selectFrom("accounts as a")
    .leftJoin("accountValues as v", "v.accountId", "a.id")
    .select(["a.id", "a.name", "a.domain", "v.yearlyMinor", "v.yearlyCurrency"])
    .select([
      sql<AccountKind>`a.kind`.as("kind"),
      STATE.as("state"),
      PEOPLE.as("people"),
      sql<string | null>`(select p.display_name from account_team t join people p on p.id = t.person_id
        where t.account_id = a.id and t.role = 'lead')`.as("lead"),
    ])
    .orderBy("a.name")
    .orderBy("a.id")
    .limit(take);
  if (kind) rows = rows.where("a.kind", "=", kind);
  if (state === "merged") rows = rows.where("a.mergedInto", "is not", null);
  else rows = rows.where("a.mergedInto", "is", null).where("a.closedAt", state === "closed" ? "is not" : "is", null);
  if (q) {
    rows = rows.where(
      sql<SqlBool>`a.id in (
        select n.id from accounts n where n.name ilike ${like} or n.domain = ${q.toLowerCase()}
        union all select c.account_id from person_contacts c where c.email = ${q}::extensions.citext)`,
    );
  }
  if (after) {
    rows = rows.where(sql<SqlBool>`(a.name, a.id) > (select l.name, l.id from accounts l where l.id = ${after}::uuid)`);
  }
  return (await rows.execute()).map(({ yearlyMinor, yearlyCurrency, ...row }) => ({
    ...row,
    value: moneyOf(yearlyMinor, yearlyCurrency),
  }));
}

/** What stands on top of every page of an account; undefined when there is none. */
export async function findAccount(tx: ActorTx, id: string): Promise<AccountHead | undefined> {
  const row = await tx
    .selectFrom("accounts as a")
    .leftJoin("accountValues as v", "v.accountId", "a.id")
    .leftJoin("accounts as into", "into.id", "a.mergedInto")
    .where("a.id", "=", id)
    .select([
      "a.id",
      "a.name",
      "a.domain",
      "a.closedAt",
      "a.createdAt",
      "a.revision",
      "v.yearlyMinor",
      "v.yearlyCurrency",
    ])
    .select([
      "into.id as intoId",
      "into.name as intoName",
      sql<AccountKind>`a.kind`.as("kind"),
      STATE.as("state"),
      PEOPLE.as("people"),
      sql<number>`(select count(*)::int from account_sites s where s.account_id = a.id)`.as("sites"),
    ])
    .executeTakeFirst();
  if (!row) return undefined;
  const { intoId, intoName, yearlyMinor, yearlyCurrency, ...head } = row;
  return {
    ...head,
    mergedInto: intoId && intoName ? { id: intoId, name: intoName } : null,
    value: moneyOf(yearlyMinor, yearlyCurrency),
  };
}

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

/** Who of us looks after an account, the lead first. */
export function listTeam(tx: ActorTx, accountId: string): Promise<TeamMember[]> {
  return tx
    .selectFrom("accountTeam as t")
    .innerJoin("people as p", "p.id", "t.personId")
    .where("t.accountId", "=", accountId)
    .select(["t.personId", "p.displayName as name", sql<TeamRole>`t.role`.as("role")])
    .orderBy(sql`array_position(array['lead', 'design', 'pricing', 'production', 'support'], t.role)`)
    .orderBy("p.displayName")
    .execute();
}

/** Who is away now or later, soonest first; days begin and end in the zone of the person who is away. */
export function listAbsences(tx: ActorTx): Promise<Absence[]> {
  return tx
    .selectFrom("absences as b")
    .innerJoin("people as p", "p.id", "b.personId")
    .leftJoin("people as s", "s.id", "b.substituteId")
    .leftJoin("personContacts as c", "c.personId", "b.personId")
    .where(sql<SqlBool>`b.to_day >= current_date - 1`)
    .select(["b.id", "b.personId", "p.displayName as name", "b.substituteId", "s.displayName as substitute"])
    .select([
      sql<string>`coalesce(c.zone, 'Europe/Berlin')`.as("zone"),
      sql<string>`b.from_day::text`.as("fromDay"),
      sql<string>`b.to_day::text`.as("toDay"),
    ])
    .orderBy("b.fromDay")
    .orderBy("b.id")
    .limit(200)
    .execute();
}

/** Members of staff, by name. */
export function listStaffNames(tx: ActorTx) {
  return tx
    .selectFrom("people as p")
    .where("p.side", "=", "staff")
    .where("p.removedAt", "is", null)
    .select(["p.id", "p.displayName as name"])
    .orderBy("p.displayName")
    .limit(300)
    .execute();
}

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

/** What happened to an account itself, newest first. */
export function listAccountEvents(
  tx: ActorTx,
  accountId: string,
  { before, take }: { before: string | null; take: number },
) {
  let rows = tx
    .selectFrom("events as e")
    .leftJoin("people as who", "who.id", "e.actorId")
    .leftJoin("eventStaffFacts as s", "s.eventId", "e.id")
    .where("e.subjectId", "=", accountId)
    .where("e.subjectKind", "=", "account")
    .select(["e.name", "e.happenedAt as at", "who.displayName as who"])
    .select([
      sql<string>`e.id::text`.as("id"),
      sql<Record<string, unknown>>`e.facts || coalesce(s.facts, '{}')`.as("facts"),
    ])
    .orderBy("e.id", "desc")
    .limit(take);
  if (before) rows = rows.where("e.id", "<", BigInt(before));
  return rows.execute();
}

/** Merges of other accounts into this one that have not been undone. */
export function listMergesInto(tx: ActorTx, accountId: string) {
  return tx
    .selectFrom("accountMerges as m")
    .innerJoin("accounts as a", "a.id", "m.fromAccount")
    .innerJoin("people as p", "p.id", "m.mergedBy")
    .where("m.intoAccount", "=", accountId)
    .where("m.undoneAt", "is", null)
    .select(["m.id", "a.id as accountId", "a.name", "m.mergedAt as at", "p.displayName as who"])
    .orderBy("m.id", "desc")
    .limit(20)
    .execute();
}

// ------------------------------------------------------------------ writing

export type NewAccount = { name: string; kind: AccountKind; domain: string | null };

export async function insertAccount(tx: ActorTx, account: NewAccount, createdBy: string): Promise<string> {
  return (
    await tx
      .insertInto("accounts")
      .values({ ...account, createdBy })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
}

/** Changes an account when it is still at this revision. Out: whether it was. */
export async function updateAccount(tx: ActorTx, id: string, revision: number, account: NewAccount): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("accounts")
    .set(account)
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts down what an account is worth in a year; null takes it back. */
export async function saveValue(tx: ActorTx, accountId: string, value: Money | null, createdBy: string): Promise<void> {
  if (!value) {
    await tx.deleteFrom("accountValues").where("accountId", "=", accountId).execute();
    return;
  }
  const money = { yearlyMinor: value.minor, yearlyCurrency: value.currency };
  await tx
    .insertInto("accountValues")
    .values({ accountId, ...money, createdBy })
    .onConflict((conflict) => conflict.column("accountId").doUpdateSet(money))
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

export async function insertTeamMember(
  tx: ActorTx,
  member: { accountId: string; personId: string; role: TeamRole },
  createdBy: string,
): Promise<void> {
  await tx
    .insertInto("accountTeam")
    .values({ ...member, createdBy })
    .execute();
}

export async function deleteTeamMember(
  tx: ActorTx,
  { accountId, personId, role }: { accountId: string; personId: string; role: TeamRole },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("accountTeam")
    .where("accountId", "=", accountId)
    .where("personId", "=", personId)
    .where("role", "=", role)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export type NewAbsence = { personId: string; substituteId: string | null; fromDay: string; toDay: string };

export async function insertAbsence(tx: ActorTx, absence: NewAbsence, createdBy: string): Promise<void> {
  const { fromDay, toDay, ...who } = absence;
  await tx
    .insertInto("absences")
    .values({ ...who, createdBy, fromDay: sql<Date>`${fromDay}::date`, toDay: sql<Date>`${toDay}::date` })
    .execute();
}

export async function deleteAbsence(tx: ActorTx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("absences").where("id", "=", id).executeTakeFirst();
  return numDeletedRows === 1n;
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
