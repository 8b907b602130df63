import type Stripe from "stripe";
import * as z from "zod";
import { requireAmount } from "./amounts";
import { cardOfToken } from "./cards";
import { currency, expand, flag, integer, list, metadata, paging, text } from "./form";
import { isIncremental } from "./money-objects";
import { paymentIntent, paymentMethod } from "./objects";
import { authorise, cancel, cardOf, latestCharge, take } from "./payments";
import { invalid } from "./problem";
import { type Answer, type Call, mergedMetadata, type Route, route } from "./route";

type Intent = Stripe.PaymentIntent;
const captureMethod = z.enum(["automatic", "automatic_async", "manual"]);
const types = list(z.literal("card"));
const options = z.strictObject({
  card: z
    .strictObject({
      request_incremental_authorization: z.enum(["if_available", "never"]).optional(),
      request_three_d_secure: z.enum(["any", "automatic", "challenge"]).optional(),
    })
    .optional(),
});
const what = {
  ...expand,
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata.optional(),
  payment_method: text().optional(),
  payment_method_options: options.optional(),
  allowed_payment_method_types: types.optional(),
  receipt_email: text().optional(),
  setup_future_usage: z.enum(["off_session", "on_session", ""]).optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
  transfer_group: text().optional(),
};
const confirming = {
  off_session: flag.optional(),
  return_url: z.url().optional(),
  error_on_requires_action: flag.optional(),
};
const creating = z.strictObject({
  ...what,
  ...confirming,
  amount: integer,
  currency,
  capture_method: captureMethod.optional(),
  confirm: flag.optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
    .optional(),
});

/** A payment method by its id, or by the name of a test card, which is a new one each time. */
export async function methodOf({ store }: Call, named: string, holder: string | null): Promise<Stripe.PaymentMethod> {
  const card = cardOfToken(named);
  if (card) return store.save(paymentMethod(store.now, card, { customer: holder }), { card: card.number });
  const method = await store.need<Stripe.PaymentMethod>("payment_method", named, "payment_method", true);
  if (method.customer !== null && method.customer !== holder) {
    throw invalid("The provided PaymentMethod belongs to another Customer, or this payment names none.", {
      param: "payment_method",
    });
  }
  return method;
}

/** @throws Problem that says in which state a payment is, and in which it would have to be */
function requireState(intent: Intent, states: readonly string[], doing: string): void {
  if (states.includes(intent.status)) return;
  throw invalid(
    `This PaymentIntent could not be ${doing} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${doing}: ${states.join(", ")}.`,
    { code: "payment_intent_unexpected_state", payment_intent: intent },
  );
}

const intentOf = ({ store, ids }: Call) => store.need<Intent>("payment_intent", ids[0] ?? "", "intent", true);

async function confirm(
  call: Call,
  intent: Intent,
  given: {
    payment_method?: string | undefined;
    off_session?: boolean | undefined;
    return_url?: string | undefined;
    error_on_requires_action?: boolean | undefined;
  },
): Promise<object | Answer> {
  const { store, address } = call;
  requireState(intent, ["requires_payment_method", "requires_confirmation", "requires_action"], "confirmed");
  const named = given.payment_method ?? (typeof intent.payment_method === "string" ? intent.payment_method : null);
  if (!named) {
    throw invalid("You cannot confirm this PaymentIntent because it's missing a payment method.", {
      code: "payment_intent_unexpected_state",
      payment_intent: intent,
    });
  }
  const method = await methodOf(call, named, intent.customer as string | null);
  const done = await authorise(store, intent, method, {
    offSession: given.off_session === true || given.error_on_requires_action === true,
    proved: false,
    askAt: given.return_url ? `${address}/c/prove/${intent.id}` : null,
    returnTo: given.return_url ?? null,
  });
  return "refused" in done ? { status: 402, body: { error: done.refused } } : done;
}

const without = <T extends string>(value: T | "" | undefined): Exclude<T, ""> | null =>
  value === undefined || value === "" ? null : (value as Exclude<T, "">);

export const paymentIntentRoutes: readonly Route[] = [
  route("POST", "/v1/payment_intents", creating, async (call, given) => {
    const { store } = call;
    requireAmount(given.amount, given.currency, "amount");
    if (given.confirm !== true && (given.off_session !== undefined || given.return_url !== undefined)) {
      throw invalid("The parameter off_session or return_url can only be passed when confirm is true.", {
        param: "confirm",
      });
    }
    if (given.customer) await store.need("customer", given.customer, "customer");
    const method = given.payment_method ? await methodOf(call, given.payment_method, given.customer ?? null) : null;
    const intent = paymentIntent(store.now, {
      ...given,
      metadata: mergedMetadata(null, given.metadata),
      payment_method: method?.id,
      setup_future_usage: without(given.setup_future_usage),
      incremental: given.payment_method_options?.card?.request_incremental_authorization === "if_available",
    });
    if (given.automatic_payment_methods) {
      const { enabled, allow_redirects = "always" } = given.automatic_payment_methods;
      intent.automatic_payment_methods = { enabled, allow_redirects };
    }
    await store.tell("payment_intent.created", await store.save(intent, { offSession: given.off_session ?? false }));
    return given.confirm === true ? confirm(call, intent, { ...given, payment_method: method?.id }) : intent;
  }),

  route(
    "GET",
    "/v1/payment_intents",
    z.strictObject({ ...paging, customer: text().optional() }),
    ({ store, path }, { customer, ...page }) =>
      store.list("payment_intent", path, page, { ...(customer && { customer }) }),
  ),

  route("GET", "/v1/payment_intents/:id", z.strictObject({ ...expand, client_secret: text().optional() }), intentOf),

  route(
    "POST",
    "/v1/payment_intents/:id",
    z.strictObject({
      ...what,
      amount: integer.optional(),
      currency: currency.optional(),
      capture_method: captureMethod.optional(),
    }),
    async (call, { expand: _, ...given }) => {
      const { store } = call;
      const intent = await intentOf(call);
      const { metadata: names, description, receipt_email, ...rest } = given;
      const open = ["requires_payment_method", "requires_confirmation", "requires_action"];
      if (Object.keys(rest).length > 0) requireState(intent, open, "updated");
      if (rest.amount !== undefined) requireAmount(rest.amount, rest.currency ?? intent.currency, "amount");
      if (rest.payment_method) {
        const method = await methodOf(call, rest.payment_method, (rest.customer ?? intent.customer) as string | null);
        Object.assign(intent, { payment_method: method.id, status: "requires_confirmation" });
      }
      const { payment_method: __, payment_method_options: card, setup_future_usage: later, ...plain } = rest;
      Object.assign(intent, plain);
      if (later !== undefined) intent.setup_future_usage = without(later);
      if (card?.card && intent.payment_method_options?.card)
        Object.assign(intent.payment_method_options.card, card.card);
      if (names !== undefined) intent.metadata = mergedMetadata(intent.metadata, names);
      if (description !== undefined) intent.description = description || null;
      if (receipt_email !== undefined) intent.receipt_email = receipt_email || null;
      return store.save(intent);
    },
  ),

  route(
    "POST",
    "/v1/payment_intents/:id/confirm",
    z.strictObject({ ...expand, ...confirming, payment_method: text().optional(), receipt_email: text().optional() }),
    async (call, given) => confirm(call, await intentOf(call), given),
  ),

  route(
    "POST",
    "/v1/payment_intents/:id/capture",
    z.strictObject({
      ...expand,
      amount_to_capture: integer.optional(),
      metadata: metadata.optional(),
      statement_descriptor_suffix: text(22).optional(),
    }),
    async (call, given) => {
      const { store } = call;
      const intent = await intentOf(call);
      requireState(intent, ["requires_capture"], "captured");
      const amount = given.amount_to_capture ?? intent.amount_capturable;
      requireAmount(amount, intent.currency, "amount_to_capture");
      if (amount > intent.amount_capturable) {
        throw invalid(
          `The requested capture amount is greater than the amount you can capture for this charge (${intent.amount_capturable}).`,
          { code: "amount_too_large", param: "amount_to_capture" },
        );
      }
      if (given.metadata !== undefined) intent.metadata = mergedMetadata(intent.metadata, given.metadata);
      const charge = await latestCharge(store, intent);
      const method = await store.need<Stripe.PaymentMethod>(
        "payment_method",
        String(charge.payment_method),
        "payment_method",
      );
      return take(store, intent, charge, amount, await cardOf(store, method));
    },
  ),

  route(
    "POST",
    "/v1/payment_intents/:id/cancel",
    z.strictObject({
      ...expand,
      cancellation_reason: z.enum(["abandoned", "duplicate", "fraudulent", "requested_by_customer"]).optional(),
    }),
    async (call, given) => {
      const { store } = call;
      const intent = await intentOf(call);
      requireState(
        intent,
        ["requires_payment_method", "requires_capture", "requires_confirmation", "requires_action", "processing"],
        "canceled",
      );
      const [session] = (
        await store.list<Stripe.Checkout.Session>("checkout.session", "", { limit: 1 }, { payment_intent: intent.id })
      ).data;
      if (session?.status === "open") {
        throw invalid(
          "You cannot cancel this PaymentIntent because it has an open Checkout Session. Expire the Checkout Session instead.",
          {
            code: "payment_intent_unexpected_state",
          },
        );
      }
      return cancel(store, intent, given.cancellation_reason ?? null);
    },
  ),

  route(
    "POST",
    "/v1/payment_intents/:id/increment_authorization",
    z.strictObject({
      ...expand,
      amount: integer,
      description: text(1000).optional(),
      metadata: metadata.optional(),
      statement_descriptor: text(22).optional(),
    }),
    async (call, given) => {
      const { store } = call;
      const intent = await intentOf(call);
      requireState(intent, ["requires_capture"], "incremented");
      requireAmount(given.amount, intent.currency, "amount");
      if (!isIncremental(intent)) {
        throw invalid("This PaymentIntent does not support incremental authorization.", {
          code: "incremental_authorization_not_supported",
        });
      }
      if (given.amount <= intent.amount) {
        throw invalid("The amount must be greater than the currently authorized amount.", { param: "amount" });
      }
      const charge = await latestCharge(store, intent);
      charge.amount = given.amount;
      if (charge.payment_method_details?.card) charge.payment_method_details.card.amount_authorized = given.amount;
      await store.save(charge);
      Object.assign(intent, { amount: given.amount, amount_capturable: given.amount });
      if (given.metadata !== undefined) intent.metadata = mergedMetadata(intent.metadata, given.metadata);
      if (given.description !== undefined) intent.description = given.description;
      await store.tell("payment_intent.amount_capturable_updated", await store.save(intent));
      return intent;
    },
  ),
];
