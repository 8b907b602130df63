import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import type { BoardElement } from "./board-element";
import { readBoard } from "./board-elements";
import { createStore } from "./collab.queries.server";
import { Commits } from "./commits.server";
import { Compactor } from "./compaction.server";
import { Connection } from "./connection.server";
import { Heads } from "./heads.server";
import { CLOSE, LIMITS } from "./limits";
import { LiveRoom } from "./live-room.server";
import { personColour } from "./person-colour";
import type { Identity } from "./presence.server";
import type { RichDoc } from "./rich-text";
import { relabelMentions, richTextOf } from "./rich-text-yjs.server";
import { type Room, roomOfPath } from "./room";
import { type Access, type CollabPerson, Seats } from "./seats.server";
import { docOf, storeOfJobs } from "./stored-doc.server";
import { Wire, type WireFate } from "./wire.server";

export type { CollabPerson } from "./seats.server";

/** What happens here, for whoever counts it. */
export type CollabMeasures = {
  /** Edits taken in, and how many lines stored ones went to. */
  updates(taken: number, sent: number): void;
  /** Something was not taken. In: why, in a word. */
  refused(reason: string): void;
  /** A flush is stored. In: how long it took, in seconds. */
  committed(seconds: number): void;
  /** What became of a message between processes; `fetched`: what none brought was read from the log. */
  wire(fate: WireFate | "fetched"): void;
};

export type CollabOptions<Person extends CollabPerson> = Access<Person> & {
  /** Connection string of portal_jobs. */
  databaseUrl: string;
  /** Origins whose pages may connect. */
  origins: ReadonlySet<string>;
  log: Logger;
  /** The person behind an upgrade, null for nobody. Throwing means: nobody can know now (503). */
  identify(request: IncomingMessage): Promise<Person | null>;
  /** The first words of a brief that was never opened; null when there are none. */
  seed(room: Room): Promise<RichDoc | null>;
  /** How long a brief that nobody looks at stays in memory, in milliseconds; 10 s when left out. */
  unloadAfter?: number;
  measures?: CollabMeasures;
  /** Told who is in a room by way of this process, each time somebody comes or goes. */
  onPeople?: (room: Room, people: readonly Identity[]) => void;
  /** The Redis between the processes that serve the same rooms, and what they seal their messages with; left out: one process. */
  redis?: { url: string; secret: string };
};

export type Collab = {
  /** Takes an upgrade to /collab/…; false when the path is somebody else's. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Whether documents can be opened and stored now. */
  ready(): Promise<boolean>;
  /**
   * Looks now, and not only at the next of its rounds, at what somebody may still do: their access has changed. In: the id of
   * the person (of a guest: of the grant), null for everybody; and whether they were removed, which their page then says.
   */
  recheck(personId: string | null, removed: boolean): void;
  /** A job has changed what is stored of a room: if it is open here, everybody in it sees that now. */
  refresh(room: string): void;
  /** How much is open now: documents, connections, and documents that wait to be stored. */
  figures(): { rooms: number; sockets: number; queue: number };
  /** Whether other processes are told at once; null when there are none. Without, they find out within a moment. */
  wireIsUp(): boolean | null;
  /** Refuses newcomers, stores what waits, closes every line with 1012. Within about three seconds. */
  close(): Promise<void>;
};

const NOT_COUNTED: CollabMeasures = { updates: () => {}, refused: () => {}, committed: () => {}, wire: () => {} };
/** How long the database may take to store what waits at the end, in milliseconds: before anybody is sent off, and after. */
const [LAST_FLUSH, VERY_LAST_FLUSH] = [1_000, 500];
/** How long somebody who is told of too many connections may take to hang up, in milliseconds. */
const PARTING = 2_000;

/** The live editing server of this process. */
export function createCollab<Person extends CollabPerson>(options: CollabOptions<Person>): Collab {
  const { log, access, identify, seed, unloadAfter = LIMITS.unloadAfter, measures = NOT_COUNTED } = options;
  const store = createStore(options.databaseUrl);
  const warm = store.warm();
  const commits = new Commits(store, log, measures.committed);
  const compactor = new Compactor();
  const rooms = new Map<string, LiveRoom>();
  let heads: Heads | null = null;
  const compare = () => heads?.look();
  // Both turns: a way that has just closed may have lost something, and one that has just opened has.
  const wire = options.redis ? new Wire(options.redis, log, measures.wire, compare) : null;
  const followers = () => [...rooms.values()].flatMap(({ follower }) => follower ?? []);
  if (wire) heads = new Heads(store, followers, () => wire.isUp, log);
  const onFetched = () => measures.wire("fetched");
  const services = { store, commits, compactor, seed, log, unloadAfter, wire, compare, onFetched };
  const { onPeople = () => undefined } = options;
  const told = { onRefused: measures.refused, onUpdates: measures.updates, onPeople };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.message, perMessageDeflate: false });
  const seats = new Seats(options, log);
  let closing = false;
  /** How often access was told to have changed: somebody who was being let in meanwhile is looked at once more. */
  let changes = 0;

  function open(room: Room): LiveRoom {
    const known = rooms.get(room.name);
    if (known) return known;
    const made: LiveRoom = new LiveRoom(room, { ...services, ...told }, () => {
      if (rooms.get(room.name) === made) rooms.delete(room.name);
    });
    rooms.set(room.name, made);
    return made;
  }

  function sit(socket: WebSocket, wire: Duplex, { room, person, mayEdit, changesBefore }: Admitted<Person>): void {
    const identity = { personId: person.personId, name: person.name, color: personColour(person.personId) };
    const live = open(room);
    const allowance = seats.come(person.personId);
    const owner = { identity, mayPoint: mayEdit, mayCall: person.mayCall ?? false };
    const connection = new Connection(socket, wire, live, owner, mayEdit, allowance, measures.refused);
    const seat = { connection, person, room: live };
    seats.add(seat);
    socket.on("close", () => seats.leave(seat));
    if (changes !== changesBefore) void seats.check(seat, false);
  }

  async function admit(request: IncomingMessage, room: Room | "no-room"): Promise<number | Admitted<Person>> {
    const changesBefore = changes;
    if (closing) return 503;
    if (!options.origins.has(request.headers.origin ?? "")) return 403;
    const person = await identify(request);
    if (!person) return 401;
    if (room === "no-room") return 404;
    const may = await access(person, room);
    if (may === "none") return 404;
    if (closing) return 503;
    return { room, person, mayEdit: may === "edit", changesBefore };
  }

  /** Says that there are too many already: a browser is not told why a handshake is refused. No room, no seat, nothing heard. */
  function part(line: WebSocket): void {
    measures.refused("too many");
    line.on("error", () => undefined);
    line.close(CLOSE.tooMany, "too many connections");
    setTimeout(() => line.terminate(), PARTING).unref();
  }

  function turnAway(socket: Duplex, status: number): void {
    measures.refused(String(status));
    refuse(socket, status);
  }

  const heart = setInterval(() => seats.beat(), LIMITS.heartbeat);
  const guard = setInterval(() => {
    void seats.checkAll();
    for (const room of rooms.values()) room.sweep();
  }, LIMITS.accessCheck);

  const settle = (patience: number) => Promise.all([...rooms.values()].map((room) => room.settle(patience)));
  let closed: Promise<void> | null = null;
  async function close(): Promise<void> {
    closing = true;
    clearInterval(heart);
    clearInterval(guard);
    await settle(LAST_FLUSH);
    await seats.sendOff();
    await settle(VERY_LAST_FLUSH);
    for (const room of [...rooms.values()]) room.end();
    await seats.cutOff();
    sockets.close();
    heads?.end();
    wire?.close();
    await compactor.end();
    await Promise.race([store.end(), new Promise((then) => setTimeout(then, 500))]);
  }

  return {
    handleUpgrade(request, socket, head) {
      const room = roomOfPath((request.url ?? "").split("?")[0] ?? "");
      if (room === null) return false;
      socket.on("error", drop);
      admit(request, room).then(
        (answer) => {
          if (typeof answer === "number") return turnAway(socket, answer);
          const { personId } = answer.person;
          // Counted here, where nothing comes between the look and the seat.
          const isFull = seats.isFull(personId);
          if (isFull && !seats.mayExplain(personId, performance.now())) return turnAway(socket, 429);
          sockets.handleUpgrade(request, socket, head, (line) => (isFull ? part(line) : sit(line, socket, answer)));
        },
        (error: unknown) => {
          log.error({ err: error }, "could not decide about a live connection");
          turnAway(socket, 503);
        },
      );
      return true;
    },
    recheck(personId, removed) {
      changes += 1;
      if (personId === null) void seats.checkAll();
      else seats.checkPerson(personId, removed);
    },
    wireIsUp: () => wire?.isUp ?? null,
    refresh: (name) => rooms.get(name)?.refresh(),
    figures: () => ({ rooms: rooms.size, sockets: seats.size, queue: commits.length }),
    async ready() {
      await warm;
      return (
        !closing &&
        (await store.ping().then(
          () => true,
          () => false,
        ))
      );
    },
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

type Admitted<Person> = { room: Room; person: Person; mayEdit: boolean; changesBefore: number };

const REASONS: Record<number, string> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

/** Ends the line once the refusal is out: nothing else would end one whose other side stays silent. */
function refuse(socket: Duplex, status: number): void {
  socket.once("finish", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? "Refused"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/**
 * A room's text as it is stored now, made safe, with the sequence number it was read at; null when the room was never
 * opened. For jobs: reads the log as the collab role, whatever process serves the room.
 */
export async function readRichText(room: string): Promise<{ doc: RichDoc; seq: number } | null> {
  const stored = await storeOfJobs().load(room);
  if (!stored) return null;
  const ydoc = docOf(stored);
  const doc = richTextOf(ydoc.getXmlFragment("default"));
  ydoc.destroy();
  return { doc, seq: stored.seq };
}

/** The same of a board: its elements, made safe and in order. */
export async function readBoardRoom(room: string): Promise<{ elements: BoardElement[]; seq: number } | null> {
  const stored = await storeOfJobs().load(room);
  if (!stored) return null;
  const ydoc = docOf(stored);
  const elements = readBoard(ydoc);
  ydoc.destroy();
  return { elements, seq: stored.seq };
}

/**
 * Calls a person by another name wherever a room's text mentions them, and keeps no trace of the one before: what was replaced
 * goes from the log, too. For jobs: a room that is open meanwhile is told and takes it over.
 */
export async function renameMentions(room: string, personId: string, name: string): Promise<void> {
  const store = storeOfJobs();
  const stored = await store.load(room);
  if (!stored) return;
  const ydoc = docOf(stored);
  const before = Y.encodeStateVector(ydoc);
  const renamed = relabelMentions(ydoc.getXmlFragment("default"), personId, name);
  const news = Y.encodeStateAsUpdate(ydoc, before);
  ydoc.destroy();
  if (renamed > 0) await store.append([{ id: stored.id, payload: news, authors: [], project: room }]);
  // Read again: a snapshot stands for all that was stored up to it, and somebody may have written meanwhile.
  const now = await store.load(room);
  if (now && now.loose > 0) {
    const whole = docOf(now);
    await store.compact(now.id, now.seq, Y.encodeStateAsUpdate(whole));
    whole.destroy();
  }
  await store.tell(room);
}

/** Ends a broken line. Not made anew for each: what was asked at its beginning would stay in memory as long as the line. */
function drop(this: Duplex): void {
  this.destroy();
}
