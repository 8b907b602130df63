import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";

/**
 * For the browser whose socket was refused: 204 when the session lives (its cookies are renewed on the way, which an
 * upgrade to a socket cannot do), 401 when somebody has to sign in again.
 */
export async function loader({ context }: LoaderFunctionArgs) {
  await requirePerson(context);
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
