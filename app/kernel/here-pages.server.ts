import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import * as z from "zod";
import type { Actor } from "./actor";
import { type HereChange, WhoIsHere } from "./here";
import { listen } from "./listen.server";
import { log } from "./log.server";
import { asSystem } from "./system-tx.server";

/** The channel on which processes tell each other who is where. Nothing of it is written down. */
export const HERE = "tandem_here";

const told = z.union([
  z.object({ node: z.uuid(), is: z.enum(["asks", "lives", "begins"]) }),
  z.object({
    node: z.uuid(),
    room: z.object({
      topic: z.string(),
      part: z.string(),
      account: z.uuid().nullable(),
      audience: z.enum(["both", "staff"]),
      people: z.array(z.object({ id: z.uuid(), name: z.string() })),
      count: z.int().nonnegative(),
    }),
  }),
]);

/** Milliseconds. What comes together is said together; a process that died without a word is found silent. */
const [TOGETHER, LOOK, PATIENCE] = [50, 10_000, 50_000];
/** What a page that begins is told at most: more things than that, nobody has on a screen. */
const THINGS = 300;

type Reader = { actor: Actor; send(text: string): void };
type Readers = {
  staff: ReadonlySet<Reader>;
  byAccount: ReadonlyMap<string, ReadonlySet<Reader>>;
};

/** Tells open pages who is where, each of them only what its reader may know. In: the streams that are open. */
export function openHerePages(readers: Readers): { greet(reader: Reader): void; close(): void } {
  const node = randomUUID();
  const here = new WhoIsHere(PATIENCE);
  const due = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;

  function note(changes: readonly HereChange[]): void {
    for (const { topic, accounts } of changes) due.set(topic, new Set([...(due.get(topic) ?? []), ...accounts]));
    if (due.size > 0) timer ??= setTimeout(say, TOGETHER);
  }

  function say(): void {
    timer = null;
    for (const [topic, accounts] of due) {
      sayTo(readers.staff, topic);
      for (const account of accounts) sayTo(readers.byAccount.get(account) ?? [], topic);
    }
    due.clear();
  }

  /** All of them may know the same: staff, or the people of one account. Only who is there themselves is told of the others. */
  function sayTo(same: Iterable<Reader>, topic: string): void {
    let common: { text: string; ids: ReadonlySet<string> } | null = null;
    for (const { actor, send } of same) {
      if (actor.side === "guest") continue;
      if (!common) {
        const all = here.at(topic, { ...actor, personId: "" });
        common = { text: written({ [topic]: all }), ids: new Set(all.people.map(({ id }) => id)) };
      }
      send(common.ids.has(actor.personId) ? written({ [topic]: here.at(topic, actor) }) : common.text);
    }
  }

  const ask = () =>
    void asSystem("who is where", (tx) =>
      sql`select pg_notify(${HERE}, ${JSON.stringify({ node, is: "asks" })})`.execute(tx),
    ).catch((error: unknown) => log.warn({ err: error }, "could not ask who is where"));

  function hear(payload: string): void {
    const message = told.parse(JSON.parse(payload));
    const now = performance.now();
    if ("room" in message) note([here.hear(message.node, message.room, now)]);
    else if (message.is === "begins") note(here.forget(message.node));
    else if (message.is === "lives" && !here.lives(message.node, now)) ask();
  }

  const stop = listen(HERE, hear, ask);
  const look = setInterval(() => note(here.expire(performance.now())), LOOK);
  look.unref();

  return {
    greet({ actor, send }) {
      const all = here.everywhere(actor, THINGS);
      if (Object.keys(all).length > 0) send(written(all));
    },
    close() {
      stop();
      clearInterval(look);
      if (timer) clearTimeout(timer);
    },
  };
}

/** An event of its own name: no number, since nobody can ask later who was here. */
const written = (things: object) => `event: here\ndata: ${JSON.stringify(things)}\n\n`;
