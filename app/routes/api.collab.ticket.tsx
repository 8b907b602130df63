import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireReaders } from "~/accounts/guest-door.server";
import { roomTicket } from "~/ideas/room-tickets.server";

/** GET ?room=…: a ticket for a live server on another host, as { url, room, ticket, expiresAt }; for one room and one minute. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireReaders(context);
  const ticket = await roomTicket(context, new URL(request.url).searchParams.get("room") ?? "");
  if (!ticket) throw new Response(null, { status: 404, statusText: "Not Found" });
  return Response.json(ticket, { headers: { "Cache-Control": "private, no-store" } });
}
