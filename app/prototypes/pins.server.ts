import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { isPlace, type Place } from "./pin";
import * as queries from "./pin.queries.server";
import type { PinOf } from "./pin-page";
import { mayComment, mayNote, type Phase, phaseAfter } from "./prototype";

/** The door to pins: setting one, answering at it, putting it aside. What staff say among themselves exists for nobody else. */

type Person = ClientActor | StaffActor;

export type Why =
  | "not-found"
  | "may-not"
  | "review-closed"
  | "not-released"
  | "off-the-picture"
  | "place-missing"
  | "changed-meanwhile";
export type Outcome = { ok: true; pin: string } | { ok: false; why: Why };

const no = (why: Why) => ({ ok: false, why }) as const;

/** Where a pin is to be set, and whose conversation it opens: an account's, or staff's own. */
export type Spot = {
  version: string;
  file: string;
  page: number | null;
  place: Place | null;
  to: string | "staff" | null;
};

/** A customer speaks in the conversation of their account alone. */
function conversation(actor: Person, to: Spot["to"]): { of: PinOf; account: string | null } | null {
  if (actor.side === "client") return to === null ? { of: "shared", account: actor.accountId } : null;
  if (to === null) return null;
  return to === "staff" ? { of: "staff", account: null } : { of: "shared", account: to };
}

const phaseOf = ({ publishedAt, approvedAt, released }: Omit<queries.Target, "file">): Phase => {
  if (publishedAt === null) return "draft";
  if (approvedAt !== null) return "approved";
  return released ? "released" : "published";
};

/** Why nothing is to be said there now; null: it may. */
function refusal(actor: Person, of: PinOf, version: Omit<queries.Target, "file">): Why | null {
  if (!(of === "staff" ? mayNote(actor) : mayComment(actor))) return "may-not";
  const phase = phaseOf(version);
  if (phase === "approved") return "review-closed";
  if (phaseAfter(phase, of === "staff" ? "note" : "comment") === null) return "not-released";
  return null;
}

/** Whether a place is one that this kind of file has. */
function misplaced(file: NonNullable<queries.Target["file"]>, { place, page }: Spot): Why | null {
  if (file.kind === "picture" || file.kind === "pdf") {
    if (place === null) return "place-missing";
    if (!isPlace(place)) return "off-the-picture";
  } else if (place !== null) return "off-the-picture";
  if (file.kind !== "pdf") return page === null ? null : "off-the-picture";
  return page !== null && page <= (file.pages ?? 1) ? null : "off-the-picture";
}

/** Sets a pin and says the first words at it. */
export function placePin(actor: Person, prototypeId: string, spot: Spot, words: string): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const where = conversation(actor, spot.to);
    if (!where) return no("not-found");
    const { of, account } = where;
    const isStaff = actor.side === "staff";
    const target = await queries.findTarget(tx, { prototypeId, account, isStaff }, spot);
    if (!target?.file) return no("not-found");
    const why = refusal(actor, of, target) ?? misplaced(target.file, spot);
    if (why) return no(why);
    const { versionId } = target;
    const { place, page } = spot;
    const pin = await queries.insertPin(tx, account, {
      versionId,
      fileId: target.file.id,
      createdBy: actor.personId,
      page,
      place,
    });
    await queries.insertWords(tx, { id: pin, versionId, accountId: account }, actor.personId, words);
    await tell(tx, actor, "prototype.pinned", { prototypeId, account }, { pin, version: versionId });
    return { ok: true, pin };
  });
}

type Which = { pin: string; of: PinOf };

async function find(tx: ActorTx, actor: Person, prototypeId: string, which: Which) {
  // Not even whether there is one may depend on a table that customers have nothing to do with.
  if (actor.side !== "staff" && which.of === "staff") return undefined;
  return queries.findPin(tx, { prototypeId, isStaff: actor.side === "staff" }, which);
}

/** Says something at a pin. */
export function answerAtPin(actor: Person, prototypeId: string, which: Which, words: string): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const pin = await find(tx, actor, prototypeId, which);
    if (!pin) return no("not-found");
    const why = refusal(actor, which.of, pin);
    if (why) return no(why);
    const comment = await queries.insertWords(tx, pin, actor.personId, words);
    const facts = { pin: pin.id, version: pin.versionId, comment };
    await tell(tx, actor, "prototype.pin_answered", { prototypeId, account: pin.accountId }, facts);
    return { ok: true, pin: pin.id };
  });
}

/** Puts a pin aside as settled, or opens it again. In: the revision that was looked at. */
export function resolvePin(
  actor: Person,
  prototypeId: string,
  { revision, ...which }: Which & { revision: number },
  resolved: boolean,
): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const pin = await find(tx, actor, prototypeId, which);
    if (!pin) return no("not-found");
    const why = refusal(actor, which.of, pin);
    if (why) return no(why);
    const seen = { id: pin.id, revision };
    if (!(await queries.setResolved(tx, which.of, seen, resolved ? actor.personId : null)))
      return no("changed-meanwhile");
    const name = resolved ? "prototype.pin_resolved" : "prototype.pin_reopened";
    await tell(tx, actor, name, { prototypeId, account: pin.accountId }, { pin: pin.id, version: pin.versionId });
    return { ok: true, pin: pin.id };
  });
}

/** Without an account it is staff's own affair. */
function tell(
  tx: ActorTx,
  actor: Person,
  name: string,
  { prototypeId, account }: { prototypeId: string; account: string | null },
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  const subject = { kind: "prototype", id: prototypeId, accountId: account };
  return recordEvent(tx, actor, name, subject, facts, null, account === null ? "staff" : "both");
}
