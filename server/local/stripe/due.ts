import type Stripe from "stripe";
import { expireSession } from "./checkout";
import { openDispute } from "./disputes";
import { cancel, failRefund } from "./payments";
import type { Store } from "./store";

/** Does what happens by itself: holds and pages of checkout end, cardholders dispute, banks send refunds back. */
export async function settleDue(store: Store): Promise<void> {
  for (const { what, object_id: id } of await store.takeDue()) {
    if (what === "expire-hold") await expireHold(store, id);
    if (what === "expire-session") {
      const session = await store.find<Stripe.Checkout.Session>("checkout.session", id, true);
      if (session?.status === "open") await expireSession(store, session);
    }
    if (what === "dispute") await openDispute(store, id);
    if (what === "fail-refund") await failRefund(store, id);
  }
}

/** Lets go of held money that nobody took in time. Nothing happens to a payment that holds none. */
export async function expireHold(store: Store, id: string): Promise<void> {
  const intent = await store.find<Stripe.PaymentIntent>("payment_intent", id, true);
  if (intent?.status === "requires_capture") await cancel(store, intent, "automatic");
}
