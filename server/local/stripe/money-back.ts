import type Stripe from "stripe";
import * as z from "zod";
import { EVIDENCE_FIELDS } from "./dispute-objects";
import { settle, updateDispute } from "./disputes";
import { expand, flag, integer, metadata, paging, text } from "./form";
import { refund } from "./payments";
import { invalid } from "./problem";
import { type Call, mergedMetadata, type Route, route } from "./route";

const ofPayment = { payment_intent: text().optional(), charge: text().optional() };
const like = (wanted: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
const chargeOf = ({ store, ids }: Call) => store.need<Stripe.Charge>("charge", ids[0] ?? "", "id", true);
const refundOf = ({ store, ids }: Call) => store.need<Stripe.Refund>("refund", ids[0] ?? "", "id", true);
const disputeOf = ({ store, ids }: Call) => store.need<Stripe.Dispute>("dispute", ids[0] ?? "", "id", true);

export const chargeRoutes: readonly Route[] = [
  route(
    "GET",
    "/v1/charges",
    z.strictObject({ ...paging, customer: text().optional(), payment_intent: text().optional() }),
    ({ store, path }, { customer, payment_intent, ...page }) =>
      store.list("charge", path, page, like({ customer, payment_intent })),
  ),
  route("GET", "/v1/charges/:id", z.strictObject(expand), chargeOf),
  route(
    "POST",
    "/v1/charges/:id",
    z.strictObject({
      ...expand,
      description: text().optional(),
      metadata: metadata.optional(),
      receipt_email: text().optional(),
    }),
    async (call, given) => {
      const found = await chargeOf(call);
      if (given.description !== undefined) found.description = given.description || null;
      if (given.receipt_email !== undefined) found.receipt_email = given.receipt_email || null;
      if (given.metadata !== undefined) found.metadata = mergedMetadata(found.metadata, given.metadata);
      await call.store.tell("charge.updated", await call.store.save(found));
      return found;
    },
  ),
];

export const refundRoutes: readonly Route[] = [
  route(
    "POST",
    "/v1/refunds",
    z.strictObject({
      ...expand,
      ...ofPayment,
      amount: integer.optional(),
      reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
      metadata: metadata.optional(),
    }),
    async ({ store }, given) => {
      if (!given.charge && !given.payment_intent) {
        throw invalid("One of the following params should be provided for this request: payment_intent or charge.", {});
      }
      const intent = given.payment_intent
        ? await store.need<Stripe.PaymentIntent>("payment_intent", given.payment_intent, "payment_intent", true)
        : null;
      const id = given.charge ?? (intent?.latest_charge as string | null);
      if (!id) {
        throw invalid("This PaymentIntent does not have a successful charge to refund.", { param: "payment_intent" });
      }
      const charge = await store.need<Stripe.Charge>("charge", id, "charge", true);
      return refund(store, charge, { ...given, metadata: mergedMetadata(null, given.metadata) });
    },
  ),
  route(
    "GET",
    "/v1/refunds",
    z.strictObject({ ...paging, ...ofPayment }),
    ({ store, path }, { charge, payment_intent, ...page }) =>
      store.list("refund", path, page, like({ charge, payment_intent })),
  ),
  route("GET", "/v1/refunds/:id", z.strictObject(expand), refundOf),
  route(
    "POST",
    "/v1/refunds/:id",
    z.strictObject({ ...expand, metadata: metadata.optional() }),
    async (call, given) => {
      const found = await refundOf(call);
      if (given.metadata !== undefined) found.metadata = mergedMetadata(found.metadata, given.metadata);
      await call.store.tell("refund.updated", await call.store.save(found));
      return found;
    },
  ),
];

export const disputeRoutes: readonly Route[] = [
  route(
    "GET",
    "/v1/disputes",
    z.strictObject({ ...paging, ...ofPayment }),
    ({ store, path }, { charge, payment_intent, ...page }) =>
      store.list("dispute", path, page, like({ charge, payment_intent })),
  ),
  route("GET", "/v1/disputes/:id", z.strictObject(expand), disputeOf),
  route(
    "POST",
    "/v1/disputes/:id",
    z.strictObject({
      ...expand,
      evidence: z
        .strictObject(Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, text(20_000).optional()])))
        .optional(),
      metadata: metadata.optional(),
      submit: flag.optional(),
    }),
    async (call, given) => {
      const found = await disputeOf(call);
      const names = given.metadata === undefined ? undefined : mergedMetadata(found.metadata, given.metadata);
      const evidence = given.evidence as Record<string, string> | undefined;
      return updateDispute(call.store, found, { evidence, submit: given.submit, metadata: names });
    },
  ),
  route("POST", "/v1/disputes/:id/close", z.strictObject(expand), async (call) =>
    settle(call.store, await disputeOf(call), "lost"),
  ),
];

export const recordRoutes: readonly Route[] = [
  route(
    "GET",
    "/v1/balance_transactions",
    z.strictObject({ ...paging, currency: text(3).optional(), source: text().optional(), type: text(40).optional() }),
    ({ store, path }, { currency, source, type, ...page }) =>
      store.list("balance_transaction", path, page, like({ currency, source, type })),
  ),
  route("GET", "/v1/balance_transactions/:id", z.strictObject(expand), ({ store, ids }) =>
    store.need("balance_transaction", ids[0] ?? "", "id"),
  ),
  route(
    "GET",
    "/v1/events",
    z.strictObject({
      ...paging,
      type: text(80).optional(),
      types: z.record(z.string(), text(80)).optional(),
      delivery_success: flag.optional(),
    }),
    ({ store, path }, { type, types, delivery_success: delivered, ...page }) =>
      store.listEvents(path, page, type ? [type] : types ? Object.values(types) : null, delivered ?? null),
  ),
  route("GET", "/v1/events/:id", z.strictObject(expand), ({ store, ids }) => store.need("event", ids[0] ?? "", "id")),
];
