import type { StaffActor, StaffRole } from "~/kernel/actor";
import type { Locale } from "~/kernel/locale";
import type { Money } from "~/kernel/money";

/** What staff keep about accounts: kinds, sites, who answers for one, fields of our own. */

export const ACCOUNT_KINDS = ["direct", "dealer", "distributor", "retail"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const ACCOUNT_STATES = ["open", "closed", "merged"] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export const TEAM_ROLES = ["lead", "design", "pricing", "production", "support"] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

export const ACCOUNT_NAME_MAX = 120;

const has = (staff: StaffActor, ...roles: StaffRole[]) => staff.roles.some((role) => roles.includes(role));

/** Creates, changes, merges and closes accounts. */
export const mayManageAccounts = (staff: StaffActor) => has(staff, "manager", "admin");
/** Looks at the portal as a customer. */
export const mayViewAs = (staff: StaffActor) => has(staff, "manager", "admin", "support");
/** Says which fields of our own accounts have. */
export const mayDefineFields = (staff: StaffActor) => has(staff, "admin");
/** Says when somebody is away: oneself, or anybody. */
export const maySayAway = (staff: StaffActor, personId: string) =>
  mayManageAccounts(staff) || (personId === staff.personId && staff.roles.some((role) => role !== "auditor"));

/** One line of the list of accounts. */
export type AccountRow = {
  id: string;
  name: string;
  kind: AccountKind;
  domain: string | null;
  state: AccountState;
  people: number;
  lead: string | null;
  value: Money | null;
};

/** What stands on top of every page of an account. */
export type AccountHead = {
  id: string;
  name: string;
  kind: AccountKind;
  domain: string | null;
  state: AccountState;
  mergedInto: { id: string; name: string } | null;
  closedAt: Date | null;
  createdAt: Date;
  revision: number;
  people: number;
  sites: number;
  value: Money | null;
};

/** Why a change to an account was not made; each has a sentence. */
export type AccountRefused = {
  ok: false;
  why:
    | "not-found"
    | "not-yours"
    | "changed-meanwhile"
    | "not-open"
    | "circle"
    | "too-deep"
    | "has-sites"
    | "not-staff"
    | "lead-already"
    | "on-team-already"
    | "last-before-first"
    | "longer-than-a-year"
    | "stands-in-for-oneself"
    | "away-already"
    | "key-taken"
    | "not-a-value";
  /** The fields of our own that hold no value of theirs, by id. */
  fields?: readonly string[];
};

/** The status a refusal is answered with; what does not exist is thrown as 404 before. */
export const statusOfAccountRefusal = (why: string) =>
  why === "not-yours" ? 403 : why === "too-many-letters" ? 429 : 409;

/** What ends the work with an account, in this order. */
export const CLOSING_STEPS = ["obligations", "export", "access", "people", "closed"] as const;
export type ClosingStep = (typeof CLOSING_STEPS)[number];

// ------------------------------------------------------------------ sites

export type Site = {
  id: string;
  parentId: string | null;
  name: string;
  address: string | null;
  revision: number;
  people: string[];
};

/** A site and how deep it stands. */
export type PlacedSite = Site & { depth: number };

/** The sites as a tree is read: each below the one it belongs to, in the order of their names. What hangs on nothing stands on top. */
export function inTreeOrder(sites: readonly Site[]): PlacedSite[] {
  const known = new Set(sites.map(({ id }) => id));
  const below = new Map<string | null, Site[]>();
  for (const site of [...sites].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const parent = site.parentId && known.has(site.parentId) ? site.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), site]);
  }
  const placed: PlacedSite[] = [];
  const walk = (parent: string | null, depth: number) => {
    for (const site of below.get(parent) ?? []) {
      placed.push({ ...site, depth });
      if (depth < 20) walk(site.id, depth + 1);
    }
  };
  walk(null, 0);
  return placed;
}

/** Where a site may be moved to: anywhere but to itself and what stands below it. */
export function possibleParents(sites: readonly PlacedSite[], id: string): PlacedSite[] {
  const at = sites.findIndex((site) => site.id === id);
  const depth = sites[at]?.depth ?? 0;
  let end = at + 1;
  while (end < sites.length && (sites[end]?.depth ?? 0) > depth) end += 1;
  return sites.filter((_, index) => index < at || index >= end);
}

// ------------------------------------------------------------------ who answers for an account

export type TeamMember = { personId: string; name: string; role: TeamRole };
/** Days as "2026-11-22", in the zone of the person who is away, both included. */
export type Absence = {
  id: string;
  personId: string;
  name: string;
  substituteId: string | null;
  substitute: string | null;
  zone: string;
  fromDay: string;
  toDay: string;
};

/** The day it is at this moment in a zone, as "2026-11-22". */
export function dayIn(zone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(moment);
}

/** Who answers for an account at a moment. `insteadOf`: the lead, who is away; `name` null: nobody stands in. */
export type Answering = { name: string | null; insteadOf: string | null; until: string | null };

/** Somebody who is away until a day, and who is here instead; `by` null: nobody is. */
type StoodIn = { until: string; by: { personId: string; name: string | null } | null };

/**
 * Who stands in for somebody at a moment; when that one is away too, whoever stands in for that one. Days are of the zone
 * of the person who is away. Out: null when they are here themselves.
 */
export function standIn(personId: string, absences: readonly Absence[], moment: Date): StoodIn | null {
  const awayNow = (who: string) =>
    absences.find((one) => {
      const today = dayIn(one.zone, moment);
      return one.personId === who && one.fromDay <= today && today <= one.toDay;
    });
  const first = awayNow(personId);
  if (!first) return null;
  const asked = new Set([personId]);
  let away: Absence | undefined = first;
  while (away?.substituteId && !asked.has(away.substituteId)) {
    const { substituteId, substitute }: Absence = away;
    asked.add(substituteId);
    away = awayNow(substituteId);
    if (!away) return { until: first.toDay, by: { personId: substituteId, name: substitute } };
  }
  return { until: first.toDay, by: null };
}

/** The account's lead, or whoever stands in for them at this moment. Out: null when the account has no lead. */
export function answersFor(team: readonly TeamMember[], absences: readonly Absence[], moment: Date): Answering | null {
  const lead = team.find(({ role }) => role === "lead");
  if (!lead) return null;
  const away = standIn(lead.personId, absences, moment);
  if (!away) return { name: lead.name, insteadOf: null, until: null };
  return { name: away.by?.name ?? null, insteadOf: lead.name, until: away.until };
}

// ------------------------------------------------------------------ fields of our own

export const FIELD_KINDS = ["text", "number", "date", "choice"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];
export type Names = Record<Locale, string>;
export type FieldChoice = { key: string; names: Names };
export type AccountField = {
  id: string;
  key: string;
  kind: FieldKind;
  names: Names;
  choices: FieldChoice[];
  place: number;
  retired: boolean;
  revision: number;
};
export type FilledField = AccountField & { value: string | null };

/**
 * What was typed as the value of a field, as it is kept: numbers with a point, days as "2026-11-22".
 * Out: null when nothing was typed; undefined when it is no value of this field.
 */
export function readFieldValue(
  field: Pick<AccountField, "kind" | "choices">,
  typed: string,
): string | null | undefined {
  const text = typed.trim();
  if (text === "") return null;
  switch (field.kind) {
    case "number": {
      const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
      return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? plain : undefined;
    }
    case "date": {
      const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
      return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : undefined;
    }
    case "choice":
      return field.choices.some(({ key }) => key === text) ? text : undefined;
    case "text":
      return text.length <= 1000 ? text : undefined;
  }
}
