import type { LoaderFunctionArgs } from "@remix-run/node";
import { requirePerson } from "~/accounts/session.server";
import { keyOf, type LinkKind, linkOfKey, type SeenLink } from "~/collab/thing-link";
import { seenDecisions } from "~/decisions/decision-pages.server";
import { seenIdeas } from "~/ideas/board-links.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import type { Locale } from "~/kernel/locale";
import { seenPins, seenPrototypes } from "~/prototypes/review-links.server";

type Read = (actor: ClientActor | StaffActor, ids: readonly string[], locale: Locale) => Promise<SeenLink[]>;
/** Who reads the titles of each kind. */
const READ: Record<LinkKind, Read> = {
  idea: seenIdeas,
  decision: seenDecisions,
  prototype: seenPrototypes,
  pin: seenPins,
};
const AT_ONCE = 100;

/** GET ?of=idea:<uuid>&of=…: what cards on a board say to this person. What they may not read is not in the answer. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const asked = new URL(request.url).searchParams.getAll("of").slice(0, AT_ONCE);
  const links = asked.flatMap((key) => linkOfKey(key) ?? []);
  const seen = await Promise.all(
    (Object.keys(READ) as LinkKind[]).map((kind) => {
      const ids = links.filter((link) => link.kind === kind).map(({ id }) => id);
      return READ[kind](person, [...new Set(ids)], context.locale);
    }),
  );
  const answer = Object.fromEntries(seen.flat().map((link) => [keyOf(link), link]));
  return Response.json(answer, { headers: { "Cache-Control": "private, no-store" } });
}
