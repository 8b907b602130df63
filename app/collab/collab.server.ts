import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "pino";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { env } from "~/kernel/env.server";
import { once } from "~/kernel/process.server";
import { createStore } from "./collab.queries.server";
import { Connection } from "./connection.server";
import { CLOSE, LIMITS } from "./limits";
import { LiveRoom } from "./live-room.server";
import { personColour } from "./person-colour";
import type { RichDoc } from "./rich-text";
import { relabelMentions, richTextOf } from "./rich-text-yjs.server";
import { type Room, type RoomAccess, roomOfPath } from "./room";

/** Who asks for a socket, as the session says. */
export type CollabPerson = { personId: string; name: string };

export type CollabOptions<Person extends CollabPerson> = {
  /** Connection string of portal_jobs. */
  databaseUrl: string;
  /** Origins whose pages may connect. */
  origins: ReadonlySet<string>;
  log: Logger;
  /** The person behind an upgrade, null for nobody. Throwing means: nobody can know now (503). */
  identify(request: IncomingMessage): Promise<Person | null>;
  /** The person as they are now, null when the session that was good at the upgrade is over; asked every few seconds. */
  again(person: Person): Promise<Person | null>;
  access(person: Person, room: Room): Promise<RoomAccess>;
  /** The first words of a room that was never opened; null when there are none. */
  seed(room: Room): Promise<RichDoc | null>;
  /** How long a brief that nobody looks at stays in memory, in milliseconds; 10 s when left out. */
  unloadAfter?: number;
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
  /** Refuses newcomers, stores what waits, closes every line with 1012. Within about three seconds. */
  close(): Promise<void>;
};

type Seat<Person> = { connection: Connection; person: Person; room: LiveRoom };

/** The live editing server of this process. */
export function createCollab<Person extends CollabPerson>(options: CollabOptions<Person>): Collab {
  const { log, access, identify, again, seed, unloadAfter = LIMITS.unloadAfter } = options;
  const store = createStore(options.databaseUrl);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.message, perMessageDeflate: false });
  const rooms = new Map<string, LiveRoom>();
  const seats = new Set<Seat<Person>>();
  let closing = false;
  /** How often access was told to have changed: somebody who was being let in meanwhile is looked at once more. */
  let changes = 0;

  function open(room: Room): LiveRoom {
    const known = rooms.get(room.name);
    if (known) return known;
    const made: LiveRoom = new LiveRoom(room, { store, seed, log, unloadAfter }, () => {
      if (rooms.get(room.name) === made) rooms.delete(room.name);
    });
    rooms.set(room.name, made);
    return made;
  }

  function sit(socket: WebSocket, room: Room, person: Person, mayEdit: boolean, changesBefore: number): void {
    const identity = { personId: person.personId, name: person.name, color: personColour(person.personId) };
    const live = open(room);
    const seat = {
      connection: new Connection(socket, live, { identity, mayPoint: mayEdit }, mayEdit),
      person,
      room: live,
    };
    seats.add(seat);
    socket.on("close", () => seats.delete(seat));
    if (changes !== changesBefore) void checkOrWait(seat, false);
  }

  async function admit(request: IncomingMessage, room: Room | "no-room"): Promise<number | [Room, Person, boolean]> {
    if (closing) return 503;
    if (!options.origins.has(request.headers.origin ?? "")) return 403;
    const person = await identify(request);
    if (!person) return 401;
    if (room === "no-room") return 404;
    const may = await access(person, room);
    if (may === "none") return 404;
    const own = [...seats].filter((seat) => seat.person.personId === person.personId).length;
    return own >= LIMITS.connectionsOfPerson ? 429 : [room, person, may === "edit"];
  }

  async function check(seat: Seat<Person>, removed: boolean): Promise<void> {
    const person = await again(seat.person);
    if (!person && removed) return seat.connection.close(CLOSE.removed, "removed");
    if (!person) return seat.connection.close(CLOSE.signedOut, "signed out");
    const may = await access(person, seat.room.room);
    if (may === "none") return seat.connection.close(CLOSE.gone, "gone");
    seat.room.allow(seat.connection, may === "edit");
  }

  /** A check that cannot be made changes nothing: whoever has access must not lose it with the database. */
  function checkOrWait(seat: Seat<Person>, removed: boolean): Promise<void> {
    return check(seat, removed).catch((error: unknown) =>
      log.warn({ err: error }, "could not check access to a live document"),
    );
  }

  let checking = false;
  async function checkAll(): Promise<void> {
    if (checking) return;
    checking = true;
    for (const seat of seats) await checkOrWait(seat, false);
    checking = false;
  }

  const heart = setInterval(() => {
    for (const { connection } of seats) connection.beat();
  }, LIMITS.heartbeat);
  const guard = setInterval(() => void checkAll(), LIMITS.accessCheck);

  let closed: Promise<void> | null = null;
  async function close(): Promise<void> {
    closing = true;
    clearInterval(heart);
    clearInterval(guard);
    await Promise.all([...rooms.values()].map((room) => room.drain(2_000, CLOSE.restarting, "restarting")));
    await new Promise((then) => setTimeout(then, seats.size > 0 ? 300 : 0));
    for (const { connection } of seats) connection.terminate();
    sockets.close();
    await Promise.race([store.end(), new Promise((then) => setTimeout(then, 500))]);
  }

  return {
    handleUpgrade(request, socket, head) {
      const room = roomOfPath((request.url ?? "").split("?")[0] ?? "");
      if (room === null) return false;
      socket.on("error", () => socket.destroy());
      const changesBefore = changes;
      admit(request, room).then(
        (answer) => {
          if (typeof answer === "number") return refuse(socket, answer);
          if (closing) return refuse(socket, 503);
          sockets.handleUpgrade(request, socket, head, (line) => sit(line, ...answer, changesBefore));
        },
        (error: unknown) => {
          log.error({ err: error }, "could not decide about a live connection");
          refuse(socket, 503);
        },
      );
      return true;
    },
    recheck(personId, removed) {
      changes += 1;
      if (personId === null) return void checkAll();
      for (const seat of seats) if (seat.person.personId === personId) void checkOrWait(seat, removed);
    },
    async ready() {
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

/**
 * Calls a person by another name wherever a room's text mentions them, and keeps no trace of the one before: what was replaced
 * goes from the log, too. For jobs: a room that is open meanwhile takes it over with its next edit.
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
  if (renamed > 0) await store.append(stored.id, news, room);
  // Read again: a snapshot stands for all that was stored up to it, and somebody may have written meanwhile.
  const now = await store.load(room);
  if (!now || now.loose === 0) return;
  const whole = docOf(now);
  await store.compact(now.id, now.seq, Y.encodeStateAsUpdate(whole));
  whole.destroy();
}

const storeOfJobs = () => once("collab store", () => createStore(env().JOBS_DATABASE_URL));

function docOf({ updates }: { updates: readonly Uint8Array[] }): Y.Doc {
  const ydoc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(ydoc, update);
  return ydoc;
}
