import type Stripe from "stripe";
import type { Api } from "./api";
import { cardOfNumber, isCardNumber } from "./cards";
import { itemsOf } from "./checkout";
import { customer, type IntentGiven, paymentIntent, paymentMethod } from "./objects";
import {
  closedPage,
  languageOf,
  noPage,
  type PageAnswer,
  payPage,
  provePage,
  redirect,
  refusalIn,
  successUrl,
} from "./pay-page";
import { authorise, failProof } from "./payments";
import { detailsOf } from "./session-objects";
import { refuseSetup, setUp } from "./setup-intents";
import type { Store } from "./store";

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

export interface Visit {
  readonly method: string;
  readonly path: string;
  /** What a form sent; empty when the page is only looked at. */
  readonly form: URLSearchParams;
  readonly acceptLanguage: string | undefined;
}

/** The pages of checkout, which work without a script. Out: null when there is no such page. */
export function visit(api: Api, address: string, at: Visit): Promise<PageAnswer> | null {
  const [, kind, id] = /^\/c\/(pay|prove)\/([A-Za-z0-9_]+)$/.exec(at.path) ?? [];
  if (!id) return null;
  return api.within((store) => (kind === "pay" ? payAt(store, address, id, at) : proveAt(store, id, at)));
}

async function payAt(store: Store, address: string, id: string, at: Visit): Promise<PageAnswer> {
  const session = await store.find<Session>("checkout.session", id, true);
  const locale = languageOf(session, at.acceptLanguage);
  if (!session) return noPage(locale);
  if (session.status !== "open") return closedPage(session, locale);
  const items = (await itemsOf(store, session)) as readonly Stripe.LineItem[];
  const { intent: given } = (await store.hidden(session.id)) as { intent?: Partial<IntentGiven> };
  const holds = given?.capture_method === "manual";
  if (at.method !== "POST") return payPage(session, items, locale, { holds });

  const say = (code: string) =>
    payPage(session, items, locale, { problem: refusalIn(locale, code), typed: at.form, holds });
  const number = at.form.get("number")?.trim() || (at.form.get("card") ?? "");
  const card = cardOfNumber(number);
  if (!card) return say(isCardNumber(number) ? "unknown_number" : "incorrect_number");
  const email = session.customer_email ?? at.form.get("email")?.trim() ?? null;
  if (!session.customer && !/^[^\s@]+@[^\s@]+$/.test(email ?? "")) return say("email_missing");
  const name = at.form.get("name")?.trim().slice(0, 200) || null;
  if (!session.customer && session.customer_creation === "always") {
    const made = await store.save(customer(store.now, { email, name }));
    await store.tell("customer.created", made);
    session.customer = made.id;
  }
  session.customer_details = detailsOf(email, name);
  const holder = session.customer as string | null;
  const method = await store.save(paymentMethod(store.now, card, { email, name, customer: holder }), {
    card: card.number,
  });
  const how = (intent: Intent) => ({
    proved: false,
    offSession: false,
    askAt: `${address}/c/prove/${intent.id}`,
    returnTo: successUrl(session),
  });
  const intent = await intentOf(store, session, given ?? {});
  await store.save(session);
  const done =
    intent.object === "payment_intent"
      ? await authorise(store, intent, method, how(intent))
      : await setUp(store, intent, method, how(intent));
  if ("refused" in done) return say(codeOf(done.refused));
  if (done.status === "requires_action") return redirect(`/c/prove/${done.id}`);
  return complete(store, session);
}

const codeOf = (refused: object): string => {
  const { code, decline_code: decline } = refused as { code?: string; decline_code?: string };
  return decline ?? code ?? "generic";
};

/** The payment of a session, which begins when somebody first tries to pay. */
async function intentOf(store: Store, session: Session, given: Partial<IntentGiven>): Promise<Intent> {
  const held = session.payment_intent ?? session.setup_intent;
  if (held) {
    const kind = session.payment_intent ? "payment_intent" : "setup_intent";
    return store.need<Intent>(kind, String(held), "intent", true);
  }
  const made = paymentIntent(store.now, {
    ...given,
    amount: session.amount_total ?? 0,
    currency: session.currency ?? "",
    customer: session.customer as string | null,
  });
  await store.tell("payment_intent.created", await store.save(made));
  session.payment_intent = made.id;
  return made;
}

async function complete(store: Store, session: Session): Promise<PageAnswer> {
  session.status = "complete";
  session.url = null;
  if (session.mode === "payment") {
    const intent = await store.need<Stripe.PaymentIntent>("payment_intent", String(session.payment_intent), "intent");
    session.payment_status = intent.status === "succeeded" ? "paid" : "unpaid";
  }
  await store.tell("checkout.session.completed", await store.save(session));
  return redirect(successUrl(session));
}

async function proveAt(store: Store, id: string, at: Visit): Promise<PageAnswer> {
  const kind = id.startsWith("seti_") ? "setup_intent" : "payment_intent";
  const [session] = (await store.list<Session>("checkout.session", "", { limit: 1 }, { [kind]: id })).data;
  const locale = languageOf(session ?? null, at.acceptLanguage);
  const intent = await store.find<Intent>(kind, id, true);
  if (intent?.status !== "requires_action") return session ? redirect(`/c/pay/${session.id}`) : noPage(locale);
  const back = intent.next_action?.redirect_to_url?.return_url ?? null;
  const [amount, currency] = intent.object === "payment_intent" ? [intent.amount, intent.currency] : [null, null];
  if (at.method !== "POST") return provePage(amount, currency, locale, [back, session?.success_url ?? null]);
  const method = await store.need<Stripe.PaymentMethod>(
    "payment_method",
    String(intent.payment_method),
    "payment_method",
    true,
  );
  const done =
    at.form.get("do") === "yes" ? await proved(store, intent, method) : await notProved(store, intent, method);
  const failed = "refused" in done;
  if (session?.status === "open") return failed ? redirect(`/c/pay/${session.id}`) : complete(store, session);
  if (!back) return noPage(locale);
  const to = new URL(back);
  to.searchParams.set(kind, id);
  to.searchParams.set("redirect_status", failed ? "failed" : "succeeded");
  return redirect(to.href);
}

const PROVED = { proved: true, offSession: false, askAt: null, returnTo: null };
const proved = (store: Store, intent: Intent, method: Stripe.PaymentMethod) =>
  intent.object === "payment_intent" ? authorise(store, intent, method, PROVED) : setUp(store, intent, method, PROVED);
const notProved = (store: Store, intent: Intent, method: Stripe.PaymentMethod) =>
  intent.object === "payment_intent"
    ? failProof(store, intent, method)
    : refuseSetup(store, intent, method, {
        code: "setup_intent_authentication_failure",
        message: "The provided PaymentMethod has failed authentication.",
      });
