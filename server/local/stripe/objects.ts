import type Stripe from "stripe";
import type { TestCard } from "./cards";
import { newId } from "./store";

/** Every object of the API as it begins, with all fields that its type asks for. Moments are seconds of the stand-in's clock. */

type Metadata = Record<string, string>;
const NO_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const nobody = (more: { email?: string | null; name?: string | null } = {}) => ({
  address: NO_ADDRESS,
  email: more.email ?? null,
  name: more.name ?? null,
  phone: null,
  tax_id: null,
});

export function customer(
  now: number,
  given: {
    email?: string | null;
    name?: string | null;
    description?: string | null;
    phone?: string | null;
    metadata?: Metadata;
    preferred_locales?: string[];
  },
): Stripe.Customer {
  return {
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: newId("x").slice(2, 10).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    preferred_locales: given.preferred_locales ?? [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

/** Cards expire in the December four years on. */
export function paymentMethod(
  now: number,
  card: TestCard,
  given: { email?: string | null; name?: string | null; customer?: string | null; metadata?: Metadata } = {},
): Stripe.PaymentMethod {
  return {
    id: newId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: nobody(given),
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: card.country,
      display_brand: card.brand,
      exp_month: 12,
      exp_year: new Date(now * 1000).getUTCFullYear() + 4,
      fingerprint: `fp${card.number.slice(-12)}`,
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now,
    customer: given.customer ?? null,
    customer_account: null,
    livemode: false,
    metadata: given.metadata ?? {},
    type: "card",
  };
}

export interface IntentGiven {
  readonly amount: number;
  readonly currency: string;
  readonly capture_method?: Stripe.PaymentIntent.CaptureMethod | undefined;
  readonly customer?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: Metadata | undefined;
  readonly payment_method?: string | null | undefined;
  readonly receipt_email?: string | null | undefined;
  readonly setup_future_usage?: Stripe.PaymentIntent.SetupFutureUsage | null | undefined;
  readonly statement_descriptor?: string | null | undefined;
  readonly statement_descriptor_suffix?: string | null | undefined;
  readonly transfer_group?: string | null | undefined;
  readonly incremental?: boolean | undefined;
}

export function paymentIntent(now: number, given: IntentGiven): Stripe.PaymentIntent {
  const id = newId("pi");
  return {
    id,
    object: "payment_intent",
    allowed_payment_method_types: ["card"],
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? "automatic",
    client_secret: `${id}_secret_${newId("s").slice(2)}`,
    confirmation_method: "automatic",
    created: now,
    currency: given.currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: {
        installments: null,
        mandate_options: null,
        network: null,
        request_three_d_secure: "automatic",
        ...(given.incremental && { request_incremental_authorization: "if_available" as const }),
      },
    },
    payment_method_types: ["card"],
    payment_record: null,
    processing: null,
    receipt_email: given.receipt_email ?? null,
    review: null,
    setup_future_usage: given.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: given.statement_descriptor ?? null,
    statement_descriptor_suffix: given.statement_descriptor_suffix ?? null,
    status: given.payment_method ? "requires_confirmation" : "requires_payment_method",
    transfer_data: null,
    transfer_group: given.transfer_group ?? null,
  };
}

export function setupIntent(
  now: number,
  given: {
    customer?: string | null | undefined;
    description?: string | null | undefined;
    metadata?: Metadata | undefined;
    payment_method?: string | null | undefined;
    usage?: string | undefined;
  },
): Stripe.SetupIntent {
  const id = newId("seti");
  return {
    id,
    object: "setup_intent",
    allowed_payment_method_types: ["card"],
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${newId("s").slice(2)}`,
    created: now,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: given.payment_method ?? null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: "automatic" } },
    payment_method_types: ["card"],
    single_use_mandate: null,
    status: given.payment_method ? "requires_confirmation" : "requires_payment_method",
    usage: given.usage ?? "off_session",
  };
}
