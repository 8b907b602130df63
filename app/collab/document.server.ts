import * as Y from "yjs";
import { LIMITS } from "./limits";
import { Malformed } from "./protocol.server";

/** An edit under a client id that another person wrote with first: taking it would make their next edit vanish. */
export class NotYours extends Error {}
/** The document has reached its greatest size. */
export class Full extends Error {}

/**
 * A live document in memory, twice: `intake` holds everything taken in, `served` only what is stored. Whatever leaves the
 * server comes from `served`, so nobody sees an edit that a crash could take back. Knows no socket and no database.
 */
export class LiveDocument {
  private served = new Y.Doc();
  private intake = new Y.Doc();
  private waiting: Uint8Array[] = [];
  private flying: Uint8Array | null = null;
  private emitted: Uint8Array[] = [];
  private waitingBytes = 0;
  private size: number;
  private readonly owners = new Map<number, string>();

  /** In: stored updates, oldest first. Throws Malformed when one of them cannot be read. */
  constructor(stored: readonly Uint8Array[]) {
    this.size = stored.reduce((sum, update) => sum + update.length, 0);
    this.apply(this.served, stored);
    this.intake = this.copyForIntake(stored);
  }

  /** The state vector of what is stored. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.served);
  }

  /** Everything stored, or what is beyond a state vector. Throws Malformed when that is none. */
  content(beyond?: Uint8Array): Uint8Array {
    try {
      return Y.encodeStateAsUpdate(this.served, beyond);
    } catch (error) {
      throw new Malformed(String(error));
    }
  }

  /** The stored text, for reading. */
  text(): Y.XmlFragment {
    return this.served.getXmlFragment("default");
  }

  /** Reserves a client id for the person who shows it first, as being here or by writing. */
  claim(client: number, personId: string): void {
    if (!this.owners.has(client)) this.owners.set(client, personId);
  }

  /**
   * Takes in a person's edit; what is known already is dropped, delete sets too. Throws Malformed, NotYours or Full, and
   * then the document is as it was.
   */
  take(update: Uint8Array, personId: string): void {
    const authors = this.newAuthors(update);
    if (authors.some((client) => (this.owners.get(client) ?? personId) !== personId)) throw new NotYours();
    this.keepWithin(update.length);
    this.emitted = [];
    try {
      Y.applyUpdate(this.intake, update);
    } catch (error) {
      this.rebuildIntake();
      throw new Malformed(String(error));
    }
    for (const client of authors) this.claim(client, personId);
    this.queueEmitted();
  }

  /** Edits that wait to be stored, in bytes. */
  get waitingSize(): number {
    return this.waitingBytes + (this.flying?.length ?? 0);
  }

  /** The next edits to store, merged into one; null when there are none. One may fly at a time, until `landed`. */
  launch(): Uint8Array | null {
    if (this.flying || this.waiting.length === 0) return this.flying;
    const [first, ...more] = this.waiting;
    this.flying = first && more.length === 0 ? first : Y.mergeUpdates(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    return this.flying;
  }

  /** What was launched is stored. */
  landed(): void {
    if (this.flying) Y.applyUpdate(this.served, this.flying);
    this.flying = null;
  }

  /** Takes over what another process stored. Out: what of it is news to those who look at this document. */
  takeOver(stored: readonly Uint8Array[]): Uint8Array | null {
    const before = Y.snapshot(this.served);
    const vector = this.stateVector();
    this.apply(this.served, stored);
    this.apply(this.intake, stored);
    this.emitted = [];
    return Y.equalSnapshots(before, Y.snapshot(this.served)) ? null : Y.encodeStateAsUpdate(this.served, vector);
  }

  destroy(): void {
    this.served.destroy();
    this.intake.destroy();
  }

  private newAuthors(update: Uint8Array): number[] {
    try {
      const { to } = Y.parseUpdateMeta(update);
      return [...to].filter(([client, end]) => end > Y.getState(this.intake.store, client)).map(([client]) => client);
    } catch (error) {
      throw new Malformed(String(error));
    }
  }

  private keepWithin(more: number): void {
    this.size += more;
    if (this.size <= LIMITS.document) return;
    this.size = Y.encodeStateAsUpdate(this.intake).length + more;
    if (this.size <= LIMITS.document) return;
    this.size -= more;
    throw new Full();
  }

  private queueEmitted(): void {
    this.waiting.push(...this.emitted);
    this.waitingBytes += this.emitted.reduce((sum, update) => sum + update.length, 0);
    this.emitted = [];
  }

  private apply(doc: Y.Doc, updates: readonly Uint8Array[]): void {
    try {
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update);
      });
    } catch (error) {
      throw new Malformed(String(error));
    }
  }

  /** Yjs tells exactly what was news in an update, its own tidying up included; that is what gets stored. */
  private copyForIntake(updates: readonly Uint8Array[]): Y.Doc {
    const doc = new Y.Doc();
    this.apply(doc, updates);
    doc.on("update", (news: Uint8Array) => this.emitted.push(news));
    return doc;
  }

  private rebuildIntake(): void {
    this.emitted = [];
    this.intake.destroy();
    const known = [this.content(), ...(this.flying ? [this.flying] : []), ...this.waiting];
    this.intake = this.copyForIntake(known);
  }
}
