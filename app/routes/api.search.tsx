import type { LoaderFunctionArgs } from "@remix-run/node";
import { findAccountsAndPeople } from "~/accounts/finder.server";
import { requirePerson } from "~/accounts/session.server";
import { findProducts } from "~/catalog/products.server";
import { findDecisions } from "~/decisions/decision-finder.server";
import { findIdeas, findLists, findSaid } from "~/ideas/idea-finder.server";
import { findPrototypes } from "~/prototypes/review-links.server";
import { translatorOf } from "~/words";

/** What each module lets a reader find. */
const SOURCES = [
  findIdeas,
  findDecisions,
  findPrototypes,
  findAccountsAndPeople,
  findProducts,
  findLists,
  findSaid,
] as const;
const OF_EACH = 6;

/** What the palette shows for what was typed (`q`): whatever the reader may see, a few of each kind, named in their language. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const typed = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 100);
  const t = translatorOf(context.locale);
  const found = typed === "" ? [] : (await Promise.all(SOURCES.map((find) => find(person, typed, OF_EACH)))).flat();
  const groups = found.filter(({ hits }) => hits.length > 0).map(({ label, hits }) => ({ label: t(label), hits }));
  return Response.json({ groups });
}
