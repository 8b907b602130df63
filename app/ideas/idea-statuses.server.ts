import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { type EventFacts, recordEvent } from "~/kernel/events.server";
import type { Locale } from "~/kernel/locale";
import { mayEditStatuses } from "./idea";
import {
  type IdeaStatus,
  inLanguage,
  type Status,
  type StatusRefusal,
  type StatusRow,
  type StatusWish,
  takenNames,
} from "./idea-status";
import * as queries from "./idea-status.queries.server";

/** Statuses change once in months and stand on every page: every process reads them again after a few seconds. */

const KEPT_MS = 3_000;
let kept: { rows: readonly StatusRow[]; until: number } | null = null;

/** Every status, retired ones too, in the order admins gave them. */
export async function statusesOf(tx: ActorTx): Promise<readonly StatusRow[]> {
  if (kept && kept.until > Date.now()) return kept.rows;
  const rows = await queries.listStatuses(tx);
  // Whoever was removed reads none, and others are not to miss them for that.
  if (rows.length > 0) kept = { rows, until: Date.now() + KEPT_MS };
  return rows;
}

/** Reads them anew from now on, in this process. */
function forgetStatuses(): void {
  kept = null;
}

/** Every status as people of this language read it, for pages. */
export async function statusesFor(actor: ClientActor | StaffActor, locale: Locale): Promise<Status[]> {
  const rows = kept && kept.until > Date.now() ? kept.rows : await asActor(actor, statusesOf);
  return inLanguage(rows, locale);
}

export type StatusOutcome =
  | { ok: true }
  | { ok: false; why: StatusRefusal }
  /** Another status in use is called so in these languages. */
  | { ok: false; why: "name-taken"; languages: readonly Locale[] };

const MAY_NOT: StatusOutcome = { ok: false, why: "may-not" };

/** Every status in every language, for the page on which admins edit them. */
export function listStatuses(staff: StaffActor) {
  return asActor(staff, async (tx) => {
    forgetStatuses();
    return statusesOf(tx);
  });
}

/** Adds a status. Its id is made of its English name and never changes. */
export async function addStatus(staff: StaffActor, wanted: StatusWish): Promise<StatusOutcome> {
  if (!mayEditStatuses(staff)) return MAY_NOT;
  return changing(() =>
    asActor<StatusOutcome>(staff, async (tx) => {
      const all = await statusesOf(tx);
      const taken = all.map(({ id }) => id);
      const { names, kind, position } = wanted;
      const languages = takenNames({ id: null, names }, all);
      if (languages.length > 0) return { ok: false, why: "name-taken", languages };
      const key = await queries.insertStatus(
        tx,
        { id: freeId(names.en, taken), names, kind, position },
        staff.personId,
      );
      await tell(tx, staff, "status.added", key, { names, kind });
      return { ok: true };
    }),
  );
}

/** Changes what a status is called, its kind and its place, when it is still as the admin saw it. */
export async function editStatus(
  staff: StaffActor,
  request: StatusWish & { id: IdeaStatus; revision: number },
): Promise<StatusOutcome> {
  if (!mayEditStatuses(staff)) return MAY_NOT;
  return changing(() =>
    asActor<StatusOutcome>(staff, async (tx) => {
      const { id, revision, names, kind, position } = request;
      const all = await statusesOf(tx);
      const before = all.find((status) => status.id === id);
      if (!before) return { ok: false, why: "not-found" };
      const languages = takenNames({ id, names }, all);
      if (languages.length > 0) return { ok: false, why: "name-taken", languages };
      const key = await queries.updateStatus(tx, { id, revision, names, kind, position });
      if (!key) return { ok: false, why: "changed-meanwhile" };
      const from = { names: before.names, kind: before.kind };
      await tell(tx, staff, "status.changed", key, { from, to: { names, kind } });
      return { ok: true };
    }),
  );
}

/** Takes a status out of use; its ideas go on at another one, and each says so in its history. */
export async function retireStatus(
  staff: StaffActor,
  request: { id: IdeaStatus; instead: IdeaStatus; revision: number },
): Promise<StatusOutcome> {
  if (!mayEditStatuses(staff)) return MAY_NOT;
  return changing(() =>
    asActor<StatusOutcome>(staff, async (tx) => {
      const { id, instead, revision } = request;
      const answer = await queries.retireStatus(tx, { id, instead, revision });
      if (answer !== "retired") return { ok: false, why: answer };
      const key = (await statusesOf(tx)).find((status) => status.id === id)?.key;
      if (key) await tell(tx, staff, "status.retired", key, { id, instead });
      return { ok: true };
    }),
  );
}

/** Brings a status back into use, unless one in use took its name meanwhile. Ideas that went on elsewhere stay there. */
export async function bringBackStatus(
  staff: StaffActor,
  request: { id: IdeaStatus; revision: number },
): Promise<StatusOutcome> {
  if (!mayEditStatuses(staff)) return MAY_NOT;
  return changing(() =>
    asActor<StatusOutcome>(staff, async (tx) => {
      const all = await statusesOf(tx);
      const status = all.find(({ id }) => id === request.id);
      if (!status) return { ok: false, why: "not-found" };
      if (takenNames(status, all).length > 0) return { ok: false, why: "name-in-use" };
      const answer = await queries.bringBackStatus(tx, request);
      if (answer !== "back") return { ok: false, why: answer };
      await tell(tx, staff, "status.brought_back", status.key, { id: status.id });
      return { ok: true };
    }),
  );
}

/** Runs a change of statuses; the last one of kind new cannot go. Whatever comes of it, statuses are read anew. */
async function changing(work: () => Promise<StatusOutcome>): Promise<StatusOutcome> {
  forgetStatuses();
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "constraint" in error && error.constraint === "idea_statuses_first") {
      return { ok: false, why: "last-new" };
    }
    throw error;
  } finally {
    forgetStatuses();
  }
}

const tell = (tx: ActorTx, staff: StaffActor, name: string, id: string, facts: EventFacts) =>
  recordEvent(tx, staff, name, { kind: "status", id, accountId: null }, facts, null, "staff");

/** A slug of a name that no other status has. */
function freeId(name: string, taken: readonly string[]): IdeaStatus {
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^[^a-z]+|_+$/g, "")
      .slice(0, 30) || "status";
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? slug : `${slug}_${number}`;
    if (!taken.includes(id)) return id;
  }
}
