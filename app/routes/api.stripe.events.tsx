import type { ActionFunctionArgs } from "@remix-run/node";
import { requireStripe, takeEvent } from "~/payments/stripe-events.server";

/** POST an event as Stripe signs it. Out: { known }, or { why } with 403: Stripe tells it again. */
export async function action({ request }: ActionFunctionArgs) {
  const event = await requireStripe(request);
  return Response.json(await takeEvent(event));
}
