import type { SeenLink } from "~/collab/thing-link";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import type { Locale } from "~/kernel/locale";
import * as queries from "./board-links.queries.server";
import { inLanguage } from "./idea-status";
import { statusesOf } from "./idea-statuses.server";

/**
 * What cards that lead to these ideas say to this reader, in their language. An idea that they may not read is left out, as one
 * that does not exist.
 */
export async function seenIdeas(
  actor: ClientActor | StaffActor,
  ids: readonly string[],
  locale: Locale,
): Promise<SeenLink[]> {
  if (ids.length === 0) return [];
  const ideas = actor.side === "staff" ? "/staff/ideas" : "/ideas";
  return asActor(actor, async (tx) => {
    const [rows, statuses] = [await queries.findLinked(tx, ids), inLanguage(await statusesOf(tx), locale)];
    const names = new Map(statuses.map(({ id, name }) => [id, name]));
    return rows.map(({ id, title, status }) => ({
      kind: "idea",
      id,
      title,
      state: names.get(status) ?? status,
      to: `${ideas}/${id}`,
    }));
  });
}
