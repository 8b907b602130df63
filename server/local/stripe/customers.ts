import type Stripe from "stripe";
import * as z from "zod";
import { cardOfNumber, cardOfToken } from "./cards";
import { expand, integer, list, metadata, paging, text } from "./form";
import { customer, paymentMethod } from "./objects";
import { invalid } from "./problem";
import { type Call, mergedMetadata, type Route, route } from "./route";

const fields = {
  ...expand,
  description: text().optional(),
  email: text(512).optional(),
  metadata: metadata.optional(),
  name: text(256).optional(),
  phone: text(20).optional(),
  preferred_locales: list(text(20)).optional(),
};
const defaults = { invoice_settings: z.strictObject({ default_payment_method: text().optional() }).optional() };
const customerOf = ({ store, ids }: Call) => store.need<Stripe.Customer>("customer", ids[0] ?? "", "id", true);
const methodOf = ({ store, ids }: Call) => store.need<Stripe.PaymentMethod>("payment_method", ids[0] ?? "", "id", true);
const byCustomer = z.strictObject({ ...paging, customer: text().optional(), type: z.literal("card").optional() });

export const customerRoutes: readonly Route[] = [
  route("POST", "/v1/customers", z.strictObject(fields), async ({ store }, { expand: _, ...given }) => {
    const made = await store.save(
      customer(store.now, {
        description: given.description || null,
        email: given.email || null,
        name: given.name || null,
        phone: given.phone || null,
        metadata: mergedMetadata(null, given.metadata),
        ...(given.preferred_locales && { preferred_locales: given.preferred_locales }),
      }),
    );
    await store.tell("customer.created", made);
    return made;
  }),
  route(
    "GET",
    "/v1/customers",
    z.strictObject({ ...paging, email: text(512).optional() }),
    ({ store, path }, { email, ...page }) => store.list("customer", path, page, { ...(email && { email }) }),
  ),
  route("GET", "/v1/customers/:id", z.strictObject(expand), customerOf),
  route(
    "POST",
    "/v1/customers/:id",
    z.strictObject({ ...fields, ...defaults }),
    async (call, { expand: _, ...given }) => {
      const found = await customerOf(call);
      const { metadata: names, invoice_settings: settings, preferred_locales: locales, ...plain } = given;
      for (const [name, value] of Object.entries(plain))
        if (value !== undefined) Object.assign(found, { [name]: value || null });
      if (locales) found.preferred_locales = locales;
      if (settings) found.invoice_settings.default_payment_method = settings.default_payment_method || null;
      if (names !== undefined) found.metadata = mergedMetadata(found.metadata, names);
      await call.store.tell("customer.updated", await call.store.save(found));
      return found;
    },
  ),
  route("DELETE", "/v1/customers/:id", z.strictObject({}), async (call) => {
    const found = await customerOf(call);
    await call.store.remove(found.id);
    await call.store.tell("customer.deleted", found);
    return { id: found.id, object: "customer", deleted: true };
  }),
  route(
    "GET",
    "/v1/customers/:id/payment_methods",
    z.strictObject({ ...paging, type: z.literal("card").optional() }),
    async (call, { type: _, ...page }) => {
      const { id } = await customerOf(call);
      return call.store.list("payment_method", call.path, page, { customer: id });
    },
  ),
];

export const paymentMethodRoutes: readonly Route[] = [
  route(
    "POST",
    "/v1/payment_methods",
    z.strictObject({
      ...expand,
      type: z.literal("card"),
      card: z.strictObject({
        number: text(30).optional(),
        token: text(60).optional(),
        exp_month: integer.optional(),
        exp_year: integer.optional(),
        cvc: text(4).optional(),
      }),
      billing_details: z.strictObject({ email: text().optional(), name: text().optional() }).optional(),
      metadata: metadata.optional(),
    }),
    async ({ store }, { card, billing_details: holder, metadata: names }) => {
      const known = card.number
        ? cardOfNumber(card.number)
        : cardOfToken(card.token?.replace(/^tok_/, "pm_card_") ?? "");
      if (!known)
        throw invalid("Your card number is no number of a test card.", {
          code: "incorrect_number",
          param: "card[number]",
        });
      return store.save(
        paymentMethod(store.now, known, {
          email: holder?.email ?? null,
          name: holder?.name ?? null,
          metadata: mergedMetadata(null, names),
        }),
        {
          card: known.number,
        },
      );
    },
  ),
  route("GET", "/v1/payment_methods", byCustomer, ({ store, path }, { customer: of, type: _, ...page }) =>
    store.list("payment_method", path, page, { ...(of && { customer: of }) }),
  ),
  route("GET", "/v1/payment_methods/:id", z.strictObject(expand), methodOf),
  route(
    "POST",
    "/v1/payment_methods/:id",
    z.strictObject({
      ...expand,
      metadata: metadata.optional(),
      allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
    }),
    async (call, given) => {
      const found = await methodOf(call);
      if (given.metadata !== undefined) found.metadata = mergedMetadata(found.metadata, given.metadata);
      if (given.allow_redisplay) found.allow_redisplay = given.allow_redisplay;
      return call.store.save(found);
    },
  ),
  route(
    "POST",
    "/v1/payment_methods/:id/attach",
    z.strictObject({ ...expand, customer: text() }),
    async (call, given) => {
      const { store, ids } = call;
      await store.need("customer", given.customer, "customer");
      const token = cardOfToken(ids[0] ?? "");
      const found = token
        ? await store.save(paymentMethod(store.now, token), { card: token.number })
        : await methodOf(call);
      if (found.customer !== null && found.customer !== given.customer) {
        throw invalid("The payment method you provided has already been attached to a customer.", {
          param: "customer",
        });
      }
      found.customer = given.customer;
      await store.tell("payment_method.attached", await store.save(found));
      return found;
    },
  ),
  route("POST", "/v1/payment_methods/:id/detach", z.strictObject(expand), async (call) => {
    const found = await methodOf(call);
    if (found.customer === null) throw invalid("The payment method you provided is not attached to a customer.", {});
    const before = found.customer;
    found.customer = null;
    await call.store.tell("payment_method.detached", await call.store.save(found), { customer: before });
    return found;
  }),
];
