import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import type { ImportCells, ImportVerdict, ImportWhy, JudgedRow, KnownAccount, ReadRow } from "./account-import";

/** Which of these addresses, domains and names (in small letters) are of accounts we have. */
export async function accountsLike(
  tx: ActorTx,
  { emails, domains, names }: { emails: string[]; domains: string[]; names: string[] },
): Promise<KnownAccount[]> {
  const { rows } = await sql<KnownAccount>`
    select how, word, account_id from private.accounts_like(${emails}::text[], ${domains}::text[], ${names}::text[])`.execute(
    tx,
  );
  return rows;
}

export async function insertImport(tx: ActorTx, fileName: string, createdBy: string): Promise<string> {
  // One file at a time: what was not confirmed is forgotten with the next one.
  await tx.deleteFrom("accountImports").where("createdBy", "=", createdBy).where("confirmedAt", "is", null).execute();
  return (
    await tx.insertInto("accountImports").values({ fileName, createdBy }).returning("id").executeTakeFirstOrThrow()
  ).id;
}

export async function insertImportRows(tx: ActorTx, importId: string, rows: readonly JudgedRow[]): Promise<void> {
  await sql`
    insert into account_import_rows (import_id, line, cells, verdict, why, duplicate_of)
    select ${importId}::uuid, r.line, r.cells, r.verdict, r.why, r."duplicateOf"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (line int, cells jsonb, verdict text, why text, "duplicateOf" uuid)`.execute(tx);
}

export type ImportHead = {
  id: string;
  fileName: string;
  createdAt: Date;
  confirmedAt: Date | null;
  who: string;
  createdBy: string;
  new: number;
  duplicate: number;
  refused: number;
};

export function findImport(tx: ActorTx, id: string): Promise<ImportHead | undefined> {
  const count = (verdict: ImportVerdict) =>
    sql<number>`(select count(*)::int from account_import_rows r where r.import_id = i.id and r.verdict = ${verdict})`;
  return tx
    .selectFrom("accountImports as i")
    .innerJoin("people as p", "p.id", "i.createdBy")
    .where("i.id", "=", id)
    .select(["i.id", "i.fileName", "i.createdAt", "i.confirmedAt", "i.createdBy", "p.displayName as who"])
    .select([count("new").as("new"), count("duplicate").as("duplicate"), count("refused").as("refused")])
    .executeTakeFirst();
}

export type ImportRow = {
  line: number;
  cells: ImportCells;
  verdict: ImportVerdict;
  why: ImportWhy | null;
  duplicateOf: string | null;
  duplicateName: string | null;
  made: string | null;
};

/** Lines of an import from `after` on, of one verdict or all. */
export function listImportRows(
  tx: ActorTx,
  id: string,
  { verdict, after, take }: { verdict: ImportVerdict | null; after: number; take: number },
): Promise<ImportRow[]> {
  const rows = tx
    .selectFrom("accountImportRows as r")
    .leftJoin("accounts as d", "d.id", "r.duplicateOf")
    .where("r.importId", "=", id)
    .where("r.line", ">", after)
    .select(["r.line", "r.duplicateOf", "d.name as duplicateName", "r.made"])
    .select([
      sql<ImportCells>`r.cells`.as("cells"),
      sql<ImportVerdict>`r.verdict`.as("verdict"),
      sql<ImportWhy | null>`r.why`.as("why"),
    ])
    .orderBy("r.line")
    .limit(take);
  return (verdict ? rows.where("r.verdict", "=", verdict) : rows).execute();
}

/** Takes an import that nobody confirmed yet, once. Out: whether it was there. */
export async function confirmImport(tx: ActorTx, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("accountImports")
    .set({ confirmedAt: at })
    .where("id", "=", id)
    .where("confirmedAt", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Says anew what became of lines: between looking and confirming somebody may have made the like. */
export async function settleRows(tx: ActorTx, id: string, rows: readonly JudgedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update account_import_rows t set verdict = r.verdict, why = r.why, duplicate_of = r."duplicateOf"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line int, verdict text, why text, "duplicateOf" uuid)
    where t.import_id = ${id}::uuid and t.line = r.line`.execute(tx);
}

export type ImportedAccount = Pick<ReadRow, "name" | "kind" | "domain"> & {
  line: number;
  minor: string | null;
  currency: string | null;
};

/**
 * Makes the accounts of an import with their values and the lines of the log, and notes at each line which account it became.
 * In: rows whose names differ. Out: the new accounts by line.
 */
export async function insertImported(
  tx: ActorTx,
  { id, file, createdBy }: { id: string; file: string; createdBy: string },
  rows: readonly ImportedAccount[],
): Promise<{ line: number; id: string }[]> {
  const text = JSON.stringify(rows);
  const { rows: made } = await sql<{ line: number; id: string }>`
    with r as (
      select * from jsonb_to_recordset(${text}::jsonb) as r (line int, name text, kind text, domain text, minor bigint, currency text)
    ), made as (
      insert into accounts (name, kind, domain, created_by) select name, kind, domain, ${createdBy}::uuid from r order by line
      returning id, name
    ), worth as (
      insert into account_values (account_id, yearly_minor, yearly_currency, created_by)
      select made.id, r.minor, r.currency, ${createdBy}::uuid from made join r using (name) where r.minor is not null
    ), noted as (
      update account_import_rows t set made = made.id from made join r using (name)
      where t.import_id = ${id}::uuid and t.line = r.line
    )
    select r.line, made.id from made join r using (name)`.execute(tx);
  await sql`
    select private.record_event('account.created', 'account', a.id, a.id,
      jsonb_build_object('name', a.name, 'kind', a.kind, 'imported', ${file}::text), null, 'staff', null)
    from account_import_rows t join accounts a on a.id = t.made where t.import_id = ${id}::uuid and t.line = any (${rows.map(({ line }) => line)}::int[])`.execute(
    tx,
  );
  return made;
}

/** Invites the owners of accounts that were just made, with the lines of the log; all of them in one statement. */
export async function inviteOwners(
  tx: ActorTx,
  owners: readonly { accountId: string; email: string }[],
  letter: { language: Locale; expiresAt: Date; invitedBy: string },
): Promise<void> {
  await sql`
    with invited as (
      insert into invitations (account_id, email, role, language, invited_by, expires_at)
      select o."accountId", o.email, 'owner', ${letter.language}, ${letter.invitedBy}::uuid, ${letter.expiresAt}
      from jsonb_to_recordset(${JSON.stringify(owners)}::jsonb) as o ("accountId" uuid, email text)
      on conflict do nothing
      returning id, account_id
    )
    select private.record_event('person.invited', 'invitation', i.id, i.account_id, '{"role": "owner"}', null, 'both', null)
    from invited i`.execute(tx);
}

export async function deleteImport(tx: ActorTx, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("accountImports")
    .where("id", "=", id)
    .where("confirmedAt", "is", null)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
