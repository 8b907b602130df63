import type { StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { limiter } from "~/kernel/limits.server";
import type { Locale } from "~/kernel/locale";
import {
  IMPORT_COLUMNS,
  IMPORT_LETTERS_A_DAY,
  type ImportVerdict,
  type ImportWhy,
  type JudgedRow,
  judgeRows,
  type ReadRow,
  readHeadings,
  readLine,
  readRow,
} from "./account-import";
import * as queries from "./account-import.queries.server";
import { readTable, type Table, writeTable } from "./account-table.server";
import { invitationEnds } from "./person";
import { mayManageAccounts } from "./staff-account";

/** The door to importing accounts: a file is checked, looked at, and only then made into accounts. */

const LINES_ON_A_PAGE = 100;
/** Accounts that are made by one statement: each has a time it must be done in, and every account writes its own log. */
const LINES_AT_ONCE = 500;

type Unreadable = { ok: false; why: Exclude<Table, { ok: true }>["why"] | "no-names" | "not-yours" };

/** Reads a file and says what would become of each line; nothing but that is written. Out: the import to look at. */
export async function checkImport(
  staff: StaffActor,
  file: { name: string; bytes: Uint8Array },
): Promise<{ ok: true; id: string } | Unreadable> {
  if (!mayManageAccounts(staff)) return { ok: false, why: "not-yours" };
  const table = readTable(file.bytes);
  if (!table.ok) return table;
  const [headings = [], ...rows] = table.rows;
  const columns = readHeadings(headings);
  if (!columns) return { ok: false, why: "no-names" };
  const lines = rows.map((row, index) => readLine(columns, row, index + 2));
  const id = await asActor(staff, async (tx) => {
    const made = await queries.insertImport(tx, file.name.slice(0, 200) || "accounts.csv", staff.personId);
    await queries.insertImportRows(tx, made, await judged(tx, lines));
    return made;
  });
  return { ok: true, id };
}

/** Judges lines against the accounts there are now. */
async function judged(tx: ActorTx, lines: Parameters<typeof judgeRows>[0]): Promise<JudgedRow[]> {
  const signs = { emails: new Set<string>(), domains: new Set<string>(), names: new Set<string>() };
  for (const { cells } of lines) {
    const read = readRow(cells);
    if (!read.ok) continue;
    if (read.row.email) signs.emails.add(read.row.email);
    if (read.row.domain) signs.domains.add(read.row.domain);
    signs.names.add(read.row.name.toLowerCase());
  }
  const [emails, domains, names] = [[...signs.emails], [...signs.domains], [...signs.names]];
  return judgeRows(lines, await queries.accountsLike(tx, { emails, domains, names }));
}

/** What would become (or became) of an import's lines, a page of them; undefined when there is no such import. */
export function viewImport(
  staff: StaffActor,
  id: string,
  { verdict, after }: { verdict: ImportVerdict | null; after: number },
) {
  return asActor(staff, async (tx) => {
    const head = await queries.findImport(tx, id);
    if (!head) return undefined;
    const rows = await queries.listImportRows(tx, id, { verdict, after, take: LINES_ON_A_PAGE + 1 });
    const next = rows.length > LINES_ON_A_PAGE ? (rows[LINES_ON_A_PAGE - 1]?.line ?? null) : null;
    return { head, rows: rows.slice(0, LINES_ON_A_PAGE), next, mine: head.createdBy === staff.personId };
  });
}

/** The lines that did not become accounts, as a table with the reason beside each. In: the sentence of a reason. */
export function leftOutTable(staff: StaffActor, id: string, sentence: (why: ImportWhy) => string) {
  return asActor(staff, async (tx) => {
    const head = await queries.findImport(tx, id);
    if (!head) return undefined;
    const rows = await queries.listImportRows(tx, id, { verdict: null, after: 0, take: 20_000 });
    const lines = rows
      .filter(({ verdict }) => verdict !== "new")
      .map(({ line, cells, why, duplicateName }) => [
        String(line),
        ...IMPORT_COLUMNS.map((column) => cells[column] ?? ""),
        [why ? sentence(why) : "", duplicateName].filter(Boolean).join(": "),
      ]);
    return writeTable([["line", ...IMPORT_COLUMNS, "why"], ...lines]);
  });
}

/**
 * Makes the accounts of an import, once: lines are judged anew, so that the like of what was made meanwhile is left out.
 * `invite`: the addresses are invited as owners, in this language. Out: whether the import waited to be confirmed; of
 * "too-many-letters" (with the most a day) nothing is made, and the import waits on.
 */
export function confirmImport(
  staff: StaffActor,
  id: string,
  { invite, language }: { invite: boolean; language: Locale },
): Promise<Confirmed> {
  return asActor<Confirmed>(staff, async (tx) => {
    const head = await queries.findImport(tx, id);
    if (!head || head.createdBy !== staff.personId) return { ok: false, why: "not-found" };
    if (!(await queries.confirmImport(tx, id, now()))) return { ok: false, why: "done-already" };
    const rows = await queries.listImportRows(tx, id, { verdict: "new", after: 0, take: 20_000 });
    const again = await judged(tx, rows);
    await queries.settleRows(
      tx,
      id,
      again.filter(({ verdict }) => verdict !== "new"),
    );
    const fresh = again.flatMap(({ line, cells, verdict }) => {
      const read = readRow(cells);
      return verdict === "new" && read.ok ? [{ line, row: read.row }] : [];
    });
    const letters = invite ? fresh.filter(({ row }) => row.email).length : 0;
    // Thrown, so that the list waits to be confirmed as before.
    if (letters > 0 && (await lettersOfPerson.take(staff.personId, letters)) !== null) throw new TooManyLetters();
    const about = { id, file: head.fileName, createdBy: staff.personId };
    const letter = { language, expiresAt: invitationEnds(now()), invitedBy: staff.personId };
    for (let from = 0; from < fresh.length; from += LINES_AT_ONCE) {
      const part = fresh.slice(from, from + LINES_AT_ONCE);
      const made = await queries.insertImported(tx, about, part.map(importedAccount));
      const accountAt = new Map(made.map((one) => [one.line, one.id]));
      const owners = part.flatMap(({ line, row }) => {
        const accountId = accountAt.get(line);
        return accountId && row.email ? [{ accountId, email: row.email }] : [];
      });
      if (invite && owners.length > 0) await queries.inviteOwners(tx, owners, letter);
    }
    return { ok: true };
  }).catch((error: unknown) => {
    if (error instanceof TooManyLetters)
      return { ok: false, why: "too-many-letters", what: String(IMPORT_LETTERS_A_DAY) };
    throw error;
  });
}

// A list is one press for many letters in our name, so it is counted by its letters, apart from those sent one by one.
const lettersOfPerson = limiter("invitation.import", { points: IMPORT_LETTERS_A_DAY, seconds: 24 * 3600 });

class TooManyLetters extends Error {}

type Confirmed =
  | { ok: true }
  | { ok: false; why: "not-found" | "done-already" }
  | { ok: false; why: "too-many-letters"; what: string };

function importedAccount({ line, row }: { line: number; row: ReadRow }): queries.ImportedAccount {
  const { name, kind, domain, value } = row;
  return { line, name, kind, domain, minor: value ? String(value.minor) : null, currency: value?.currency ?? null };
}

/** Forgets a file that was checked and not confirmed. */
export function dropImport(staff: StaffActor, id: string): Promise<boolean> {
  return asActor(staff, (tx) => queries.deleteImport(tx, id));
}
