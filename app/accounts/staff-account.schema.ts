import * as z from "zod";
import { readCursor } from "~/kernel/cursor";
import { LOCALES } from "~/kernel/locale";
import { CURRENCIES, readAmount } from "~/kernel/money";
import { readDomain } from "./account-import";
import {
  ACCOUNT_KINDS,
  ACCOUNT_NAME_MAX,
  ACCOUNT_STATES,
  CLOSING_STEPS,
  FIELD_KINDS,
  type FieldChoice,
  TEAM_ROLES,
} from "./staff-account";

/** Forms and addresses of staff's pages about accounts. */

const line = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, " ").trim())
    .pipe(z.string().min(1).max(max));
const id = z.guid().transform((text) => text.toLowerCase());
const revision = z.coerce.number().int().positive();
const day = z.iso.date();

const account = {
  name: line(ACCOUNT_NAME_MAX),
  kind: z.enum(ACCOUNT_KINDS),
  domain: z
    .string()
    .max(300)
    .optional()
    .transform((typed, context) => {
      const domain = typed ? readDomain(typed) : null;
      if (typed && !domain) context.addIssue({ code: "custom", message: "invalid" });
      return domain;
    }),
  value: z.string().max(40).optional(),
  currency: z.enum(CURRENCIES).default("EUR"),
};

/** The value a year as one thing; what was typed must be an amount of the currency that was chosen. */
const withValue = <T extends { value?: string | undefined; currency: string }>(form: T, context: z.RefinementCtx) => {
  const { value: typed, currency, ...rest } = form;
  const minor = typed ? readAmount(typed, currency) : null;
  if (typed && minor === null) context.addIssue({ code: "custom", message: "not-number", path: ["value"] });
  return { ...rest, value: minor === null ? null : { minor, currency } };
};

export const newAccountForm = z.object(account).transform(withValue);
export const accountForm = z.object({ ...account, revision }).transform(withValue);

/** What was typed into fields of our own, by the field's id. */
export function typedFields(form: FormData): Map<string, string> {
  const typed = [...form].flatMap(([name, value]) =>
    name.startsWith("field-") && typeof value === "string" ? [[name.slice(6), value] as const] : [],
  );
  return new Map(typed);
}

const site = {
  name: line(120),
  address: line(300)
    .optional()
    .transform((text) => text ?? null),
  parentId: id.optional().transform((text) => text ?? null),
};
export const newSiteForm = z.object(site);
export const siteForm = z.object({ ...site, id, revision });
export const goneForm = z.object({ id });
export const placeForm = z.object({ personId: id, siteId: id.optional().transform((text) => text ?? null) });
export const teamForm = z.object({ personId: id, role: z.enum(TEAM_ROLES) });
export const absenceForm = z.object({
  personId: id,
  substituteId: id.optional().transform((text) => text ?? null),
  fromDay: day,
  toDay: day,
});

/** "steel: Steel | Сталь | Сталь | 钢", one a line. */
function readChoices(typed: string): FieldChoice[] | null {
  const lines = typed.split(/\r?\n/).filter((text) => text.trim() !== "");
  const choices = lines.map((text) => {
    const [, key = "", names = ""] = /^\s*([a-z][a-z0-9_]{0,39})\s*:\s*(.+)$/.exec(text) ?? [];
    const parts = names.split("|").map((name) => name.trim());
    const english = parts[0] ?? "";
    return { key, names: { en: english, uk: parts[1] || english, ru: parts[2] || english, zh: parts[3] || english } };
  });
  const keys = new Set(choices.map(({ key }) => key));
  const wrong = choices.some(({ key, names }) => key === "" || names.en === "" || names.en.length > 80);
  return wrong || keys.size !== choices.length || choices.length > 50 ? null : choices;
}

export const fieldForm = z
  .object({
    key: z
      .string()
      .trim()
      .regex(/^[a-z][a-z0-9_]{0,39}$/),
    kind: z.enum(FIELD_KINDS),
    ...Object.fromEntries(LOCALES.map((locale) => [locale, line(80)])),
    choices: z.string().max(10_000).optional(),
  })
  .transform(({ key, kind, choices: typed, ...rest }, context) => {
    const { en = "", uk = "", ru = "", zh = "" } = rest as Record<string, string>;
    const choices = kind === "choice" ? readChoices(typed ?? "") : [];
    if (!choices || (kind === "choice" && choices.length === 0)) {
      context.addIssue({ code: "custom", message: typed ? "invalid" : "required", path: ["choices"] });
    }
    return { key, kind, names: { en, uk, ru, zh }, choices: choices ?? [] };
  });
export const retireForm = z.object({ id, revision, retire: z.enum(["yes", "no"]).transform((word) => word === "yes") });

export const mergeForm = z.object({ into: id });
export const mergeUndoForm = z.object({ merge: id });
export const stepForm = z.object({ step: z.enum(CLOSING_STEPS) });
export const eraseForm = z.object({ name: z.string().max(200) });

/** The filters of the list of accounts as they stand in its address; what is none of ours is left out. */
export function accountFilter(url: string) {
  const { searchParams } = new URL(url);
  const kind = z.enum(ACCOUNT_KINDS).safeParse(searchParams.get("kind"));
  const state = z.enum(ACCOUNT_STATES).safeParse(searchParams.get("state"));
  return {
    q: (searchParams.get("q") ?? "").slice(0, 200).trim(),
    kind: kind.success ? kind.data : null,
    state: state.success ? state.data : ("open" as const),
    after: readCursor(searchParams.get("after")),
  };
}

/** The number of an event that a page of history ends before. */
export function eventBefore(url: string): string | null {
  const before = new URL(url).searchParams.get("before");
  return before && /^\d{1,18}$/.test(before) ? before : null;
}

/** What the page of a merge is asked: whom to look for, and which account was chosen. */
export function mergeQuestion(url: string) {
  const { searchParams } = new URL(url);
  return { q: (searchParams.get("q") ?? "").slice(0, 200).trim(), into: readCursor(searchParams.get("into")) };
}

/** Which lines of an import are asked for: of one verdict, and after which line. */
export function importQuestion(url: string) {
  const { searchParams } = new URL(url);
  const verdict = z.enum(["new", "duplicate", "refused"]).safeParse(searchParams.get("verdict"));
  const after = z.coerce
    .number()
    .int()
    .min(0)
    .max(20_000)
    .safeParse(searchParams.get("after") ?? 0);
  return { verdict: verdict.success ? verdict.data : null, after: after.success ? after.data : 0 };
}
