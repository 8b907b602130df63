import type Stripe from "stripe";
import { cardOfNumber, type Decline, type TestCard } from "./cards";
import { balanceTransaction, charge as newCharge, refund as newRefund } from "./money-objects";
import { invalid, type ProblemBody } from "./problem";
import type { Store } from "./store";

/** How long money is held for a card payment that is captured by hand (docs.stripe.com/payments/place-a-hold-on-a-payment-method). */
export const HOLD_SECONDS = 7 * 86_400;
/** After how long what a test card does later happens. */
const SOON = 2;

type Intent = Stripe.PaymentIntent;
export type Refused = { readonly refused: ProblemBody };

/** What a refused payment tells whoever asked for it, and keeps. */
function declineOf(decline: Decline, charge: string | undefined): Omit<ProblemBody, "payment_intent"> {
  return {
    type: "card_error",
    code: decline.code,
    message: decline.message,
    ...(decline.decline_code && { decline_code: decline.decline_code }),
    ...(charge && { charge }),
  };
}

export async function cardOf(store: Store, method: Stripe.PaymentMethod): Promise<TestCard> {
  const { card = "" } = await store.hidden(method.id);
  const known = cardOfNumber(card);
  if (!known) throw invalid("This payment method is no test card.", { param: "payment_method" });
  return known;
}

/** The charge that a payment came to last; it is there whenever money was held. */
export async function latestCharge(store: Store, intent: Intent): Promise<Stripe.Charge> {
  return store.need<Stripe.Charge>("charge", String(intent.latest_charge), "charge", true);
}

/**
 * Tries to take the money of a payment, or to hold it when it is captured by hand.
 * @param how whether its holder is there, and whether they have just proved themselves
 * @param askAt where the holder goes to prove themselves
 */
export async function authorise(
  store: Store,
  intent: Intent,
  method: Stripe.PaymentMethod,
  how: { offSession: boolean; proved: boolean; askAt: string | null; returnTo: string | null },
): Promise<Intent | Refused> {
  const card = await cardOf(store, method);
  const { setUp = false } = await store.hidden(method.id);
  intent.payment_method = method.id;
  const asks = card.asks === "always" || (card.asks === "unless-set-up" && !setUp);
  if (asks && !how.proved) {
    if (!how.offSession) return askHolder(store, intent, how);
    const decline = {
      code: "authentication_required",
      decline_code: "authentication_required",
      message: "Your card was declined. This transaction requires authentication.",
    };
    return refuse(store, intent, method, decline);
  }
  if (card.declined) return refuse(store, intent, method, card.declined);
  const charge = newCharge(store.now, intent, method);
  intent.latest_charge = charge.id;
  intent.last_payment_error = null;
  intent.next_action = null;
  if (intent.setup_future_usage) await store.save(method, { card: card.number, setUp: true });
  if (intent.capture_method !== "manual") {
    await store.tell("charge.succeeded", await store.save(charge));
    return take(store, intent, charge, intent.amount, card);
  }
  const details = charge.payment_method_details?.card;
  if (details) details.capture_before = store.now + HOLD_SECONDS;
  await store.later(store.now + HOLD_SECONDS, "expire-hold", intent.id);
  await store.tell("charge.succeeded", await store.save(charge));
  intent.status = "requires_capture";
  intent.amount_capturable = intent.amount;
  await store.tell("payment_intent.amount_capturable_updated", await store.save(intent));
  return intent;
}

async function askHolder(
  store: Store,
  intent: Intent,
  how: { askAt: string | null; returnTo: string | null },
): Promise<Intent> {
  intent.status = "requires_action";
  intent.next_action = how.askAt
    ? { type: "redirect_to_url", redirect_to_url: { return_url: how.returnTo, url: how.askAt } }
    : {
        type: "use_stripe_sdk",
        use_stripe_sdk: { type: "three_d_secure_redirect" } as Stripe.PaymentIntent.NextAction.UseStripeSdk,
      };
  await store.tell("payment_intent.requires_action", await store.save(intent));
  return intent;
}

/** The holder did not prove themselves, or gave up. */
export async function failProof(store: Store, intent: Intent, method: Stripe.PaymentMethod): Promise<Refused> {
  return refuse(store, intent, method, {
    code: "payment_intent_authentication_failure",
    message:
      "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.",
  });
}

async function refuse(store: Store, intent: Intent, method: Stripe.PaymentMethod, decline: Decline): Promise<Refused> {
  const charge = newCharge(store.now, intent, method);
  Object.assign(charge, {
    paid: false,
    status: "failed",
    failure_code: decline.code,
    failure_message: decline.message,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      risk_level: "normal",
      risk_score: 20,
      network_status: "declined_by_network",
      network_decline_code: decline.decline_code ?? decline.code,
      reason: decline.decline_code ?? decline.code,
      seller_message: "The bank did not return any further details with this decline.",
      type: "issuer_declined",
    },
  } satisfies Partial<Stripe.Charge>);
  await store.tell("charge.failed", await store.save(charge));
  const said = declineOf(decline, charge.id);
  Object.assign(intent, {
    status: "requires_payment_method",
    payment_method: null,
    next_action: null,
    latest_charge: charge.id,
  });
  intent.last_payment_error = { ...said, payment_method: method } as Stripe.PaymentIntent.LastPaymentError;
  await store.tell("payment_intent.payment_failed", await store.save(intent));
  return { refused: { ...said, payment_intent: intent, payment_method: method } };
}

/** Takes an amount that was authorised; what is left of it is let go. */
export async function take(
  store: Store,
  intent: Intent,
  charge: Stripe.Charge,
  amount: number,
  card: TestCard,
): Promise<Intent> {
  const money = balanceTransaction(store.now, {
    amount,
    currency: charge.currency,
    source: charge.id,
    type: "charge",
    category: "charge",
  });
  await store.save(money);
  const held = !charge.captured && intent.capture_method === "manual";
  Object.assign(charge, { captured: true, amount_captured: amount, balance_transaction: money.id });
  if (charge.payment_method_details?.card) delete charge.payment_method_details.card.capture_before;
  await store.save(charge);
  if (held) await store.tell("charge.captured", charge);
  Object.assign(intent, { status: "succeeded", amount_capturable: 0, amount_received: amount });
  await store.tell("payment_intent.succeeded", await store.save(intent));
  if (card.later === "disputed") await store.later(store.now + SOON, "dispute", charge.id);
  return intent;
}

/** Ends a payment that took no money; a hold is let go. */
export async function cancel(
  store: Store,
  intent: Intent,
  reason: Stripe.PaymentIntent.CancellationReason | null,
): Promise<Intent> {
  if (intent.status === "requires_capture") {
    const charge = await latestCharge(store, intent);
    const expired = reason === "automatic";
    const released = newRefund(store.now, charge, {
      amount: charge.amount,
      reason: expired ? "expired_uncaptured_charge" : null,
    });
    await store.save(released);
    Object.assign(charge, { refunded: true, amount_refunded: charge.amount });
    await store.save(charge);
    await store.tell("refund.created", released);
    await store.tell(expired ? "charge.expired" : "charge.refunded", charge);
  }
  Object.assign(intent, {
    status: "canceled",
    amount_capturable: 0,
    canceled_at: store.now,
    cancellation_reason: reason,
    next_action: null,
  });
  await store.tell("payment_intent.canceled", await store.save(intent));
  return intent;
}

/** Gives money back of what was taken. @throws Problem when there is not as much left */
export async function refund(
  store: Store,
  charge: Stripe.Charge,
  given: {
    amount?: number | undefined;
    reason?: Stripe.Refund.Reason | undefined;
    metadata?: Record<string, string> | undefined;
  },
): Promise<Stripe.Refund> {
  if (charge.status !== "succeeded") throw invalid(`Charge ${charge.id} has not been paid.`, { param: "charge" });
  if (!charge.captured) {
    throw invalid("This PaymentIntent does not have a successful charge to refund.", { param: "payment_intent" });
  }
  if (charge.disputed) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: "charge_disputed" });
  }
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  }
  const amount = given.amount ?? left;
  if (amount < 1)
    throw invalid("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (amount > left) {
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: "amount",
    });
  }
  const made = newRefund(store.now, charge, {
    amount,
    reason: given.reason ?? null,
    ...(given.metadata && { metadata: given.metadata }),
  });
  const money = await store.save(
    balanceTransaction(store.now, {
      amount: -amount,
      currency: charge.currency,
      source: made.id,
      type: "refund",
      category: "refund",
    }),
  );
  made.balance_transaction = money.id;
  await store.save(made);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  await store.save(charge);
  await store.tell("refund.created", made);
  await store.tell("charge.refunded", charge);
  const method = await store.find<Stripe.PaymentMethod>("payment_method", String(charge.payment_method));
  if (method && (await cardOf(store, method)).later === "refund-fails") {
    await store.later(store.now + SOON, "fail-refund", made.id);
  }
  return made;
}

/** The bank sends a refund back: its money is ours again. */
export async function failRefund(store: Store, id: string): Promise<void> {
  const made = await store.find<Stripe.Refund>("refund", id, true);
  if (made?.status !== "succeeded") return;
  const charge = await store.need<Stripe.Charge>("charge", String(made.charge), "charge", true);
  const money = await store.save(
    balanceTransaction(store.now, {
      amount: made.amount,
      currency: made.currency,
      source: made.id,
      type: "refund_failure",
      category: "refund_failure",
    }),
  );
  Object.assign(made, {
    status: "failed",
    failure_reason: "expired_or_canceled_card",
    failure_balance_transaction: money.id,
  });
  await store.save(made);
  charge.amount_refunded -= made.amount;
  charge.refunded = false;
  await store.save(charge);
  await store.tell("refund.updated", made, { status: "succeeded" });
  await store.tell("refund.failed", made);
}
