import type Stripe from "stripe";
import { newId } from "./store";

export interface ItemGiven {
  readonly name: string;
  readonly currency: string;
  readonly unit_amount: number;
  readonly quantity: number;
  readonly metadata: Record<string, string>;
}

export interface SessionGiven {
  readonly mode: "payment" | "setup";
  readonly currency: string | null;
  readonly total: number | null;
  readonly success_url: string;
  readonly cancel_url: string | null;
  readonly client_reference_id: string | null;
  readonly customer: string | null;
  readonly customer_email: string | null;
  readonly customer_creation: Stripe.Checkout.Session.CustomerCreation | null;
  readonly expires_at: number;
  readonly locale: Stripe.Checkout.Session.Locale | null;
  readonly metadata: Record<string, string>;
  readonly setup_intent: string | null;
  readonly submit_type: Stripe.Checkout.Session.SubmitType | null;
  readonly address: string;
}

/** A page of checkout, open until it is paid or its time is over. `address`: of the pages, without the id. */
export function checkoutSession(now: number, given: SessionGiven): Stripe.Checkout.Session {
  const id = newId("cs_test");
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    allowed_payment_method_types: ["card"],
    amount_subtotal: given.total,
    amount_total: given.total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    cancel_url: given.cancel_url,
    client_reference_id: given.client_reference_id,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: given.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: given.customer,
    customer_account: null,
    customer_creation: given.customer_creation,
    customer_details: given.customer_email ? detailsOf(given.customer_email, null) : null,
    customer_email: given.customer_email,
    discounts: given.mode === "payment" ? [] : null,
    expires_at: given.expires_at,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: given.locale,
    managed_payments: null,
    metadata: given.metadata,
    mode: given.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: given.mode === "payment" ? "if_required" : "always",
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_status: given.mode === "payment" ? "unpaid" : "no_payment_required",
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: given.setup_intent,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: given.submit_type,
    subscription: null,
    success_url: given.success_url,
    total_details: given.mode === "payment" ? { amount_discount: 0, amount_shipping: 0, amount_tax: 0 } : null,
    ui_mode: "hosted_page",
    url: `${given.address}/c/pay/${id}`,
    wallet_options: null,
  };
}

export function detailsOf(email: string | null, name: string | null): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

/** A line of what a page of checkout sells. Moments and amounts are its session's. */
export function lineItem(now: number, given: ItemGiven): Stripe.LineItem {
  const total = given.unit_amount * given.quantity;
  return {
    id: newId("li"),
    object: "item",
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: total,
    amount_tax: 0,
    amount_total: total,
    currency: given.currency,
    description: given.name,
    metadata: given.metadata,
    price: {
      id: newId("price"),
      object: "price",
      active: false,
      billing_scheme: "per_unit",
      created: now,
      currency: given.currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId("prod"),
      recurring: null,
      tax_behavior: "unspecified",
      tiers_mode: null,
      transform_quantity: null,
      type: "one_time",
      unit_amount: given.unit_amount,
      // The SDK reads it from the text that goes over the wire.
      unit_amount_decimal: String(given.unit_amount) as unknown as Stripe.Decimal,
    },
    quantity: given.quantity,
  };
}
