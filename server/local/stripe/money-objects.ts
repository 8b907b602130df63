import type Stripe from "stripe";
import { newId } from "./store";

/** Charges, refunds and what they did to our balance, as they begin. */

type Metadata = Record<string, string>;

/** An attempt to charge a payment, before it is known what became of it. */
export function charge(now: number, intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.Charge {
  const card = method.card;
  return {
    id: newId("ch"),
    object: "charge",
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: "TANDEM SANDBOX",
    captured: false,
    created: now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      risk_score: 20,
      seller_message: "Payment complete.",
      type: "authorized",
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: "card",
      card: {
        amount_authorized: intent.amount,
        authorization_code: String(100_000 + (now % 900_000)),
        brand: card?.brand ?? null,
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country: card?.country ?? null,
        electronic_commerce_indicator: null,
        exp_month: card?.exp_month ?? 12,
        exp_year: card?.exp_year ?? 2030,
        extended_authorization: { status: "disabled" },
        fingerprint: card?.fingerprint ?? null,
        funding: "credit",
        incremental_authorization: { status: isIncremental(intent) ? "available" : "unavailable" },
        installments: null,
        last4: card?.last4 ?? null,
        mandate: null,
        multicapture: { status: "unavailable" },
        network: card?.brand ?? null,
        network_token: { used: false },
        network_transaction_id: String(now).padStart(15, "1"),
        overcapture: { maximum_amount_capturable: intent.amount, status: "unavailable" },
        regulated_status: "unregulated",
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
    },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "succeeded",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  };
}

export const isIncremental = (intent: Stripe.PaymentIntent): boolean =>
  intent.payment_method_options?.card?.request_incremental_authorization === "if_available";

export function refund(
  now: number,
  of: Stripe.Charge,
  given: { amount: number; reason: Stripe.Refund.Reason | null; metadata?: Metadata },
): Stripe.Refund {
  return {
    id: newId("re"),
    object: "refund",
    amount: given.amount,
    balance_transaction: null,
    charge: of.id,
    created: now,
    currency: of.currency,
    customer: of.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: "pending",
        reference_type: "acquirer_reference_number",
        type: of.captured ? "refund" : "reversal",
      },
      type: "card",
    },
    metadata: given.metadata ?? {},
    payment_intent: of.payment_intent,
    payment_method: of.payment_method,
    reason: given.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  };
}

/** What a payment costs us: 1.5 % and 25 of the smallest unit, as our first plan says. */
const feeOf = (amount: number): number => (amount > 0 ? Math.round(amount * 0.015) + 25 : 0);

/** Money that came (positive) or went (negative), available in two days. */
export function balanceTransaction(
  now: number,
  given: {
    amount: number;
    currency: string;
    source: string;
    type: Stripe.BalanceTransaction.Type;
    category: string;
    fee?: number;
  },
): Stripe.BalanceTransaction {
  const fee = given.fee ?? (given.type === "charge" ? feeOf(given.amount) : 0);
  return {
    id: newId("txn"),
    object: "balance_transaction",
    amount: given.amount,
    available_on: now + 2 * 86_400,
    balance_type: "payments",
    created: now,
    currency: given.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: given.currency,
              description: "Stripe processing fees",
              type: "stripe_fee",
            },
          ],
    net: given.amount - fee,
    reporting_category: given.category,
    source: given.source,
    status: "pending",
    type: given.type,
  };
}
