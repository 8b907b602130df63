import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { similarIdeas } from "~/ideas/idea-similars.server";

/** GET ?q=title&text=…: ideas like these words, the most alike first, for a client who is about to suggest one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const { searchParams } = new URL(request.url);
  const [title, text] = [searchParams.get("q") ?? "", searchParams.get("text") ?? ""];
  const ideas = person.side === "client" ? await similarIdeas(person, title, text) : [];
  return Response.json(ideas, { headers: { "Cache-Control": "private, no-store" } });
}
