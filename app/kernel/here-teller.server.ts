import { randomUUID } from "node:crypto";
import { HERE } from "./here-pages.server";
import { listen } from "./listen.server";
import { log } from "./log.server";

/** Who is in a room by way of this process. `count`: how many there are, the first of whom are named. */
export type RoomPeople = { room: string; people: readonly { id: string; name: string }[]; count: number };

/** What is said: who is in these rooms now; `begins`: and in no other; nothing at all: that this process lives. */
export type HereNews = { node: string; begins: boolean; rooms: readonly RoomPeople[] };

/** Milliseconds. Somebody who comes is told of at once; who goes may be on their way to another page, or come straight back. */
const [COMES, GOES, AGAIN, ALIVE] = [50, 1_000, 2_000, 15_000];
/** A message of the database holds 8,000 bytes. */
const [NAMED, LETTERS] = [12, 60];

export type HereTeller = {
  /** In: who is in a room now. */
  set(room: string, people: readonly { personId: string; name: string }[]): void;
  /** Says that nobody is here any more. */
  close(): Promise<void>;
};

/** Tells the processes that serve pages who is in the rooms of this one. In: what says it; it may fail, and is tried again. */
export function openHereTeller(say: (news: HereNews) => Promise<void>): HereTeller {
  const node = randomUUID();
  const rooms = new Map<string, RoomPeople>();
  const due = new Set<string>();
  let [whole, saying, closed] = [false, false, false];
  let timer: { at: number; handle: NodeJS.Timeout } | null = null;

  function soon(wait: number): void {
    if (closed) return;
    const at = performance.now() + wait;
    if (timer && timer.at <= at) return;
    if (timer) clearTimeout(timer.handle);
    timer = { at, handle: setTimeout(() => void flush(), wait) };
  }

  async function flush(): Promise<void> {
    timer = null;
    // One after the other, so that the last one said is how it is.
    if (saying) return soon(COMES);
    if (due.size === 0 && !whole) return;
    const begins = whole;
    const names = begins ? [...rooms.keys()] : [...due];
    due.clear();
    whole = false;
    saying = true;
    try {
      await say({ node, begins, rooms: names.map((room) => rooms.get(room) ?? { room, people: [], count: 0 }) });
    } catch (error) {
      log.warn({ err: error }, "could not tell who is here");
      whole ||= begins;
      for (const name of names) due.add(name);
      soon(AGAIN);
    } finally {
      saying = false;
    }
  }

  const all = () => {
    whole = true;
    soon(COMES);
  };
  const isAsked = (payload: string) => (JSON.parse(payload) as { is?: unknown }).is === "asks";
  const stop = listen(HERE, (payload) => isAsked(payload) && all(), all);
  const alive = setInterval(() => {
    if (rooms.size > 0) say({ node, begins: false, rooms: [] }).catch(() => undefined);
  }, ALIVE);
  alive.unref();

  return {
    set(room, people) {
      const before = rooms.get(room)?.count ?? 0;
      if (people.length === 0) rooms.delete(room);
      else {
        const named = people.slice(0, NAMED).map(({ personId, name }) => ({ id: personId, name: cut(name) }));
        rooms.set(room, { room, people: named, count: people.length });
      }
      due.add(room);
      soon(people.length > before ? COMES : GOES);
    },
    async close() {
      closed = true;
      stop();
      clearInterval(alive);
      if (timer) clearTimeout(timer.handle);
      rooms.clear();
      await say({ node, begins: true, rooms: [] }).catch(() => undefined);
    },
  };
}

const cut = (name: string) => [...name].slice(0, LETTERS).join("");
