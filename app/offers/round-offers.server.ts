import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import type { OfferTerms, StoredOffer } from "./round-offer.queries.server";
import * as queries from "./round-offer.queries.server";

/** The door to offers in a round: a customer makes, raises, approves and takes back; the database judges each move again. */

export type OfferRefusal =
  | "not-allowed"
  | "not-found"
  | "not-open"
  | "over-capacity"
  | "already"
  | "no-revisions-left"
  | "changed-meanwhile"
  | "nothing-changed"
  | "only-raises"
  | "raise-too-small"
  | "nothing-waits"
  | "own-offer"
  | "over-limit"
  | "too-late"
  | "terms";

export type OfferOutcome =
  | { ok: true; id: string; state: StoredOffer["state"]; waits: boolean }
  | { ok: false; why: OfferRefusal };

const LARGEST_UNIT = 1_000_000_000_000n;

/** Whether these can be an offer's terms at all. */
const areTerms = ({ quantity, atLeast, unit }: OfferTerms) =>
  Number.isSafeInteger(quantity) &&
  Number.isSafeInteger(atLeast) &&
  atLeast >= 1 &&
  atLeast <= quantity &&
  unit > 0n &&
  unit <= LARGEST_UNIT;

/** The offers of this actor's account in a round; all of them for staff. */
export function listOffers(actor: ClientActor | StaffActor, roundId: string): Promise<StoredOffer[]> {
  return asActor(actor, (tx) => queries.listOffers(tx, roundId));
}

type Move = (tx: Parameters<typeof queries.withdraw>[0]) => Promise<{ id: string | null; why: string | null }>;

/** Does one move and writes it into the account's log; both or neither. */
function moved(buyer: ClientActor, event: string, move: Move): Promise<OfferOutcome> {
  return asActor<OfferOutcome>(buyer, async (tx) => {
    const { id, why } = await move(tx);
    if (why !== null) return { ok: false, why: why as OfferRefusal };
    const offer = id === null ? undefined : await queries.findOffer(tx, id);
    if (!offer) throw new Error("an offer that was just moved is not there");
    const { number, state, waits } = offer;
    const about = { kind: "offer", id: offer.id, accountId: buyer.accountId };
    await recordEvent(tx, buyer, event, about, { number, state, waits, receipt: offer.receipt });
    return { ok: true, id: offer.id, state, waits };
  });
}

/** Makes a binding offer, guaranteed by an order of the customer's own number. Over the person's limit it waits for approval. */
export function placeOffer(
  buyer: ClientActor,
  roundId: string,
  terms: OfferTerms & { purchaseOrder: string },
): Promise<OfferOutcome> {
  const purchaseOrder = terms.purchaseOrder.trim();
  if (!areTerms(terms) || purchaseOrder.length === 0 || [...purchaseOrder].length > 100) {
    return Promise.resolve({ ok: false, why: "terms" });
  }
  return moved(buyer, "offer.placed", (tx) => queries.place(tx, roundId, { ...terms, purchaseOrder }));
}

/** Replaces what is offered, quoting the revision that was seen; after the lock only with more for the same. */
export function reviseOffer(
  buyer: ClientActor,
  seen: { id: string; revision: number },
  terms: OfferTerms,
): Promise<OfferOutcome> {
  if (!areTerms(terms)) return Promise.resolve({ ok: false, why: "terms" });
  return moved(buyer, "offer.revised", (tx) => queries.revise(tx, seen, terms));
}

/** Lets what a colleague offered over their limit into the book. */
export function approveOffer(approver: ClientActor, seen: { id: string; revision: number }): Promise<OfferOutcome> {
  return moved(approver, "offer.approved", (tx) => queries.approve(tx, seen));
}

/** Takes an offer back, where that is still possible. */
export function withdrawOffer(buyer: ClientActor, seen: { id: string; revision: number }): Promise<OfferOutcome> {
  return moved(buyer, "offer.withdrawn", (tx) => queries.withdraw(tx, seen));
}
