import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { CollabStore } from "./collab.queries.server";
import { Full, LiveDocument, NotYours } from "./document.server";
import { CLOSE, LIMITS, READ_ONLY } from "./limits";
import { Presence, type PresenceOwner } from "./presence.server";
import * as protocol from "./protocol.server";
import { ReadableCopy } from "./readable-copy.server";
import type { RichDoc } from "./rich-text";
import { seedClient, seedUpdate } from "./rich-text-yjs.server";
import type { Room } from "./room";

/** One person's connection to a room, whatever carries it. */
export interface Line {
  readonly owner: PresenceOwner;
  mayEdit: boolean;
  send(bytes: Uint8Array): void;
  close(code: number, reason: string): void;
}

export type RoomServices = {
  store: CollabStore;
  /** The first words of a room that was never opened; null when there are none. */
  seed(room: Room): Promise<RichDoc | null>;
  log: Logger;
  /** Milliseconds. */
  unloadAfter: number;
};

const EMPTY: RichDoc = { type: "doc", content: [{ type: "paragraph" }] };
/** How long a database may be away before the room gives up; editors keep what is not stored and come back with it. */
const PATIENCE = 30_000;

/**
 * One open document and the lines into it. An edit goes: judged, taken in, stored together with what else waits, only then
 * sent to everybody. To its author that echo is the receipt.
 */
export class LiveRoom {
  private readonly lines = new Set<Line>();
  private readonly presence = new Presence();
  private document: LiveDocument | null = null;
  private backlog: [Line, protocol.Message][] = [];
  private backlogSize = 0;
  private id = "";
  private seq = 0;
  private loose = 0;
  private flushing: Promise<void> | null = null;
  private readonly copy: ReadableCopy;
  private presenceNews = new Map<number, protocol.PresenceEntry>();
  private unloading: NodeJS.Timeout | null = null;
  private over = false;

  constructor(
    readonly room: Room,
    private readonly services: RoomServices,
    /** Called once: the room is unloaded or broken, and the next line needs a new one. */
    private readonly onOver: () => void,
  ) {
    this.copy = new ReadableCopy(room.name, services);
    this.load().catch((error: unknown) => this.fail(error, "could not open a live document"));
  }

  /** A line joins at once; what it sends before the document is there waits. */
  join(line: Line): void {
    this.lines.add(line);
    if (this.unloading) clearTimeout(this.unloading);
    this.unloading = null;
    if (!line.mayEdit) line.send(protocol.refusal(READ_ONLY));
    if (this.document) this.greet(line, this.document);
  }

  /** Takes one message. Throws Malformed when its update is not one; the line is then to be closed. */
  hear(line: Line, message: protocol.Message): void {
    if (!this.lines.has(line)) return;
    if (!this.document) {
      this.backlogSize += "update" in message ? message.update.length : 0;
      if (this.backlogSize > LIMITS.waiting) line.close(CLOSE.later, "the database is behind");
      else this.backlog.push([line, message]);
      return;
    }
    switch (message.kind) {
      case "step1":
        line.send(protocol.step2(this.document.content(message.stateVector)));
        return;
      case "ask-presence":
        line.send(protocol.presence(this.presence.everybody()));
        return;
      case "presence":
        for (const { client, state } of message.entries) {
          if (state && line.mayEdit) this.document.claim(client, line.owner.identity.personId);
        }
        this.announce(this.presence.hear(line.owner, message.entries));
        return;
      case "step2":
      case "update":
        this.edit(line, message.update, this.document);
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
    if (!mayEdit) line.send(protocol.refusal(READ_ONLY));
    else if (this.document) line.send(protocol.step1(this.document.stateVector()));
  }

  /** Stores what waits, then ends every line. In: how long the database may take, in milliseconds. */
  async drain(patience: number, code: number, reason: string): Promise<void> {
    await Promise.race([this.flush(), pause(patience, undefined, { ref: false })]);
    for (const line of this.lines) line.close(code, reason);
    this.end();
  }

  private async load(): Promise<void> {
    const { store, seed } = this.services;
    const { name } = this.room;
    let stored = await store.load(name);
    if (!stored) {
      // Durable before anybody sees it, and the same bytes whoever gets there first.
      await store.create(name, seedUpdate(name, (await seed(this.room)) ?? EMPTY));
      stored = await store.load(name);
    }
    if (!stored) throw new Error("a live document vanished while it was made");
    const document = new LiveDocument(stored.updates);
    document.claim(seedClient(name), "");
    this.id = stored.id;
    this.seq = stored.seq;
    this.loose = stored.loose;
    this.document = document;
    // A crash may have come between storing and asking for the readable copy.
    if (stored.loose > 0) this.copy.ask();
    for (const line of this.lines) this.greet(line, document);
    const waited = this.backlog;
    this.backlog = [];
    this.backlogSize = 0;
    for (const [line, message] of waited) this.hearOrClose(line, message);
    this.unloadSoon();
  }

  private greet(line: Line, document: LiveDocument): void {
    // A reader is not asked for what it has: it could only be refused.
    if (line.mayEdit) line.send(protocol.step1(document.stateVector()));
    const here = this.presence.everybody();
    if (here.length > 0) line.send(protocol.presence(here));
  }

  /** As `hear`, closing the line itself when the message cannot be used. Never throws: one line must not end them all. */
  hearOrClose(line: Line, message: protocol.Message): void {
    try {
      this.hear(line, message);
    } catch (error) {
      if (error instanceof protocol.Malformed) {
        line.close(CLOSE.unusable, "malformed");
        return;
      }
      this.services.log.error({ err: error, room: this.room.name }, "a message to a live document failed");
      line.close(CLOSE.failed, "failed");
    }
  }

  private edit(line: Line, update: Uint8Array, document: LiveDocument): void {
    if (!line.mayEdit) {
      line.send(protocol.refusal(READ_ONLY));
      return;
    }
    if (document.waitingSize > LIMITS.waiting) {
      line.close(CLOSE.later, "the database is behind");
      return;
    }
    try {
      document.take(update, line.owner.identity.personId);
    } catch (error) {
      if (error instanceof NotYours) line.close(CLOSE.notYours, "another person's client id");
      else if (error instanceof Full) line.close(CLOSE.full, "document full");
      else throw error;
      return;
    }
    this.flush().catch((error: unknown) => this.fail(error, "could not store a live document"));
  }

  private flush(): Promise<void> {
    this.flushing ??= this.store().finally(() => {
      this.flushing = null;
    });
    return this.flushing;
  }

  private async store(): Promise<void> {
    const document = this.document;
    if (!document) return;
    for (let batch = document.launch(); batch && !this.over; batch = document.launch()) {
      const seq = await this.append(batch);
      if (seq !== this.seq + 1) await this.catchUp(document);
      this.seq = Math.max(this.seq, seq);
      this.loose++;
      document.landed();
      this.broadcast(protocol.update(batch));
    }
  }

  private async append(batch: Uint8Array): Promise<number> {
    const since = Date.now();
    for (let wait = 50; ; wait = Math.min(wait * 2, 2_000)) {
      const asks = this.copy.isDue();
      try {
        const seq = await this.services.store.append(this.id, batch, asks ? this.room.name : null);
        if (asks) this.copy.asked();
        else this.copy.askSoon();
        return seq;
      } catch (error) {
        // Storing the same bytes twice changes nothing, so trying again is safe even when the answer alone was lost.
        if (Date.now() - since > PATIENCE || this.over) throw error;
        this.services.log.warn({ err: error, room: this.room.name }, "storing a live document failed, trying again");
        await pause(wait);
      }
    }
  }

  /** Another process wrote in between (a restart overlaps): take its rows over before our own count as served. */
  private async catchUp(document: LiveDocument): Promise<void> {
    const stored = await this.services.store.load(this.room.name);
    if (!stored) throw new Error("a live document vanished");
    const news = document.takeOver(stored.updates);
    this.seq = stored.seq;
    this.loose = stored.loose;
    if (news) this.broadcast(protocol.update(news));
  }

  private broadcast(bytes: Uint8Array): void {
    for (const line of this.lines) line.send(bytes);
  }

  private announce(news: readonly protocol.PresenceEntry[]): void {
    if (news.length === 0) return;
    if (this.presenceNews.size === 0) {
      setTimeout(() => {
        const entries = [...this.presenceNews.values()];
        this.presenceNews.clear();
        this.broadcast(protocol.presence(entries));
      }, LIMITS.presenceGap);
    }
    for (const entry of news) this.presenceNews.set(entry.client, entry);
  }

  private unloadSoon(): void {
    if (this.lines.size > 0 || this.over || !this.document) return;
    if (this.unloading) clearTimeout(this.unloading);
    this.unloading = setTimeout(() => {
      this.unload().catch((error: unknown) => {
        this.services.log.error({ err: error, room: this.room.name }, "could not put a live document away");
        this.unloadSoon();
      });
    }, this.services.unloadAfter);
  }

  private async unload(): Promise<void> {
    await this.flush();
    if (this.document && this.loose > 1) {
      await this.services.store.compact(this.id, this.seq, this.document.content());
      this.loose = 0;
    }
    // Somebody may have come back meanwhile; then the room simply stays.
    if (this.lines.size === 0 && this.document?.waitingSize === 0) this.end();
  }

  private fail(error: unknown, what: string): void {
    this.services.log.error({ err: error, room: this.room.name }, what);
    // Never an empty document instead: editors keep what they have and try again.
    for (const line of this.lines) line.close(CLOSE.failed, "the document could not be kept");
    this.end();
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    if (this.unloading) clearTimeout(this.unloading);
    this.copy.end();
    this.lines.clear();
    this.document?.destroy();
    this.onOver();
  }
}
