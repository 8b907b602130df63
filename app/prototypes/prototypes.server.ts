import type { Actor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { mayMake } from "./prototype";
import * as queries from "./prototype.queries.server";
import type { PrototypeRow, Review, StaffPrototype } from "./prototype-page";

/** The door to prototypes and their versions: seeing them, making them, publishing. Who is shown what is in releases.server.ts. */

const PROTOTYPES_AT_MOST = 200;
const IDEAS_AT_MOST = 200;

export type Refusal = "may-not" | "draft-there" | "changed-meanwhile" | "no-files" | "files-on-the-way" | "not-a-draft";
export type Outcome = { ok: true } | { ok: false; why: Refusal | "not-found" };
export const OK = { ok: true } as const;
export const NOT_FOUND = { ok: false, why: "not-found" } as const;
export const MAY_NOT = { ok: false, why: "may-not" } as const;

/** A version with its files; null: the newest that the actor is shown. Undefined: there is none for them. */
export const getReview = (actor: Actor, prototypeId: string, number: number | null): Promise<Review | undefined> =>
  asActor(actor, (tx) => queries.findReview(tx, prototypeId, number));

/** Prototypes for staff, of one idea or of all: what waits for whom, the most pressing first. */
export const listPrototypes = (staff: StaffActor, ideaId: string | null = null): Promise<PrototypeRow[]> =>
  asActor(staff, (tx) => queries.listPrototypes(tx, ideaId, PROTOTYPES_AT_MOST));

export async function viewStaffPrototype(staff: StaffActor, id: string): Promise<StaffPrototype | undefined> {
  const found = await asActor(staff, (tx) => queries.findStaffPrototype(tx, id));
  return found && { ...found, mayMake: mayMake(staff) };
}

/** Ideas that a prototype is made for. */
export const ideasToShow = (staff: StaffActor): Promise<{ id: string; title: string }[]> =>
  asActor(staff, (tx) => queries.listIdeas(tx, IDEAS_AT_MOST));

export const ours = (id: string) => ({ kind: "prototype", id, accountId: null });

/** Makes a prototype of an idea, with its first version begun. */
export async function makePrototype(
  staff: StaffActor,
  { name, ideaId }: { name: string; ideaId: string },
): Promise<{ ok: true; id: string } | { ok: false; why: "may-not" | "not-found" }> {
  if (!mayMake(staff)) return MAY_NOT;
  return asActor(staff, async (tx) => {
    const id = await queries.insertPrototype(tx, { ideaId, name, createdBy: staff.personId });
    if (!id) return NOT_FOUND;
    await queries.beginVersion(tx, id);
    await recordEvent(tx, staff, "prototype.made", ours(id), { idea: ideaId });
    return { ok: true, id };
  });
}

/** Begins the next version, unless there is a draft. */
export function beginVersion(staff: StaffActor, prototypeId: string): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    if (!(await queries.findReview(tx, prototypeId, null))) return NOT_FOUND;
    if (!mayMake(staff)) return MAY_NOT;
    return (await queries.beginVersion(tx, prototypeId)) ? OK : { ok: false, why: "draft-there" };
  });
}

type Seen = { prototypeId: string; version: string; revision: number };

/** Does something to a version that the actor sees in this prototype and may make. */
function onVersion(
  staff: StaffActor,
  { prototypeId, version }: Pick<Seen, "prototypeId" | "version">,
  work: (tx: ActorTx) => Promise<Outcome>,
): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    if (!(await queries.findVersion(tx, prototypeId, version))) return NOT_FOUND;
    return mayMake(staff) ? work(tx) : MAY_NOT;
  });
}

/** Says what is new in a draft. */
export const writeNotes = (staff: StaffActor, seen: Seen, notes: string): Promise<Outcome> =>
  onVersion(staff, seen, async (tx) =>
    (await queries.setNotes(tx, seen.version, seen.revision, notes)) ? OK : { ok: false, why: "changed-meanwhile" },
  );

/** Publishes a draft as it was seen: from then on nothing about it changes. */
export const publishVersion = (staff: StaffActor, seen: Seen): Promise<Outcome> =>
  onVersion(staff, seen, async (tx) => {
    const came = await queries.publishVersion(tx, seen.version, seen.revision);
    if (came === "not-found") return NOT_FOUND;
    if (came !== "done") return { ok: false, why: came === "changed" ? "changed-meanwhile" : came };
    await recordEvent(tx, staff, "prototype.published", ours(seen.prototypeId), { version: seen.version });
    return OK;
  });
