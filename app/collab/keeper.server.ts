import type { Logger } from "pino";
import { boardSeed } from "./board-elements";
import type { CollabStore, Flush, Stored } from "./collab.queries.server";
import type { Commits, Writer } from "./commits.server";
import type { Compactor } from "./compaction.server";
import { LiveDocument } from "./document.server";
import { LIMITS } from "./limits";
import type { Author } from "./owners";
import { Progress, type Row } from "./progress.server";
import { ReadableCopy } from "./readable-copy.server";
import type { RichDoc } from "./rich-text";
import { seedUpdate } from "./rich-text-yjs.server";
import type { Room } from "./room";
import { seedClient } from "./seed-client";
import type { WireMessage } from "./wire-message.server";

export type KeeperServices = {
  store: CollabStore;
  commits: Commits;
  compactor: Compactor;
  /** The first words of a brief that was never opened; null when there are none. */
  seed(room: Room): Promise<RichDoc | null>;
  /** What tells other processes; null when there are none. */
  wire: { readonly isUp: boolean; tell(room: string, message: WireMessage): void } | null;
  /** Told of every time that rows of other processes were read from the log. */
  onFetched?(): void;
  log: Logger;
};

/** What a keeper tells its room. */
export type KeeperNews = {
  /** Stored now: everybody may see it. */
  stored(update: Uint8Array): void;
  /** The document cannot be kept any longer. */
  failed(error: unknown): void;
};

/** What is stored of a document cannot be read, which trying again does not mend. */
export class Unreadable extends Error {}

const EMPTY: RichDoc = { type: "doc", content: [{ type: "paragraph" }] };

/** Keeps one open document in the database: loads it, stores what it took in, makes snapshots of it. */
export class Keeper implements Writer {
  private readonly progress: Progress;
  private flight: Flush | null = null;
  readonly id: string;
  private readonly copy: ReadableCopy;
  private settling: (() => void)[] = [];
  private compacting: Promise<void> | null = null;
  private looking: Promise<void> | null = null;
  private mayCompact = true;
  private warned = false;
  private over = false;
  readonly document: LiveDocument;
  /** A part of what is stored cannot be read: the document stays as it was before that part. */
  readonly damaged: boolean;

  private constructor(
    readonly room: Room,
    stored: Stored,
    private readonly services: KeeperServices,
    private readonly news: KeeperNews,
  ) {
    this.id = stored.id;
    this.progress = new Progress(stored.seq, {
      take: (row) => this.takeOver(row),
      fetch: (from) => this.fetch(from),
      patience: () => (services.wire?.isUp ? LIMITS.hintGap : 0),
    });
    this.document = new LiveDocument(stored.updates, stored.updates.length > stored.loose, stored.authors);
    this.document.claim(seedClient(room.name), "");
    this.damaged = stored.broken || this.document.readable < stored.updates.length;
    this.copy = new ReadableCopy(room.name, services);
    // A crash may have come between storing and asking for the readable copy.
    if (stored.loose > 0) this.copy.ask();
  }

  /** Opens a room, with its first words when nobody did before. Throws rather than opening an empty document. */
  static async open(room: Room, services: KeeperServices, news: KeeperNews): Promise<Keeper> {
    const { store, seed, log } = services;
    let stored = await store.load(room.name);
    if (!stored) {
      // Durable before anybody sees it, and the same bytes whoever gets there first.
      const first = room.part === "brief" ? seedUpdate(room.name, (await seed(room)) ?? EMPTY) : boardSeed(room.name);
      await store.create(room.name, first);
      stored = await store.load(room.name);
    }
    if (!stored) throw new Error("a live document vanished while it was made");
    const keeper = new Keeper(room, stored, services, news);
    if (keeper.damaged)
      log.error({ room: room.name, readable: keeper.document.readable }, "a live document is damaged");
    if (keeper.document.readable === 0) throw new Unreadable("nothing of a live document can be read");
    return keeper;
  }

  /** Takes in a person's edit and has it stored. Throws as `LiveDocument.take` does. */
  take(update: Uint8Array, personId: string): void {
    this.document.take(update, personId);
    if (this.document.waitingSize > 0) this.services.commits.add(this);
    if (this.warned || this.document.size < LIMITS.largeDocument) return;
    this.warned = true;
    this.services.log.warn({ room: this.room.name, bytes: this.document.size }, "a live document is nearly full");
  }

  launch(): Flush | null {
    const payload = this.over ? null : this.document.launch();
    if (!payload) return null;
    const project = this.copy.isDue() ? this.room.name : null;
    this.flight = { id: this.id, payload, authors: this.document.authors, project };
    return this.flight;
  }

  stored(seq: number, asked: boolean): void {
    if (asked) this.copy.asked();
    else this.copy.askSoon();
    this.land(seq);
  }

  lost(error: unknown): void {
    if (!this.over) this.news.failed(error);
  }

  /** Another process stored this. */
  heard(row: Row): void {
    if (!this.damaged) this.progress.heard(row);
  }

  /** The log goes up to this row. */
  isAt(head: number): void {
    if (!this.damaged) this.progress.isAt(head);
  }

  /** Takes over what another process may have stored, before somebody is judged by what is missing here. */
  lookAgain(): Promise<void> {
    this.looking ??= this.catchUp().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  /**
   * Takes over what a job has stored, and makes a snapshot, so that what was replaced goes from memory and from the log: rows
   * still hold it, and newcomers are sent them.
   */
  async refresh(): Promise<void> {
    await this.lookAgain();
    await this.compacting;
    // Not what newcomers are sent yet when one came while it was made: then once more.
    for (let isServed = false; !isServed && !this.damaged && !this.over; ) {
      const compaction = this.compact();
      this.compacting = compaction.then(
        () => undefined,
        () => undefined,
      );
      isServed = await compaction;
      this.compacting = null;
    }
  }

  private async catchUp(): Promise<void> {
    const stored = await this.services.store.load(this.room.name);
    if (!stored || stored.broken) throw new Error("a live document vanished");
    if (this.over) return;
    const news = this.document.takeOver(stored.updates, stored.authors);
    if (news) this.news.stored(news);
    this.progress.reached(stored.seq);
  }

  /** Takes over the next row as another process tells it. */
  private takeOver({ payload, authors }: Row): boolean {
    if (!payload || !this.document.believes(payload, authors)) return false;
    const news = this.document.takeOver([payload], authors);
    if (news) this.news.stored(news);
    return true;
  }

  /** Takes over the rows behind this one from the log. Rejects when that is to be tried again. */
  private async fetch(from: number): Promise<void> {
    const read = await this.read(from).catch((error: unknown) => {
      this.services.log.warn({ err: error, room: this.room.name }, "could not read what another process stored");
      throw error;
    });
    if (this.over) return;
    try {
      if (!read) throw new Error("what another process stored of a live document cannot be read");
      const news = this.document.takeOver(read.stored.updates, read.authors);
      this.services.onFetched?.();
      if (news) this.news.stored(news);
      this.progress.reached(read.stored.seq);
    } catch (error) {
      // This document's trouble alone, which ends when it is opened anew: read-only, when a part of it cannot be read.
      this.lost(error);
    }
  }

  /** Out: null when reading again would not help. */
  private async read(from: number): Promise<{ stored: Stored; authors: Author[] } | null> {
    const { store } = this.services;
    const stored = await store.since(this.id, from);
    const clients = stored && !stored.broken && this.document.ownersToAsk(stored.updates);
    if (!clients) return null;
    return { stored, authors: clients.length > 0 ? await store.authors(this.id, clients) : [] };
  }

  /** Resolves when everything taken in is stored, or the document is given up. */
  settled(): Promise<void> {
    if (this.over || this.document.waitingSize === 0) return Promise.resolve();
    return new Promise((then) => this.settling.push(then));
  }

  /** Stores what waits and leaves a snapshot behind, where one can be made. */
  async putAway(): Promise<void> {
    await this.settled();
    await this.compacting;
    if (this.damaged || this.document.looseRows <= 1) return;
    await this.compact().catch((error: unknown) => this.noSnapshot(error));
  }

  end(): void {
    this.over = true;
    this.progress.end();
    this.services.commits.remove(this);
    this.copy.end();
    this.settle();
  }

  private land(seq: number): void {
    const { flight } = this;
    // A document that rests holds nothing twice.
    this.flight = null;
    const payload = this.document.landed();
    if (payload) this.news.stored(payload);
    this.progress.stored(seq);
    if (flight) {
      const row = { seq, payload: flight.payload, authors: flight.authors };
      this.services.wire?.tell(this.room.name, { kind: "row", row });
    }
    if (this.document.waitingSize > 0) this.services.commits.add(this);
    else this.settle();
    if (!this.document.wantsSnapshot || this.compacting || !this.mayCompact) return;
    this.compacting = this.compact()
      .then(() => undefined)
      .catch((error: unknown) => this.noSnapshot(error))
      .finally(() => {
        this.compacting = null;
      });
  }

  private async compact(): Promise<boolean> {
    const { parts, mark } = this.document.toCompact();
    const { seq } = this.progress;
    const snapshot = await this.services.compactor.compact(parts);
    await this.services.store.compact(this.id, seq, snapshot);
    return this.document.compacted(snapshot, mark);
  }

  /** The log alone is the document, too: nothing is lost, and the next opening tries again. */
  private noSnapshot(error: unknown): void {
    this.mayCompact = false;
    this.services.log.error({ err: error, room: this.room.name }, "could not make a snapshot of a live document");
  }

  private settle(): void {
    for (const then of this.settling) then();
    this.settling = [];
  }
}
