import { CURRENCIES, readAmount } from "~/kernel/money";
import { ACCOUNT_KINDS, ACCOUNT_NAME_MAX, type AccountKind } from "./staff-account";

/** A list of accounts to import: which columns it has, and what becomes of each line. */

/** Invitations that one person may send by lists in a day. */
export const IMPORT_LETTERS_A_DAY = 1000;

export const IMPORT_ROWS_MAX = 5_000;
export const IMPORT_COLUMNS = ["name", "kind", "domain", "email", "value", "currency"] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];
export type ImportCells = Partial<Record<ImportColumn, string>>;

export type ImportVerdict = "new" | "duplicate" | "refused";
export type ImportWhy =
  | "no-name"
  | "long-name"
  | "unknown-kind"
  | "bad-domain"
  | "bad-email"
  | "bad-value"
  | "too-much"
  | "email"
  | "domain"
  | "name"
  | "earlier-line";

/** One cell, at most: what is longer is no name, address or amount. */
const CELL_MAX = 1_000;
/** All of a line's cells together, as they are kept; the database takes no more. */
const LINE_BYTES_MAX = 8_000;
/** So much of each cell of a line that is too long shows which line it is. */
const CELL_SHOWN = 200;

/** A line as it was read. `tooMuch`: it holds more than a line may, and only the beginnings of its cells are here. */
type ImportLine = { line: number; cells: ImportCells; tooMuch?: boolean };

/** One line and what becomes of it. `duplicateOf`: the account we have; null for the like of an earlier line. */
export type JudgedRow = {
  line: number;
  cells: ImportCells;
  verdict: ImportVerdict;
  why: ImportWhy | null;
  duplicateOf: string | null;
};

/** What a line says, once read. */
export type ReadRow = {
  name: string;
  kind: AccountKind;
  domain: string | null;
  email: string | null;
  value: { minor: bigint; currency: string } | null;
};

const HEADINGS: Record<ImportColumn, readonly string[]> = {
  name: [
    "name",
    "account",
    "company",
    "customer",
    "назва",
    "організація",
    "компанія",
    "название",
    "организация",
    "компания",
    "名称",
    "组织",
    "公司",
    "客户",
  ],
  kind: ["kind", "type", "вид", "тип", "类型", "种类"],
  domain: ["domain", "website", "web", "домен", "сайт", "域名", "网站"],
  email: ["email", "e-mail", "mail", "contact", "пошта", "почта", "邮箱", "电子邮件"],
  value: ["value", "yearly value", "yearly", "вартість", "стоимость", "金额", "年值"],
  currency: ["currency", "валюта", "货币"],
};

const KIND_WORDS: Record<AccountKind, readonly string[]> = {
  direct: ["direct", "прямий", "прямий клієнт", "прямой", "прямой клиент", "直接客户", "直销"],
  dealer: ["dealer", "дилер", "经销商"],
  distributor: ["distributor", "дистриб'ютор", "дистрибутор", "дистрибьютор", "分销商"],
  retail: ["retail", "роздріб", "розница", "零售", "零售商"],
};

// Mail of many people who have nothing to do with each other: no sign that two accounts are one.
const SHARED_MAIL = new Set(
  (
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net " +
    "web.de t-online.de proton.me protonmail.com ukr.net i.ua meta.ua mail.ru yandex.ru ya.ru bk.ru list.ru inbox.ru " +
    "rambler.ru qq.com 163.com 126.com foxmail.com sina.com yeah.net"
  ).split(" "),
);

/** Which column of ours each heading is; null when the list has no column of names. */
export function readHeadings(headings: readonly string[]): (ImportColumn | null)[] | null {
  const columns = headings.map((heading) => {
    const word = heading
      .trim()
      .toLowerCase()
      .replace(/[_\s]+/g, " ");
    return IMPORT_COLUMNS.find((column) => HEADINGS[column].includes(word)) ?? null;
  });
  return columns.includes("name") ? columns : null;
}

const EMAIL = /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/;
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The domain of a website as people write it, or of an address: "https://www.Metis.example/de" is "metis.example". */
export function readDomain(typed: string): string | null {
  const host = typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^.*@/, "")
    .replace(/[/?#].*$/, "")
    .replace(/:\d+$/, "")
    .replace(/^www\./, "");
  return DOMAIN.test(host) && host.length <= 253 ? host : null;
}

/** The domain an address is of, when it tells accounts apart. */
export function ownDomain(email: string): string | null {
  const domain = readDomain(email);
  return domain && !SHARED_MAIL.has(domain) ? domain : null;
}

/** Reads one line by itself. */
export function readRow(cells: ImportCells): { ok: true; row: ReadRow } | { ok: false; why: ImportWhy } {
  const cell = (column: ImportColumn) => (cells[column] ?? "").replace(/\s+/g, " ").trim();
  const name = cell("name");
  if (name === "") return { ok: false, why: "no-name" };
  if (name.length > ACCOUNT_NAME_MAX) return { ok: false, why: "long-name" };
  const word = cell("kind").toLowerCase();
  const kind = word === "" ? "direct" : ACCOUNT_KINDS.find((one) => KIND_WORDS[one].includes(word));
  if (!kind) return { ok: false, why: "unknown-kind" };
  const email = cell("email").toLowerCase() || null;
  if (email && (!EMAIL.test(email) || email.length > 254)) return { ok: false, why: "bad-email" };
  const typedDomain = cell("domain");
  const domain = typedDomain === "" ? email && ownDomain(email) : readDomain(typedDomain);
  if (typedDomain !== "" && !domain) return { ok: false, why: "bad-domain" };
  const typedValue = cell("value");
  const currency = cell("currency").toUpperCase() || "EUR";
  const minor =
    typedValue === "" ? null : CURRENCIES.some((one) => one === currency) ? readAmount(typedValue, currency) : null;
  if (typedValue !== "" && minor === null) return { ok: false, why: "bad-value" };
  return { ok: true, row: { name, kind, domain, email, value: minor === null ? null : { minor, currency } } };
}

/** An account that we have, found by an address, a domain or a name (in small letters). */
export type KnownAccount = { how: "email" | "domain" | "name"; word: string; accountId: string };

/** The cells of a line that stand in columns of ours. */
export function readLine(columns: readonly (ImportColumn | null)[], row: readonly string[], line: number): ImportLine {
  const cellsOf = (longest: number) => {
    const cells: ImportCells = {};
    columns.forEach((column, at) => {
      const text = row[at] ?? "";
      // By characters: half of one (of a pair of code units) is no text for the database.
      if (column && text !== "") cells[column] = [...text.slice(0, 2 * longest)].slice(0, longest).join("");
    });
    return cells;
  };
  const cells = cellsOf(CELL_MAX);
  const tooMuch = new TextEncoder().encode(JSON.stringify(cells)).length > LINE_BYTES_MAX;
  return tooMuch ? { line, cells: cellsOf(CELL_SHOWN), tooMuch } : { line, cells };
}

/**
 * What becomes of each line of a list: an account we have under the same address, domain or name is a duplicate, and so is
 * the second of two lines that are alike.
 */
export function judgeRows(lines: readonly ImportLine[], known: readonly KnownAccount[]): JudgedRow[] {
  const have = new Map(known.map(({ how, word, accountId }) => [`${how} ${word}`, accountId]));
  const seen = new Set<string>();
  return lines.map(({ line, cells, tooMuch }) => {
    if (tooMuch) return { line, cells, verdict: "refused", why: "too-much", duplicateOf: null };
    const read = readRow(cells);
    if (!read.ok) return { line, cells, verdict: "refused", why: read.why, duplicateOf: null };
    const { name, domain, email } = read.row;
    const signs = (
      [
        ["email", email],
        ["domain", domain],
        ["name", name.toLowerCase()],
      ] as const
    ).filter((sign): sign is readonly ["email" | "domain" | "name", string] => sign[1] !== null);
    for (const [how, word] of signs) {
      const accountId = have.get(`${how} ${word}`);
      if (accountId) return { line, cells, verdict: "duplicate", why: how, duplicateOf: accountId };
    }
    const again = signs.some(([how, word]) => seen.has(`${how} ${word}`));
    if (again) return { line, cells, verdict: "duplicate", why: "earlier-line", duplicateOf: null };
    for (const [how, word] of signs) seen.add(`${how} ${word}`);
    return { line, cells, verdict: "new", why: null, duplicateOf: null };
  });
}
