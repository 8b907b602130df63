import { sql } from "kysely";
import * as z from "zod";
import type { Actor, GuestActor } from "./actor";
import { asActor } from "./actor-tx.server";
import { openHerePages } from "./here-pages.server";
import { listen } from "./listen.server";
import { EVERYTHING, SHARED, topicsOf } from "./live-topics";
import { log } from "./log.server";
import { asSystem } from "./system-tx.server";

/** Whoever has an open page, and how to tell it something. */
export type LiveReader = {
  actor: Actor;
  /** The person whose access it is (staff who look as a customer are nobody's person as actors), or a guest's grant. */
  holder: string;
  /** Who they are by now; null when their session is over, they were removed or their grant ended. */
  again(): Promise<Actor | null>;
  /** Sends lines of an event stream. */
  send(text: string): void;
  /** Ends the stream. */
  end(): void;
};

export type LiveHub = {
  /** Lets a reader hear what they may know. `since` says what they know already. Out: forgets them. */
  open(reader: LiveReader, since: Since): () => void;
  /** How many streams are open. */
  size(): number;
  /** Ends every stream and takes no more. */
  close(): void;
};

/** What a page knows: everything up to an event, or everything until so many milliseconds ago. */
export type Since = { event: bigint } | { ms: number };

const told = z.object({
  e: z.string().regex(/^\d+$/).optional(),
  a: z.uuid().nullable(),
  aud: z.enum(["both", "staff", "person", "clients"]),
  k: z.string(),
  s: z.uuid(),
});
type Told = z.output<typeof told>;

/** Milliseconds. Proxies end what is silent for a minute; sessions may end without anybody saying so. */
const [HEARTBEAT, RECHECK] = [25_000, 30_000];
/** Beyond so many missed events a page is told to read everything again. */
const MISSED_AT_MOST = 100;
/** Transactions that take their numbers in one order may commit in another, when they concern several accounts. */
const OUT_OF_ORDER = 32n;
/** So many streams are told at once of a cut; all pages of an office asking at the same moment would be a load. */
const AT_ONCE = 100;

/** The open pages of this process, told of what changes as it is committed. Throws nothing; what fails is logged. */
export function openLiveHub(): LiveHub {
  const streams = new Set<LiveReader>();
  const byAccount = new Map<string, Set<LiveReader>>();
  const byPerson = new Map<string, Set<LiveReader>>();
  const byObject = new Map<string, Set<LiveReader>>();
  const byHolder = new Map<string, Set<LiveReader>>();
  const staff = new Set<LiveReader>();
  const people = new Set<LiveReader>();
  const here = openHerePages({ staff, byAccount });
  /** Those who were told an event by its number: none before it may follow as the last one that they know. */
  const numbered = new WeakSet<LiveReader>();
  let newest: bigint | null = null;
  let closed = false;

  function receivers({ a, aud, s }: Told): Iterable<LiveReader>[] {
    if (aud === "person") return [byPerson.get(s) ?? []];
    if (aud === "clients") return [people];
    return aud === "both" && a !== null ? [staff, byAccount.get(a) ?? []] : [staff];
  }

  function tell(message: Told): void {
    const event = message.e === undefined ? null : BigInt(message.e);
    if (event !== null && (newest === null || event > newest)) newest = event;
    const sendTo = (readers: Iterable<LiveReader>, topics: readonly string[]) => {
      const text = written(topics, event);
      for (const reader of readers) {
        if (event !== null) numbered.add(reader);
        reader.send(text);
      }
    };
    for (const readers of receivers(message)) sendTo(readers, topicsOf(message.k, message.s));
    const object = objectKey(message.k, message.s);
    if (message.aud === "both") sendTo(byObject.get(object) ?? [], [object]);
  }

  /** What was committed while nobody listened: events from the log, by the same rules; the rest cannot be known. */
  async function catchUp(): Promise<void> {
    const known = newest;
    const missed = await asSystem("what open pages have missed", (tx) =>
      tx
        .selectFrom("events")
        .select(["id", "accountId as a", "audience as aud", "subjectKind as k", "subjectId as s"])
        .$if(known !== null, (events) => events.where("id", ">", (known ?? 0n) - OUT_OF_ORDER))
        .orderBy("id", "desc")
        .limit(known === null ? 1 : MISSED_AT_MOST)
        .execute(),
    );
    const [last] = missed;
    if (known === null) {
      newest = last?.id ?? 0n;
      return;
    }
    const tooMany = missed.length === MISSED_AT_MOST;
    for (const row of tooMany ? [] : missed.reverse()) tell(told.parse({ ...row, e: String(row.id) }));
    let turn = 0;
    for (const reader of streams) {
      reader.send(written(tooMany ? [EVERYTHING] : missable(reader.actor), null));
      turn += 1;
      if (turn % AT_ONCE === 0) await new Promise((then) => setTimeout(then, 100));
    }
  }

  async function check(reader: LiveReader): Promise<void> {
    const now = await reader.again();
    if (!now || !sameView(now, reader.actor)) reader.end();
  }

  function checkHolder(payload: string): void {
    const { person, grant } = z.object({ person: z.string(), grant: z.string() }).partial().parse(JSON.parse(payload));
    for (const reader of byHolder.get(person ?? "") ?? []) void check(reader).catch(notChecked);
    // A grant that was changed and lives is asked for anew at once, and its page with it: it may do more now, or less.
    for (const reader of [...(byHolder.get(grant ?? "") ?? [])]) reader.end();
  }

  // Who has access must not lose it with the database.
  const notChecked = (error: unknown) => log.warn({ err: error }, "could not check who reads a live stream");

  let checking = false;
  async function checkAll(): Promise<void> {
    if (checking) return;
    checking = true;
    const gap = RECHECK / Math.max(streams.size, 1);
    for (const reader of [...streams]) {
      if (streams.has(reader)) await check(reader).catch(notChecked);
      await new Promise((then) => setTimeout(then, Math.min(gap, 200)).unref());
    }
    checking = false;
  }
  const guard = setInterval(() => void checkAll(), RECHECK);
  const heart = setInterval(() => {
    for (const { send } of streams) send(": here\n\n");
  }, HEARTBEAT);
  for (const timer of [guard, heart]) timer.unref();

  let listening = () => {};
  const firstHeard = new Promise<void>((then) => {
    listening = then;
  });
  const stops = [
    listen(
      "tandem_live",
      (payload) => tell(told.parse(JSON.parse(payload))),
      () => {
        listening();
        catchUp().catch((error: unknown) => log.warn({ err: error }, "could not read what was missed"));
      },
    ),
    // A removal told during a cut is found when everybody is asked anew.
    listen("tandem_access", checkHolder, () => void checkAll()),
  ];

  function open(reader: LiveReader, since: Since): () => void {
    const { actor, holder } = reader;
    const groups: [key: string, readers: Map<string, Set<LiveReader>>][] = [[holder, byHolder]];
    if (actor.side === "guest") groups.push([objectKey(actor.object.kind, actor.object.id), byObject]);
    else groups.push([actor.personId, byPerson]);
    if (actor.side === "client") groups.push([actor.accountId, byAccount]);
    const crowds = [streams, ...(actor.side === "guest" ? [] : [people]), ...(actor.side === "staff" ? [staff] : [])];
    const forget = () => {
      for (const crowd of crowds) crowd.delete(reader);
      for (const [key, readers] of groups) {
        readers.get(key)?.delete(reader);
        if (readers.get(key)?.size === 0) readers.delete(key);
      }
    };
    if (closed) {
      reader.end();
      return forget;
    }
    for (const crowd of crowds) crowd.add(reader);
    for (const [key, readers] of groups) readers.set(key, (readers.get(key) ?? new Set()).add(reader));
    here.greet(reader);
    // Whatever is heard from here on is told as it happens; what happened before is read now.
    firstHeard
      .then(() => missedBy(actor, since))
      .then(
        ({ topics, event }) => reader.send(written(topics, numbered.has(reader) ? null : event)),
        (error: unknown) => {
          log.warn({ err: error }, "could not read what a page has missed");
          reader.end();
        },
      );
    return forget;
  }

  return {
    open,
    size: () => streams.size,
    close() {
      closed = true;
      clearInterval(heart);
      clearInterval(guard);
      for (const stop of stops) stop();
      here.close();
      for (const { end } of [...streams]) end();
    },
  };
}

/** Another role or account sees other things, and asks for a stream of its own. */
function sameView(now: Actor, then: Actor): boolean {
  if (now.side === "guest" && then.side === "guest") return now.grantId === then.grantId;
  return now.side === "client" && then.side === "client" ? now.accountId === then.accountId : now.side === then.side;
}

/** What a guest is told of: the one thing that their grant opens. */
const objectKey = (kind: string, id: string) => `${kind}:${id}`;

/** One message of the stream: the number by which a browser says what it knows, and what is to be read again. */
function written(topics: readonly string[], event: bigint | null): string {
  return `${event === null ? "" : `id: ${event}\n`}data: ${JSON.stringify({ topics })}\n\n`;
}

/** What is told and is no event, so that nobody can look it up later. */
const missable = (actor: Actor) =>
  actor.side === "guest" ? [objectKey(actor.object.kind, actor.object.id)] : [`person:${actor.personId}`, SHARED];

async function missedBy(actor: Actor, since: Since) {
  const [after, ms] = "event" in since ? [since.event, 0] : [0n, Math.ceil(since.ms)];
  if (actor.side === "guest") return missedByGuest(actor, since, ms);
  const rows = await asActor(actor, async (tx) => {
    if (actor.side === "client") {
      const { rows } =
        await sql<Missed>`select * from private.events_after(${after}, ${ms}, ${MISSED_AT_MOST})`.execute(tx);
      return rows;
    }
    return tx
      .selectFrom("events")
      .select(["id", "subjectKind", "subjectId"])
      .select(sql<boolean>`happened_at > clock_timestamp() - ${ms} * interval '1 millisecond'`.as("recent"))
      .where("id", ">", after > OUT_OF_ORDER ? after - OUT_OF_ORDER : 0n)
      .orderBy("id", "desc")
      .limit(MISSED_AT_MOST)
      .execute();
  });
  const event = rows[0]?.id ?? after;
  if ("ms" in since) return { event, topics: topicsOfAll(rows.filter(({ recent }) => recent)) };
  const topics = rows.length === MISSED_AT_MOST ? [EVERYTHING] : topicsOfAll(rows);
  return { event, topics: [...topics, ...missable(actor)] };
}

/** A guest reads no events, so the newest one of what the grant opens is looked up for them, when both sides may know it. */
async function missedByGuest({ accountId, object }: GuestActor, since: Since, ms: number) {
  const last = await asSystem("what a guest's open page has missed", (tx) =>
    tx
      .selectFrom("events")
      .select(["id", sql<boolean>`happened_at > clock_timestamp() - ${ms} * interval '1 millisecond'`.as("recent")])
      .where("subjectId", "=", object.id)
      .where("subjectKind", "=", object.kind)
      .where("accountId", "=", accountId)
      .where("audience", "=", "both")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirst(),
  );
  // Whoever comes back may have another grant as well as other news.
  const topics = "event" in since || last?.recent ? [objectKey(object.kind, object.id)] : [];
  return { event: last?.id ?? 0n, topics };
}

type Missed = { id: bigint; subjectKind: string; subjectId: string; recent: boolean };

function topicsOfAll(rows: readonly Missed[]): string[] {
  return [...new Set(rows.flatMap(({ subjectKind, subjectId }) => topicsOf(subjectKind, subjectId)))];
}
