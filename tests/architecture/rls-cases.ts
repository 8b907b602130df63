import { asSuperuser } from "../database";
import * as accounts from "./rls/accounts";
import * as beside from "./rls/beside";
import type { Cases } from "./rls/case";
import * as catalog from "./rls/catalog";
import * as collab from "./rls/collab";
import * as decisions from "./rls/decisions";
import * as frame from "./rls/frame";
import * as guests from "./rls/guests";
import * as ideaLists from "./rls/idea-lists";
import * as ideas from "./rls/ideas";
import * as kernel from "./rls/kernel";
import * as mail from "./rls/mail";
import * as notifications from "./rls/notifications";
import * as offers from "./rls/offers";
import * as payments from "./rls/payments";
import * as people from "./rls/people";
import * as priceResearch from "./rls/price-research";
import * as prototypes from "./rls/prototypes";
import * as staffAccounts from "./rls/staff-accounts";

/** In the order in which their rows refer to each other. */
const MODULES = [
  accounts,
  catalog,
  staffAccounts,
  ideas,
  guests,
  ideaLists,
  decisions,
  priceResearch,
  prototypes,
  kernel,
  collab,
  mail,
  offers,
  payments,
  people,
  notifications,
  frame,
  beside,
] as const;

const linesOf = (texts: readonly string[]) =>
  texts.flatMap((text) => text.split("\n").map((line) => line.trim())).filter((line) => line !== "");

/** The lines `table | select | insert | update | delete` of every module. */
export const WHO_MAY = linesOf(MODULES.map(({ whoMay }) => whoMay));

/** The lines `role command table: columns`, sorted: what people may write. */
export const WRITABLE = linesOf(MODULES.map(({ writable }) => writable)).sort();

/** The lines `function: roles`, sorted: who may call what looks past row level security. */
export const DEFINERS = linesOf(MODULES.map(({ definers }) => definers)).sort();

/** One row of every table, and what to insert into it. */
export const CASES: Cases = Object.assign({}, ...MODULES.map(({ cases }) => cases));

/** Puts one row into every table that the demo data leaves empty, and the member whom it lacks. */
export async function prepare(): Promise<void> {
  for (const row of MODULES.flatMap(({ rows }) => rows)) await asSuperuser(`insert into ${row}`);
}
