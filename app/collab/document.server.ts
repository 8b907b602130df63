import * as Y from "yjs";
import { Content, type Mark } from "./content.server";
import { Known, newsOf, stateVectorOf } from "./known.server";
import { LIMITS } from "./limits";
import { type Author, Owners } from "./owners";
import { Malformed } from "./protocol.server";
import type { Range } from "./ranges";
import { joinUpdates, type ScannedUpdate } from "./update-join";
import { scanStateVector, scanUpdate, type UpdateScan } from "./update-scan";

/** An edit under a client id that another person wrote with first: taking it would make their next edit vanish. */
export class NotYours extends Error {}
/** The document has reached its greatest size. */
export class Full extends Error {}

type Edit = ScannedUpdate;

const joined = (edits: readonly Edit[]): Uint8Array =>
  joinUpdates(edits) ?? Y.mergeUpdates(edits.map(({ update }) => update));

/**
 * A live document as bytes: what is stored, and what waits to be. Whatever leaves the server is stored, so nobody sees an
 * edit that a crash could take back. Knows no socket and no database, and builds no document of yjs.
 */
export class LiveDocument {
  private readonly bytes: Content;
  private readonly served = new Known();
  /** What is taken in and not stored yet; it may hold what is stored by now, too. */
  private readonly ahead = new Known();
  private readonly owners: Owners;
  private waiting: Edit[] = [];
  private flying: { payload: Uint8Array; edits: Edit[]; authors: Author[] } | null = null;
  private waitingBytes = 0;
  /** How many of the stored updates could be read; those after the first that could not are not in here. */
  readonly readable: number;

  /** In: stored updates, oldest first; whether the first is a snapshot; whose client ids are whose. */
  constructor(stored: readonly Uint8Array[], hasSnapshot = false, authors: readonly Author[] = []) {
    const good: ScannedUpdate[] = [];
    for (const update of stored) {
      const scan = scanUpdate(update);
      if (!scan) break;
      this.served.add(scan);
      good.push({ update, scan });
    }
    this.readable = good.length;
    this.bytes = new Content(good, hasSnapshot);
    this.owners = new Owners(authors);
  }

  /** The state vector of what is stored. */
  stateVector(): Uint8Array {
    return stateVectorOf(this.served.ends());
  }

  /** Everything stored, as one update. */
  content(): Uint8Array {
    return this.bytes.whole();
  }

  /** The messages that complete the document of whoever sent this state vector. Throws Malformed when it is none. */
  answer(stateVector: Uint8Array): Uint8Array[] {
    const ends = scanStateVector(stateVector);
    if (!ends) throw new Malformed("no state vector");
    return this.bytes.answer(ends);
  }

  /** Reserves a client id for the person who shows it first, as being here or by writing. */
  claim(client: number, personId: string): void {
    this.owners.claim(client, personId);
  }

  /**
   * Takes in a person's edit; what is known already is dropped, removals too. Throws Malformed, NotYours or Full, and then
   * the document is as it was.
   */
  take(update: Uint8Array, personId: string): void {
    const scan = scanUpdate(update);
    if (!scan) throw new Malformed("no update");
    const missing = this.missing(scan);
    this.requireOwn(missing, personId);
    const news = newsOf(update, scan, missing, () => this.endsOf(scan));
    if (!news) return;
    if (this.size + news.length > LIMITS.document) throw new Full();
    for (const { client } of missing.written) this.owners.claim(client, personId);
    this.ahead.add(scan);
    this.waiting.push({ update: news, scan: news === update ? scan : (scanUpdate(news) ?? scan) });
    this.waitingBytes += news.length;
  }

  /** All of it in bytes, what waits included. */
  get size(): number {
    return this.bytes.size + this.waitingSize;
  }

  /** Edits that wait to be stored, in bytes. */
  get waitingSize(): number {
    return this.waitingBytes + (this.flying?.payload.length ?? 0);
  }

  /** The next edits to store, merged into one; null when there are none. One may fly at a time, until `landed`. */
  launch(): Uint8Array | null {
    if (this.flying || this.waiting.length === 0) return this.flying?.payload ?? null;
    const edits = this.waiting;
    const [first, ...more] = edits;
    const payload = first && more.length === 0 ? first.update : joined(edits);
    const clients = new Set(edits.flatMap(({ scan }) => scan.written.map(({ client }) => client)));
    this.flying = { payload, edits, authors: this.owners.toStore(clients) };
    this.waiting = [];
    this.waitingBytes = 0;
    return payload;
  }

  /** Whose new client ids are to be stored along with what was launched. */
  get authors(): readonly Author[] {
    return this.flying?.authors ?? [];
  }

  /** What was launched is stored. Out: that, null when nothing was or nobody is told anything new by it. */
  landed(): Uint8Array | null {
    if (!this.flying) return null;
    const { payload, edits, authors } = this.flying;
    // It may have been read from the log already, before its own statement had answered.
    const isNews = edits.some(({ scan }) => this.isUnserved(scan));
    for (const { scan } of edits) this.served.add(scan);
    if (isNews) this.bytes.append(payload);
    this.owners.areStored(authors);
    this.flying = null;
    if (this.waiting.length === 0) this.ahead.clear();
    return isNews ? payload : null;
  }

  /** Takes over what another process stored. Out: what of it is news to those who look at this document. */
  takeOver(stored: readonly Uint8Array[], authors: readonly Author[] = []): Uint8Array | null {
    this.owners.areTold(authors);
    const news: Uint8Array[] = [];
    for (const update of stored) {
      const scan = scanUpdate(update);
      if (!scan) throw new Malformed("a stored update cannot be read");
      const [written, removed] = [
        this.served.missingWritten(scan.written),
        this.served.missingRemoved(scan.removed),
      ] as const;
      const own = newsOf(update, scan, { written, removed }, () => this.served.ends());
      this.served.add(scan);
      if (!own) continue;
      this.bytes.append(own);
      news.push(own);
    }
    return news.length > 0 ? Y.mergeUpdates(news) : null;
  }

  /** Client ids in these updates whose owners the database is to be asked for; null when an update cannot be read. */
  ownersToAsk(updates: readonly Uint8Array[]): number[] | null {
    const clients = new Set<number>();
    for (const update of updates) {
      const scan = scanUpdate(update);
      if (!scan) return null;
      for (const { client } of scan.written) clients.add(client);
    }
    return this.owners.unasked(clients);
  }

  /**
   * Whether another process's row can be taken over as it tells: it can be read, and says of nobody's client id what is not
   * thought here. If not, whose ids those are is asked of the database along with the row.
   */
  believes(update: Uint8Array, authors: readonly Author[]): boolean {
    if (this.owners.dispute(authors)) {
      this.owners.forget(authors);
      return false;
    }
    return scanUpdate(update) !== null;
  }

  /** How many rows of the log no snapshot holds yet. */
  get looseRows(): number {
    return this.bytes.looseRows;
  }

  get wantsSnapshot(): boolean {
    return this.bytes.wantsSnapshot;
  }

  /** What a snapshot of now is made of. */
  toCompact(): { parts: Uint8Array[]; mark: Mark } {
    return { parts: this.bytes.parts(), mark: this.bytes.mark() };
  }

  /** The snapshot that was made of what was there at the mark is stored. Out: whether it is also what newcomers are sent. */
  compacted(snapshot: Uint8Array, mark: Mark): boolean {
    const scan = scanUpdate(snapshot);
    if (!scan) throw new Malformed("a snapshot cannot be read");
    this.served.add(scan);
    return this.bytes.compacted({ update: snapshot, scan }, mark);
  }

  private isUnserved(scan: UpdateScan): boolean {
    const { served } = this;
    return served.missingWritten(scan.written).length > 0 || served.missingRemoved(scan.removed).length > 0;
  }

  private missing(scan: UpdateScan): { written: Range[]; removed: Range[] } {
    return {
      written: this.ahead.missingWritten(this.served.missingWritten(scan.written)),
      removed: this.ahead.missingRemoved(this.served.missingRemoved(scan.removed)),
    };
  }

  /** Up to where each client of an update is known, what waits included. */
  private endsOf(scan: UpdateScan): Map<number, number> {
    const ends = new Map<number, number>();
    for (const { client, to } of scan.written) {
      const gap = this.ahead.missingWritten(this.served.missingWritten([{ client, from: 0, to }]))[0];
      ends.set(client, gap?.from ?? to);
    }
    return ends;
  }

  private requireOwn(missing: { written: Range[]; removed: Range[] }, personId: string): void {
    for (const { client } of missing.written) if (!this.owners.isOpenTo(client, personId)) throw new NotYours();
    const others = missing.removed.filter(({ client }) => !this.owners.isOpenTo(client, personId));
    // Removing what its author has not written yet would make it vanish the moment it is.
    const unwritten = this.ahead.missingWritten(this.served.missingWritten(others));
    if (unwritten.length > 0) throw new NotYours();
  }
}
