import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { Allowance } from "./allowance";
import type { Connection } from "./connection.server";
import { CLOSE, LIMITS } from "./limits";
import type { LiveRoom } from "./live-room.server";
import type { Room, RoomAccess } from "./room";

/** Who asks for a socket, as the session says. */
export type CollabPerson = {
  personId: string;
  name: string;
  /** Whether they may ask everybody in a room to come to where they are, as long as they may write there. */
  mayCall?: boolean;
};

/** Who somebody is now, and what they may do. */
export type Access<Person extends CollabPerson> = {
  /** The person as they are now, null when the session that was good at the upgrade is over; asked every few seconds. */
  again(person: Person): Promise<Person | null>;
  access(person: Person, room: Room): Promise<RoomAccess>;
};

export type Seat<Person> = { connection: Connection; person: Person; room: LiveRoom };

/** What all connections of a person share. `explained`: how often they were told of too many since `explainedSince`. */
type Share = { allowance: Allowance; lines: number; explainedSince: number; explained: number };

/** Whoever stays behind after being told to go is cut off this much later, in milliseconds. */
const FAREWELL = 300;
const MINUTE = 60_000;
const SLICES = 20;
const FEW = 50;

/** Everybody who is connected, and what becomes of them when their access changes. */
export class Seats<Person extends CollabPerson> {
  private readonly taken = new Set<Seat<Person>>();
  private readonly allowances = new Map<string, Share>();
  private checking = false;

  constructor(
    private readonly may: Access<Person>,
    private readonly log: Logger,
  ) {}

  get size(): number {
    return this.taken.size;
  }

  /** Whether a person has as many connections as one may have. */
  isFull(personId: string): boolean {
    return (this.allowances.get(personId)?.lines ?? 0) >= LIMITS.connectionsOfPerson;
  }

  /** Counts that somebody with too many is told so. Out: whether it is not too often for another open line. */
  mayExplain(personId: string, now: number): boolean {
    const known = this.allowances.get(personId);
    if (!known) return false;
    if (now - known.explainedSince >= MINUTE) Object.assign(known, { explainedSince: now, explained: 0 });
    known.explained += 1;
    return known.explained <= LIMITS.explanationsPerMinute;
  }

  /** What a person may send, by all their connections together; one of them is counted until `leave`. */
  come(personId: string): Allowance {
    const known = this.allowances.get(personId) ?? {
      allowance: new Allowance(),
      lines: 0,
      explainedSince: Number.NEGATIVE_INFINITY,
      explained: 0,
    };
    known.lines += 1;
    this.allowances.set(personId, known);
    return known.allowance;
  }

  add(seat: Seat<Person>): void {
    this.taken.add(seat);
  }

  leave(seat: Seat<Person>): void {
    if (!this.taken.delete(seat)) return;
    const known = this.allowances.get(seat.person.personId);
    if (!known) return;
    known.lines -= 1;
    if (known.lines === 0) this.allowances.delete(seat.person.personId);
  }

  beat(): void {
    for (const { connection } of this.taken) connection.beat();
  }

  /** A check that cannot be made changes nothing: whoever has access must not lose it with the database. */
  check(seat: Seat<Person>, removed: boolean): Promise<void> {
    return this.look(seat, removed).catch((error: unknown) =>
      this.log.warn({ err: error }, "could not check access to a live document"),
    );
  }

  async checkAll(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    for (const seat of this.taken) await this.check(seat, false);
    this.checking = false;
  }

  checkPerson(personId: string, removed: boolean): void {
    for (const seat of this.taken) if (seat.person.personId === personId) void this.check(seat, removed);
  }

  /** Sends everybody off, many of them bit by bit, so that they do not all come back in the same moment. */
  async sendOff(): Promise<void> {
    const all = [...this.taken];
    const slice = all.length > FEW ? Math.ceil(all.length / SLICES) : all.length;
    for (const [at, { connection }] of all.entries()) {
      if (at > 0 && at % slice === 0) await pause(LIMITS.closingSpread / SLICES);
      connection.close(CLOSE.restarting, "restarting");
    }
  }

  async cutOff(): Promise<void> {
    if (this.taken.size > 0) await pause(FAREWELL);
    for (const { connection } of this.taken) connection.terminate();
  }

  private async look(seat: Seat<Person>, removed: boolean): Promise<void> {
    const person = await this.may.again(seat.person);
    if (!person && removed) return seat.connection.close(CLOSE.removed, "removed");
    if (!person) return seat.connection.close(CLOSE.signedOut, "signed out");
    const may = await this.may.access(person, seat.room.room);
    if (may === "none") return seat.connection.close(CLOSE.gone, "gone");
    seat.room.allow(seat.connection, may === "edit");
  }
}
