import type Stripe from "stripe";
import { newId } from "./store";

const EVIDENCE = [
  "access_activity_log",
  "billing_address",
  "cancellation_policy",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "customer_communication",
  "customer_email_address",
  "customer_name",
  "customer_purchase_ip",
  "customer_signature",
  "duplicate_charge_documentation",
  "duplicate_charge_explanation",
  "duplicate_charge_id",
  "product_description",
  "receipt",
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "service_date",
  "service_documentation",
  "shipping_address",
  "shipping_carrier",
  "shipping_date",
  "shipping_documentation",
  "shipping_tracking_number",
  "uncategorized_file",
  "uncategorized_text",
] as const;
export const EVIDENCE_FIELDS: readonly string[] = EVIDENCE;

/** Seconds that we have to answer with evidence. */
const ANSWER_WITHIN = 7 * 86_400;

/** A cardholder who says that a payment was not theirs. */
export function dispute(now: number, of: Stripe.Charge, taken: Stripe.BalanceTransaction): Stripe.Dispute {
  const nothing = Object.fromEntries(EVIDENCE.map((name) => [name, null])) as Record<(typeof EVIDENCE)[number], null>;
  return {
    id: newId("du"),
    object: "dispute",
    amount: of.amount_captured,
    balance_transactions: [taken],
    charge: of.id,
    created: now,
    currency: of.currency,
    enhanced_eligibility_types: [],
    evidence: { ...nothing, enhanced_evidence: {} },
    evidence_details: {
      due_by: now + ANSWER_WITHIN,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: "manual",
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: of.payment_intent,
    payment_method_details: {
      card: {
        brand: of.payment_method_details?.card?.brand ?? "visa",
        case_type: "chargeback",
        network: of.payment_method_details?.card?.brand ?? "visa",
        network_reason_code: "10.4",
      },
      type: "card",
    },
    reason: "fraudulent",
    status: "needs_response",
  };
}
