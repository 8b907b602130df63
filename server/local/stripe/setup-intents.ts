import type Stripe from "stripe";
import * as z from "zod";
import { expand, flag, list, metadata, paging, text } from "./form";
import { setupIntent } from "./objects";
import { methodOf } from "./payment-intents";
import { cardOf } from "./payments";
import { invalid } from "./problem";
import { type Answer, type Call, mergedMetadata, type Route, route } from "./route";
import type { Store } from "./store";

type Setup = Stripe.SetupIntent;
const OPEN = ["requires_payment_method", "requires_confirmation", "requires_action"];
const setupOf = ({ store, ids }: Call) => store.need<Setup>("setup_intent", ids[0] ?? "", "intent", true);
const what = {
  ...expand,
  customer: text().optional(),
  description: text(1000).optional(),
  metadata: metadata.optional(),
  payment_method: text().optional(),
  allowed_payment_method_types: list(z.literal("card")).optional(),
};

/**
 * Keeps a card for payments without its holder.
 * @param proved whether the holder has just proved themselves
 */
export async function setUp(
  store: Store,
  setup: Setup,
  method: Stripe.PaymentMethod,
  how: { proved: boolean; askAt: string | null; returnTo: string | null },
): Promise<Setup | { refused: object }> {
  const card = await cardOf(store, method);
  setup.payment_method = method.id;
  if (card.asks !== null && !how.proved) {
    setup.status = "requires_action";
    setup.next_action = { type: "redirect_to_url", redirect_to_url: { return_url: how.returnTo, url: how.askAt } };
    await store.tell("setup_intent.requires_action", await store.save(setup));
    return setup;
  }
  if (card.declined && card.refusedAtSetup) {
    return refuseSetup(store, setup, method, card.declined);
  }
  if (setup.customer) method.customer = setup.customer as string;
  await store.save(method, { card: card.number, setUp: true });
  Object.assign(setup, { status: "succeeded", next_action: null, last_setup_error: null });
  await store.tell("setup_intent.succeeded", await store.save(setup));
  return setup;
}

/** A card that cannot be kept, or whose holder did not prove themselves. */
export async function refuseSetup(
  store: Store,
  setup: Setup,
  method: Stripe.PaymentMethod,
  why: { code: string; message: string; decline_code?: string },
) {
  const said = { type: "card_error" as const, ...why };
  Object.assign(setup, { status: "requires_payment_method", payment_method: null, next_action: null });
  setup.last_setup_error = { ...said, payment_method: method } as Stripe.SetupIntent.LastSetupError;
  await store.tell("setup_intent.setup_failed", await store.save(setup));
  return { refused: { ...said, setup_intent: setup, payment_method: method } };
}

async function confirm(
  call: Call,
  setup: Setup,
  given: { payment_method?: string | undefined; return_url?: string | undefined },
): Promise<object | Answer> {
  if (!OPEN.includes(setup.status)) {
    throw invalid(`You cannot confirm this SetupIntent because it has a status of ${setup.status}.`, {
      code: "setup_intent_unexpected_state",
    });
  }
  const named = given.payment_method ?? (setup.payment_method as string | null);
  if (!named)
    throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", {
      code: "setup_intent_unexpected_state",
    });
  const method = await methodOf(call, named, setup.customer as string | null);
  const askAt = `${call.address}/c/prove/${setup.id}`;
  const done = await setUp(call.store, setup, method, { proved: false, askAt, returnTo: given.return_url ?? null });
  return "refused" in done ? { status: 402, body: { error: done.refused } } : done;
}

export const setupIntentRoutes: readonly Route[] = [
  route(
    "POST",
    "/v1/setup_intents",
    z.strictObject({
      ...what,
      confirm: flag.optional(),
      return_url: z.url().optional(),
      usage: z.enum(["off_session", "on_session"]).optional(),
    }),
    async (call, given) => {
      const { store } = call;
      if (given.customer) await store.need("customer", given.customer, "customer");
      const method = given.payment_method ? await methodOf(call, given.payment_method, given.customer ?? null) : null;
      const setup = setupIntent(store.now, {
        ...given,
        metadata: mergedMetadata(null, given.metadata),
        payment_method: method?.id,
      });
      await store.tell("setup_intent.created", await store.save(setup));
      return given.confirm === true ? confirm(call, setup, { return_url: given.return_url }) : setup;
    },
  ),
  route(
    "GET",
    "/v1/setup_intents",
    z.strictObject({ ...paging, customer: text().optional(), payment_method: text().optional() }),
    ({ store, path }, { customer, payment_method, ...page }) =>
      store.list("setup_intent", path, page, {
        ...(customer && { customer }),
        ...(payment_method && { payment_method }),
      }),
  ),
  route("GET", "/v1/setup_intents/:id", z.strictObject({ ...expand, client_secret: text().optional() }), setupOf),
  route("POST", "/v1/setup_intents/:id", z.strictObject(what), async (call, given) => {
    const setup = await setupOf(call);
    if (given.metadata !== undefined) setup.metadata = mergedMetadata(setup.metadata, given.metadata);
    if (given.description !== undefined) setup.description = given.description || null;
    if (given.customer) setup.customer = given.customer;
    if (given.payment_method) {
      const method = await methodOf(call, given.payment_method, setup.customer as string | null);
      Object.assign(setup, { payment_method: method.id, status: "requires_confirmation" });
    }
    return call.store.save(setup);
  }),
  route(
    "POST",
    "/v1/setup_intents/:id/confirm",
    z.strictObject({ ...expand, payment_method: text().optional(), return_url: z.url().optional() }),
    async (call, given) => confirm(call, await setupOf(call), given),
  ),
  route(
    "POST",
    "/v1/setup_intents/:id/cancel",
    z.strictObject({
      ...expand,
      cancellation_reason: z.enum(["abandoned", "duplicate", "requested_by_customer"]).optional(),
    }),
    async (call, given) => {
      const setup = await setupOf(call);
      if (!OPEN.includes(setup.status)) {
        throw invalid(`You cannot cancel this SetupIntent because it has a status of ${setup.status}.`, {
          code: "setup_intent_unexpected_state",
        });
      }
      Object.assign(setup, {
        status: "canceled",
        cancellation_reason: given.cancellation_reason ?? null,
        next_action: null,
      });
      await call.store.tell("setup_intent.canceled", await call.store.save(setup));
      return setup;
    },
  ),
];
