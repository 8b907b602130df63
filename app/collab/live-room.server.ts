import { setTimeout as pause } from "node:timers/promises";
import { Comings } from "./comings.server";
import { failureOf } from "./faults.server";
import { frameOf } from "./frame";
import { Intake, type IntakeServices, type Line } from "./intake.server";
import { Keeper, type KeeperServices } from "./keeper.server";
import { CLOSE, DAMAGED, LIMITS, READ_ONLY } from "./limits";
import { cleanPoint, type Identity, Presence } from "./presence.server";
import { PresenceNews } from "./presence-news.server";
import * as protocol from "./protocol.server";
import type { Room } from "./room";
import type { Wire } from "./wire.server";
import type { WireMessage } from "./wire-message.server";

export type RoomServices = KeeperServices &
  IntakeServices & {
    /** Milliseconds. */
    unloadAfter: number;
    wire: Wire | null;
    /** Asks how far the logs of all open documents go: something may have been told while nobody here heard it. */
    compare(): void;
    /** Told who is in a room by way of this process, each time somebody comes or goes. */
    onPeople(room: Room, people: readonly Identity[]): void;
  };

/** What any message takes in memory, in bytes, roughly. */
const BOOKKEEPING = 200;

/**
 * One open document and the lines into it. An edit goes: judged, taken in, stored together with what else waits, only then
 * sent to everybody. To its author that echo is the receipt.
 */
export class LiveRoom {
  private readonly lines = new Set<Line>();
  private readonly presence: Presence;
  private readonly intake: Intake;
  private keeper: Keeper | null = null;
  private backlog: [Line, protocol.Message][] = [];
  private backlogSize = 0;
  private readonly presenceNews: PresenceNews;
  private readonly comings: Comings;
  private leaveWire: (() => void) | null = null;
  private unloading: NodeJS.Timeout | null = null;
  private stale = false;
  private over = false;

  constructor(
    readonly room: Room,
    private readonly services: RoomServices,
    /** Called once: the room is unloaded or broken, and the next line needs a new one. */
    private readonly onOver: () => void,
  ) {
    this.presence = room.part === "brief" ? new Presence() : new Presence(cleanPoint);
    this.comings = new Comings(this.presence, (people) => services.onPeople(room, people));
    const { wire } = services;
    this.intake = new Intake(room, services, (line) => this.lines.has(line));
    this.presenceNews = new PresenceNews(
      () => {
        const frame = frameOf(...this.presenceNews.take());
        for (const line of this.lines) line.send(frame);
      },
      (entries) => wire?.tell(room.name, { kind: "presence", entries }),
    );
    this.leaveWire =
      wire?.join(room.name, {
        heard: (node, message) => this.hearFrom(node, message),
        connected: () => {
          services.compare();
          wire.tell(room.name, { kind: "who" });
          this.announce(this.presence.ofHere());
        },
      }) ?? null;
    this.load().catch((error: unknown) => this.fail(error, "could not open a live document"));
  }

  /** A line joins at once; what it sends before the document is there waits. */
  join(line: Line): void {
    this.lines.add(line);
    if (this.unloading) clearTimeout(this.unloading);
    this.unloading = null;
    if (!line.mayEdit) line.send(frameOf(protocol.refusal(READ_ONLY)));
    if (this.keeper) this.greet(line, this.keeper);
  }

  /** Takes one message. Throws Malformed when its update is not one; the line is then to be closed. */
  hear(line: Line, message: protocol.Message): void {
    if (!this.lines.has(line)) return;
    if (!this.keeper) {
      this.backlogSize += "update" in message ? message.update.length : BOOKKEEPING;
      if (this.backlogSize > LIMITS.waiting) this.intake.refuse(line, CLOSE.later, "the database is behind");
      else this.backlog.push([line, message]);
      return;
    }
    switch (message.kind) {
      case "step1":
        line.send(frameOf(...this.keeper.document.answer(message.stateVector)));
        return;
      case "ask-presence":
        line.send(frameOf(protocol.presence(this.presence.everybody())));
        return;
      case "presence":
        for (const { client, state } of message.entries) {
          if (state && line.mayEdit) this.keeper.document.claim(client, line.owner.identity.personId);
        }
        this.announce(this.presence.hear(line.owner, message.entries));
        return;
      case "step2":
      case "update":
        this.intake.take(line, message.update, this.keeper);
    }
  }

  leave(line: Line): void {
    if (!this.lines.delete(line)) return;
    this.announce(this.presence.leave(line.owner));
    this.unloadSoon();
  }

  /** The person behind a line may edit from now on, or no longer. */
  allow(line: Line, mayEdit: boolean): void {
    if (line.mayEdit === mayEdit) return;
    line.mayEdit = mayEdit;
    line.owner.mayPoint = mayEdit;
    if (!mayEdit) line.send(frameOf(protocol.refusal(READ_ONLY)));
    else if (this.keeper) this.greet(line, this.keeper);
  }

  /** Takes over what a job has stored, and keeps nothing of what that replaced. */
  refresh(): void {
    this.stale = !this.keeper;
    this.keeper?.refresh().catch((error: unknown) => this.fail(error, "could not read a live document again"));
  }

  /** Presences that nobody renewed are over. Called now and then. */
  sweep(): void {
    // Each process does this by itself.
    this.announce(this.presence.sweep(), false);
  }

  /** The document, as soon as it is there and as long as it follows what other processes store. */
  get follower(): Keeper | null {
    return this.keeper?.damaged ? null : this.keeper;
  }

  /** Stores what waits. In: how long the database may take, in milliseconds. */
  async settle(patience: number): Promise<void> {
    await Promise.race([this.keeper?.settled(), pause(patience, undefined, { ref: false })]);
  }

  /** Lets go of the document; its lines are to be closed by whoever holds them. */
  end(): void {
    if (this.over) return;
    this.over = true;
    if (this.unloading) clearTimeout(this.unloading);
    this.leaveWire?.();
    this.presenceNews.end();
    this.keeper?.end();
    this.lines.clear();
    this.comings.end();
    this.onOver();
  }

  private async load(): Promise<void> {
    const keeper = await Keeper.open(this.room, this.services, {
      stored: (update) => this.broadcast(protocol.update(update)),
      failed: (error) => this.fail(error, "could not store a live document"),
    });
    if (this.over) return keeper.end();
    this.keeper = keeper;
    // What was told while it was read is not known to be in it.
    if (this.leaveWire) this.services.compare();
    for (const line of this.lines) this.greet(line, keeper);
    const waited = this.backlog;
    this.backlog = [];
    this.backlogSize = 0;
    // Read before the job was done, perhaps.
    if (this.stale) this.refresh();
    for (const [line, message] of waited) this.hearOrClose(line, message);
    this.unloadSoon();
  }

  private greet(line: Line, { damaged, document }: Keeper): void {
    // A reader is not asked for what it has: it could only be refused.
    if (line.mayEdit) line.send(frameOf(damaged ? protocol.refusal(DAMAGED) : protocol.step1(document.stateVector())));
    const here = this.presence.everybody();
    if (here.length > 0) line.send(frameOf(protocol.presence(here)));
  }

  /** As `hear`, closing the line itself when the message cannot be used. Never throws: one line must not end them all. */
  hearOrClose(line: Line, message: protocol.Message): void {
    try {
      this.hear(line, message);
    } catch (error) {
      this.intake.blame(line, error);
    }
  }

  /** To everybody, in one write; what is new about who is here goes along. */
  private broadcast(message: Uint8Array): void {
    this.services.onUpdates(0, this.lines.size);
    const frame = frameOf(message, ...this.presenceNews.take());
    for (const line of this.lines) line.send(frame);
  }

  private announce(news: readonly protocol.PresenceEntry[], isOurs = true): void {
    if (this.over) return;
    this.presenceNews.add(news, isOurs);
    this.comings.look(news);
  }

  /** What another process tells. */
  private hearFrom(node: string, message: WireMessage): void {
    if (message.kind === "row") this.keeper?.heard(message.row);
    else if (message.kind === "who") this.announce(this.presence.ofHere());
    else {
      const { news, wrong, owners } = this.presence.hearFrom(node, message.entries);
      for (const { client, person } of owners) this.keeper?.document.claim(client, person);
      this.announce(news, false);
      this.announce(wrong);
    }
  }

  private unloadSoon(): void {
    if (this.lines.size > 0 || this.over || !this.keeper) return;
    if (this.unloading) clearTimeout(this.unloading);
    this.unloading = setTimeout(() => {
      this.unload().catch((error: unknown) => {
        this.services.log.error({ err: error, room: this.room.name }, "could not put a live document away");
        this.unloadSoon();
      });
    }, this.services.unloadAfter);
  }

  private async unload(): Promise<void> {
    await this.keeper?.putAway();
    // Somebody may have come back meanwhile; then the room simply stays.
    if (this.lines.size === 0 && this.keeper?.document.waitingSize === 0) this.end();
  }

  private fail(error: unknown, what: string): void {
    if (this.over) return;
    this.services.log.error({ err: error, room: this.room.name }, what);
    // Never an empty document instead.
    for (const line of this.lines) line.close(...failureOf(error));
    this.end();
  }
}
