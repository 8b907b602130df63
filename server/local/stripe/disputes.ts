import type Stripe from "stripe";
import { dispute as newDispute } from "./dispute-objects";
import { balanceTransaction } from "./money-objects";
import { invalid } from "./problem";
import type { Store } from "./store";

/** What a dispute costs, whoever is right, in the smallest unit. */
const DISPUTE_FEE = 2000;

/** A cardholder disputes a payment: its money is taken from us until it is settled. Nothing happens to one that is disputed. */
export async function openDispute(store: Store, chargeId: string): Promise<Stripe.Dispute | null> {
  const charge = await store.find<Stripe.Charge>("charge", chargeId, true);
  if (!charge?.captured || charge.disputed) return null;
  const taken = await store.save(
    balanceTransaction(store.now, {
      amount: -charge.amount_captured,
      currency: charge.currency,
      source: charge.id,
      type: "adjustment",
      category: "dispute",
      fee: DISPUTE_FEE,
    }),
  );
  const made = await store.save(newDispute(store.now, charge, taken));
  charge.disputed = true;
  await store.save(charge);
  await store.tell("charge.dispute.created", made);
  await store.tell("charge.dispute.funds_withdrawn", made);
  return made;
}

/** Takes evidence, as a draft or handed in; the texts that Stripe's documentation names settle it at once. */
export async function updateDispute(
  store: Store,
  found: Stripe.Dispute,
  given: {
    evidence?: Record<string, string> | undefined;
    metadata?: Record<string, string> | undefined;
    submit?: boolean | undefined;
  },
): Promise<Stripe.Dispute> {
  if (found.status !== "needs_response" && given.evidence) {
    throw invalid("This dispute is already closed, or its evidence was handed in.", { code: "dispute_already_closed" });
  }
  Object.assign(found.evidence, given.evidence);
  if (given.metadata) found.metadata = given.metadata;
  found.evidence_details.has_evidence = Object.values(found.evidence).some((value) => typeof value === "string");
  if (given.submit !== true || !given.evidence) {
    await store.tell("charge.dispute.updated", await store.save(found));
    return found;
  }
  found.evidence_details.submission_count += 1;
  found.status = "under_review";
  await store.tell("charge.dispute.updated", await store.save(found));
  const said = found.evidence.uncategorized_text;
  if (said === "winning_evidence") await settle(store, found, "won");
  if (said === "losing_evidence") await settle(store, found, "lost");
  return found;
}

/** Settles a dispute for one side. */
export async function settle(store: Store, found: Stripe.Dispute, as: "won" | "lost"): Promise<Stripe.Dispute> {
  if (["won", "lost"].includes(found.status)) {
    throw invalid("This dispute is already closed.", { code: "dispute_already_closed" });
  }
  found.status = as;
  if (as === "won") {
    const back = await store.save(
      balanceTransaction(store.now, {
        amount: found.amount,
        currency: found.currency,
        source: String(found.charge),
        type: "adjustment",
        category: "dispute_reversal",
      }),
    );
    found.balance_transactions.push(back);
    const charge = await store.need<Stripe.Charge>("charge", String(found.charge), "charge", true);
    charge.disputed = false;
    await store.save(charge);
    await store.tell("charge.dispute.funds_reinstated", found);
  }
  await store.tell("charge.dispute.closed", await store.save(found));
  return found;
}
