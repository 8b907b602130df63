import type Stripe from "stripe";
import * as z from "zod";
import { requireAmount } from "./amounts";
import { currency, expand, integer, list, metadata, paging, text } from "./form";
import { setupIntent } from "./objects";
import { invalid } from "./problem";
import { type Call, mergedMetadata, type Route, route } from "./route";
import { checkoutSession, type ItemGiven, lineItem } from "./session-objects";
import type { Held, Store } from "./store";

type Session = Stripe.Checkout.Session;
/** A page of checkout is open for a day, or from half an hour to that. */
const [SHORTEST, DAY] = [30 * 60, 24 * 3600];

const item = z.strictObject({
  price_data: z.strictObject({
    currency,
    unit_amount: integer,
    product_data: z.strictObject({
      name: text(250).min(1),
      description: text(500).optional(),
      metadata: metadata.optional(),
    }),
  }),
  quantity: integer.optional(),
  metadata: metadata.optional(),
});
const intentData = z.strictObject({
  capture_method: z.enum(["automatic", "automatic_async", "manual"]).optional(),
  description: text(1000).optional(),
  metadata: metadata.optional(),
  receipt_email: text().optional(),
  setup_future_usage: z.enum(["off_session", "on_session"]).optional(),
  statement_descriptor: text(22).optional(),
  statement_descriptor_suffix: text(22).optional(),
  transfer_group: text().optional(),
});
const creating = z.strictObject({
  ...expand,
  mode: z.enum(["payment", "setup"]),
  ui_mode: z.literal("hosted_page").optional(),
  line_items: list(item).optional(),
  currency: currency.optional(),
  success_url: z.url(),
  cancel_url: z.url().optional(),
  client_reference_id: text(200).optional(),
  customer: text().optional(),
  customer_email: z.email().optional(),
  customer_creation: z.enum(["always", "if_required"]).optional(),
  expires_at: integer.optional(),
  locale: text(10).optional(),
  metadata: metadata.optional(),
  allowed_payment_method_types: list(z.literal("card")).optional(),
  payment_intent_data: intentData.optional(),
  setup_intent_data: z.strictObject({ description: text(1000).optional(), metadata: metadata.optional() }).optional(),
  payment_method_options: z
    .strictObject({
      card: z
        .strictObject({
          request_incremental_authorization: z.enum(["if_available", "never"]).optional(),
          request_three_d_secure: z.enum(["any", "automatic", "challenge"]).optional(),
        })
        .optional(),
    })
    .optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay"]).optional(),
});

/** What a page of checkout sells, in one currency, and what that comes to. */
function sold(given: z.output<typeof creating>): { items: ItemGiven[]; currency: string; total: number } {
  const items = (given.line_items ?? []).map(
    ({ price_data: { product_data, ...price }, quantity = 1, metadata: names }, at) => {
      requireAmount(price.unit_amount, price.currency, `line_items[${at}][price_data][unit_amount]`);
      if (quantity < 1)
        throw invalid("This value must be greater than or equal to 1.", { param: `line_items[${at}][quantity]` });
      return { ...price, name: product_data.name, quantity, metadata: mergedMetadata(null, names) };
    },
  );
  const [first] = items;
  if (!first)
    throw invalid("You must provide line_items in payment mode.", { code: "parameter_missing", param: "line_items" });
  if (items.some((other) => other.currency !== first.currency)) {
    throw invalid("All line items must have the same currency.", { param: "line_items" });
  }
  const total = items.reduce((sum, { unit_amount, quantity }) => sum + unit_amount * quantity, 0);
  requireAmount(total, first.currency, "line_items");
  return { items, currency: first.currency, total };
}

async function create(call: Call, given: z.output<typeof creating>): Promise<Session> {
  const { store, address } = call;
  if (given.customer && given.customer_email) {
    throw invalid("You may only specify one of these parameters: customer, customer_email.", {
      param: "customer_email",
    });
  }
  if (given.customer) await store.need("customer", given.customer, "customer");
  if (given.mode === "setup" && (given.line_items || given.payment_intent_data)) {
    throw invalid("You can not pass line_items or payment_intent_data in setup mode.", { param: "mode" });
  }
  const expiresAt = given.expires_at ?? store.now + DAY;
  if (expiresAt < store.now + SHORTEST || expiresAt > store.now + DAY) {
    throw invalid("The expires_at timestamp must be between 30 minutes and 24 hours from Checkout Session creation.", {
      param: "expires_at",
    });
  }
  const goods = given.mode === "payment" ? sold(given) : null;
  const setup =
    given.mode === "setup"
      ? await store.save(
          setupIntent(store.now, {
            customer: given.customer,
            description: given.setup_intent_data?.description,
            metadata: mergedMetadata(null, given.setup_intent_data?.metadata),
          }),
        )
      : null;
  const session = checkoutSession(store.now, {
    mode: given.mode,
    currency: goods?.currency ?? given.currency ?? null,
    total: goods?.total ?? null,
    success_url: given.success_url,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    customer: given.customer ?? null,
    customer_email: given.customer_email ?? null,
    customer_creation: given.customer ? null : (given.customer_creation ?? "if_required"),
    expires_at: expiresAt,
    locale: (given.locale ?? null) as Session["locale"],
    metadata: mergedMetadata(null, given.metadata),
    setup_intent: setup?.id ?? null,
    submit_type: given.submit_type ?? null,
    address,
  });
  const { metadata: names, ...intent } = given.payment_intent_data ?? {};
  await store.save(session, {
    items: (goods?.items ?? []).map((each) => lineItem(store.now, each)),
    intent: {
      ...intent,
      metadata: mergedMetadata(null, names),
      incremental: given.payment_method_options?.card?.request_incremental_authorization === "if_available",
    },
  });
  await store.later(expiresAt, "expire-session", session.id);
  return session;
}

/** Closes a page of checkout that was not paid, and what it had begun. */
export async function expireSession(store: Store, session: Session): Promise<Session> {
  session.status = "expired";
  session.url = null;
  await store.tell("checkout.session.expired", await store.save(session));
  return session;
}

/** A session as it is now: whether it is paid follows its payment, which may be captured long after. */
async function current(store: Store, session: Session): Promise<Session> {
  if (session.mode !== "payment" || session.status !== "complete" || !session.payment_intent) return session;
  const intent = await store.need<Stripe.PaymentIntent>("payment_intent", String(session.payment_intent), "intent");
  return { ...session, payment_status: intent.status === "succeeded" ? "paid" : "unpaid" };
}

export async function itemsOf(store: Store, session: Held): Promise<readonly unknown[]> {
  return (await store.hidden(session.id)).items ?? [];
}

const listed = (url: string, data: readonly unknown[]) => ({ object: "list", data, has_more: false, url });
const sessionOf = ({ store, ids }: Call, lock = false) =>
  store.need<Session>("checkout.session", ids[0] ?? "", "session", lock);

/** What `expand` adds to an object beside the objects in place of its ids: lines of a session, refunds of a charge. */
export async function extras(object: Held, field: string, store: Store): Promise<unknown> {
  if (object.object === "checkout.session" && field === "line_items") {
    return listed(`/v1/checkout/sessions/${object.id}/line_items`, await itemsOf(store, object));
  }
  if (object.object === "charge" && field === "refunds") {
    return store.list("refund", `/v1/charges/${object.id}/refunds`, { limit: 10 }, { charge: object.id });
  }
  return undefined;
}

export const checkoutRoutes: readonly Route[] = [
  route("POST", "/v1/checkout/sessions", creating, create),
  route(
    "GET",
    "/v1/checkout/sessions",
    z.strictObject({
      ...paging,
      customer: text().optional(),
      payment_intent: text().optional(),
      status: z.enum(["complete", "expired", "open"]).optional(),
    }),
    async ({ store, path }, { customer, payment_intent, status, ...page }) => {
      const found = await store.list<Session>("checkout.session", path, page, {
        ...(customer && { customer }),
        ...(payment_intent && { payment_intent }),
        ...(status && { status }),
      });
      return { ...found, data: await Promise.all(found.data.map((session) => current(store, session))) };
    },
  ),
  route("GET", "/v1/checkout/sessions/:id", z.strictObject(expand), async (call) =>
    current(call.store, await sessionOf(call)),
  ),
  route(
    "POST",
    "/v1/checkout/sessions/:id",
    z.strictObject({ ...expand, metadata: metadata.optional() }),
    async (call, given) => {
      const session = await sessionOf(call, true);
      session.metadata = mergedMetadata(session.metadata, given.metadata);
      return call.store.save(session);
    },
  ),
  route("GET", "/v1/checkout/sessions/:id/line_items", z.strictObject(paging), async (call) =>
    listed(call.path, await itemsOf(call.store, await sessionOf(call))),
  ),
  route("POST", "/v1/checkout/sessions/:id/expire", z.strictObject(expand), async (call) => {
    const session = await sessionOf(call, true);
    if (session.status !== "open") {
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of "${session.status}".`,
        {},
      );
    }
    return expireSession(call.store, session);
  }),
];
