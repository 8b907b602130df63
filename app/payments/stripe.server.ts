import Stripe from "stripe";
import { env } from "~/kernel/env.server";
import { once } from "~/kernel/process.server";

/** Whether this installation takes payments, and speaks of real money. Null: no key is configured and nothing stands in. */
export function stripeMode(): "live" | "test" | null {
  const { STRIPE_SECRET_KEY: key } = env();
  if (!key) return null;
  return /^[rs]k_live_/.test(key) ? "live" : "test";
}

/** The one client of Stripe, or of what stands in for it: nothing here can tell. Throws where there is no key. */
export function stripe(): Stripe {
  return once("stripe", () => {
    const { STRIPE_SECRET_KEY: key, STRIPE_HOST: host, STRIPE_PORT: port, STRIPE_PROTOCOL: protocol } = env();
    if (!key) throw new Error("No payments are taken here: STRIPE_SECRET_KEY is not set.");
    return new Stripe(key, { ...(host && { host }), ...(port && { port }), ...(protocol && { protocol }) });
  });
}
