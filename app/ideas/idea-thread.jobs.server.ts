import { findPlaces } from "~/collab/passages.server";
import { briefRoom } from "~/collab/room";
import { asSystem } from "~/kernel/system-tx.server";
import * as queries from "./idea-thread.queries.server";

/** Keeps up where the passages of an idea are, after its brief was written in; whoever has its page open hears of it. */
export async function keepPlaces(ideaId: string): Promise<void> {
  const threads = await asSystem("look for passages", (tx) => queries.listUnresolved(tx, ideaId));
  const [any] = threads;
  const places = any && (await findPlaces(briefRoom(ideaId), threads));
  if (!any || !places) return;
  await asSystem("keep where passages are", async (tx) => {
    let news = false;
    for (const [at, thread] of threads.entries()) {
      const place = places[at];
      if (place && (place.place !== thread.place || place.present !== thread.present)) {
        news = (await queries.keepPlace(tx, thread, place)) || news;
      }
    }
    if (news) await queries.tellPages(tx, any);
  });
}
