import { asSystem } from "~/kernel/system-tx.server";
import { keptOf, type ThreadAbout } from "./idea-thread";
import * as queries from "./idea-thread.queries.server";
import { placesNow } from "./idea-thread-places.server";

/** Keeps up where the passages or things of an idea's threads are, after its brief or board changed; open pages hear of it. */
export async function keepPlaces(ideaId: string, about: ThreadAbout): Promise<void> {
  const threads = await asSystem("look for passages", (tx) => queries.listUnresolved(tx, ideaId, about));
  const [any] = threads;
  const of = keptOf(about);
  const places = any && (await placesNow(ideaId, about, threads));
  if (!any || !places) return;
  await asSystem("keep where passages are", async (tx) => {
    let news = false;
    for (const [at, thread] of threads.entries()) {
      const place = places[at];
      if (place && (place.place !== thread.place || place.present !== thread.present)) {
        news = (await queries.keepPlace(tx, of, thread, place)) || news;
      }
    }
    if (news) await queries.tellPages(tx, of, any);
  });
}
