import * as Y from "yjs";
import { joined, stateVectorOf } from "./known.server";
import { LIMITS } from "./limits";
import * as protocol from "./protocol.server";
import type { ScannedUpdate } from "./update-join";
import { scanUpdate, type UpdateScan } from "./update-scan";

/** An update that says nothing. */
export const NOTHING = new Uint8Array([0, 0]);
/** Up to here, joining a document's parts costs less than sending them one after the other. */
const SMALL = 128 * 1024;
const [LOG_ROWS, LOG_BYTES] = [500, 256 * 1024];

/** Where a compaction began: what is in front of it is replaced by the outcome. */
export type Mark = { version: number; parts: number; rows: number; bytes: number };

/**
 * Everything of a document that is stored, as the bytes that were stored: a base and what came after it. No document is
 * built of them to serve it; whoever reads gets the bytes, and most get the same ones.
 */
export class Content {
  /** The base as the message that a newcomer is sent; `base` is a part of it. */
  private frame = protocol.step2(NOTHING);
  private base: Uint8Array = NOTHING;
  private baseEnds: ReadonlyMap<number, number> = new Map();
  private baseRemovals: Uint8Array = NOTHING;
  private tail: Uint8Array[] = [];
  private tailBytes = 0;
  /** Counts the bases there were. */
  private version = 0;
  private tailFrame: Uint8Array | null = null;
  private sinceBase: Uint8Array | null = null;
  private rows = 0;
  private logBytes = 0;
  private snapshotBytes = 0;

  /** In: what is stored, oldest first, with what each is about; whether the first of them is a snapshot. */
  constructor(stored: readonly ScannedUpdate[], hasSnapshot: boolean) {
    const [first, ...rest] = stored;
    if (first) this.setBase(first.update, first.scan);
    for (const { update } of rest) this.append(update);
    const snapshot = hasSnapshot ? first?.update : undefined;
    this.snapshotBytes = snapshot?.length ?? 0;
    this.rows = stored.length - (snapshot ? 1 : 0);
    this.logBytes = this.size - this.snapshotBytes;
  }

  get size(): number {
    return this.base.length + this.tailBytes;
  }

  append(payload: Uint8Array): void {
    // A copy: what came over a socket is a small part of a larger piece of memory.
    this.tail.push(new Uint8Array(payload));
    this.tailBytes += payload.length;
    this.rows += 1;
    this.logBytes += payload.length;
    this.tailFrame = null;
    this.sinceBase = null;
  }

  /** Everything, as one update. */
  whole(): Uint8Array {
    if (this.tail.length > 0) this.setBase(joined(this.parts()));
    return this.base;
  }

  /** What completes the document of somebody who knows this much: messages in the order to send them. */
  answer(ends: ReadonlyMap<number, number>): Uint8Array[] {
    if (ends.size === 0) return this.forNewcomer();
    for (const [client, end] of this.baseEnds) {
      if ((ends.get(client) ?? 0) < end) return [protocol.step2(Y.diffUpdate(this.whole(), stateVectorOf(ends)))];
    }
    this.sinceBase ??= joined([this.baseRemovals, ...this.tail]);
    return [protocol.step2(Y.diffUpdate(this.sinceBase, stateVectorOf(ends)))];
  }

  /** How many rows of the log no snapshot holds yet. */
  get looseRows(): number {
    return this.rows;
  }

  /** Whether the log has grown so long that a snapshot is worth its cost. */
  get wantsSnapshot(): boolean {
    const { rows, logBytes, snapshotBytes } = this;
    if (rows >= LOG_ROWS && logBytes * 4 >= snapshotBytes) return true;
    // What was removed counts against the greatest size until a snapshot forgets it.
    const enough = this.size > LIMITS.largeDocument ? LOG_BYTES * 4 : Math.max(LOG_BYTES, snapshotBytes);
    return logBytes > enough;
  }

  parts(): Uint8Array[] {
    return [this.base, ...this.tail];
  }

  mark(): Mark {
    return { version: this.version, parts: this.tail.length, rows: this.rows, bytes: this.logBytes };
  }

  /** What was there at the mark is stored as this snapshot now. */
  compacted(snapshot: ScannedUpdate, mark: Mark): boolean {
    this.rows -= mark.rows;
    this.logBytes -= mark.bytes;
    this.snapshotBytes = snapshot.update.length;
    if (mark.version !== this.version) return false;
    this.setBase(snapshot.update, snapshot.scan, this.tail.slice(mark.parts));
    return true;
  }

  private forNewcomer(): Uint8Array[] {
    if (this.base.length <= SMALL || this.tailBytes > this.base.length) this.whole();
    if (this.tail.length === 0) return [this.frame];
    // What came last goes first and waits in the reader's document; step 2 then completes it.
    this.tailFrame ??= protocol.update(joined(this.tail));
    return [this.tailFrame, this.frame];
  }

  private setBase(base: Uint8Array, scan: UpdateScan = scanned(base), tail: Uint8Array[] = []): void {
    this.frame = protocol.step2(base);
    this.base = this.frame.subarray(this.frame.length - base.length);
    this.baseRemovals = Buffer.concat([NOTHING.subarray(1), this.base.subarray(scan.removalsAt)]);
    const ends = new Map<number, number>();
    for (const { client, to } of scan.written) ends.set(client, to);
    this.baseEnds = ends;
    this.tail = tail;
    this.tailBytes = tail.reduce((sum, payload) => sum + payload.length, 0);
    this.version += 1;
    this.tailFrame = null;
    this.sinceBase = null;
  }
}

function scanned(base: Uint8Array): UpdateScan {
  const scan = scanUpdate(base);
  if (!scan) throw new protocol.Malformed("a stored update cannot be read");
  return scan;
}
