import type { ActionFunctionArgs } from "@remix-run/node";
import { requireMailServer, takeReport } from "~/notifications/mail-bounces.server";

const STATUS = { "too-large": 413, "not-a-report": 400 };

/** POST a report of delivery as it came (message/rfc822). Out: { became }, or { why } with 400, 401, 413 or 429. */
export async function action({ request, context }: ActionFunctionArgs) {
  await requireMailServer(request, context.clientAddress);
  const outcome = await takeReport(await request.arrayBuffer());
  if (outcome.ok) return Response.json({ became: outcome.became });
  return Response.json({ why: outcome.why }, { status: STATUS[outcome.why] });
}
