import type Stripe from "stripe";
import { env } from "~/kernel/env.server";
import { log } from "~/kernel/log.server";
import { asSystem } from "~/kernel/system-tx.server";
import { stripe, stripeMode } from "./stripe.server";
import { keepEvent } from "./stripe-event.queries.server";

/** The door through which Stripe tells us that something moved. */

/** As large as the largest body that is let in at all. */
const LONGEST = 2 ** 20;

const refusal = (why: string) => Response.json({ why }, { status: 403 });

/**
 * Lets in what Stripe signed for this installation. Throws 404 where no payments are taken, and 403 for another signature, an old
 * one, an event of another environment (test where money is real, or the other way round) or of another account.
 */
export async function requireStripe(request: Request): Promise<Stripe.Event> {
  const mode = stripeMode();
  if (!mode) throw new Response(null, { status: 404, statusText: "Not Found" });
  // The signature is over these very bytes.
  const body = Buffer.from(await request.arrayBuffer());
  const event = body.byteLength <= LONGEST ? signed(body, request.headers.get("stripe-signature") ?? "") : null;
  if (!event) throw refusal("wrong-signature");
  const foreign = event.livemode !== (mode === "live") || event.account !== undefined;
  if (!foreign) return event;
  log.error({ event: event.id, live: event.livemode }, "Stripe told of another environment or account");
  throw refusal("another-environment");
}

/** The event, signed with the secret of today or with the one before; null for anything else. */
function signed(body: Buffer, signature: string): Stripe.Event | null {
  const { STRIPE_WEBHOOK_SECRET: current, STRIPE_PREVIOUS_WEBHOOK_SECRET: previous } = env();
  for (const secret of [current, previous]) {
    if (!secret) continue;
    try {
      return stripe().webhooks.constructEvent(body, signature, secret);
    } catch {
      // Signed with the other one, or by nobody.
    }
  }
  return null;
}

/**
 * Keeps what Stripe told, and nothing else: what follows from it is asked of Stripe later, since events come twice, late and in
 * any order. Out: whether it is told for the first time.
 */
export async function takeEvent(event: Stripe.Event): Promise<{ known: boolean }> {
  const { object } = event.data;
  const told = {
    id: event.id,
    kind: event.type,
    objectId: "id" in object && typeof object.id === "string" ? object.id : null,
    happenedAt: new Date(event.created * 1000),
    payload: JSON.stringify(event),
  };
  const first = await asSystem("Stripe tells what moved", (tx) => keepEvent(tx, told));
  return { known: !first };
}
