import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { mentionables } from "~/ideas/ideas.server";
import { requireId } from "~/kernel/params";

/** GET ?q=…&only=staff: people who may be mentioned in this idea, as [{ id, name }]. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const { searchParams } = new URL(request.url);
  const typed = searchParams.get("q") ?? "";
  const only = searchParams.get("only") === "staff" ? "staff" : "all";
  const people = await mentionables(person, requireId(params, "ideaId"), typed, only);
  if (!people) throw new Response(null, { status: 404, statusText: "Not Found" });
  return Response.json(people, { headers: { "Cache-Control": "private, no-store" } });
}
