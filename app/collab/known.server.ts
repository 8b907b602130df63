import * as Y from "yjs";
import { type Range, Ranges } from "./ranges";
import { counts, joinUpdates, removalsOf } from "./update-join";
import { scanUpdate, type UpdateScan } from "./update-scan";

/** What of a document is known: which edits, and what of them is removed. */
export class Known {
  private written = new Ranges();
  private removed = new Ranges();

  add(scan: UpdateScan): void {
    for (const range of scan.written) this.written.add(range);
    for (const range of scan.removed) this.removed.add(range);
    for (const range of scan.gone) this.removed.add(range);
  }

  clear(): void {
    this.written = new Ranges();
    this.removed = new Ranges();
  }

  missingWritten(ranges: readonly Range[]): Range[] {
    return ranges.flatMap((range) => this.written.missing(range));
  }

  missingRemoved(ranges: readonly Range[]): Range[] {
    return ranges.flatMap((range) => this.removed.missing(range));
  }

  hasWritten(client: number): boolean {
    return this.written.has(client);
  }

  /** Up to where each client is known without a gap. */
  ends(): Map<number, number> {
    const ends = new Map<number, number>();
    for (const client of this.written.clients()) {
      const end = this.written.upTo(client);
      if (end > 0) ends.set(client, end);
    }
    return ends;
  }
}

/** The bytes of a state vector. */
export function stateVectorOf(ends: ReadonlyMap<number, number>): Uint8Array {
  return counts([ends.size, ...[...ends].flat()]);
}

/** One update that does what these do. Throws when one of them cannot be read. */
export function joined(updates: readonly Uint8Array[]): Uint8Array {
  const scanned = updates.map((update) => {
    const scan = scanUpdate(update);
    if (!scan) throw new Error("an update that was read before cannot be read");
    return { update, scan };
  });
  return joinUpdates(scanned) ?? Y.mergeUpdates([...updates]);
}

/**
 * What of an update is news.
 * In: the update and what it is about; of that, what is not known yet; up to where each client is known.
 * Out: the update itself, a shorter one, or null when all of it is known.
 */
export function newsOf(
  update: Uint8Array,
  scan: UpdateScan,
  missing: { written: readonly Range[]; removed: readonly Range[] },
  ends: () => ReadonlyMap<number, number>,
): Uint8Array | null {
  const { written, removed } = missing;
  if (written.length === 0 && removed.length === 0) return null;
  const allWritten = sum(written) === sum(scan.written);
  if (allWritten && sum(removed) === sum(scan.removed)) return update;
  const removals = removalsOf(removed);
  if (written.length === 0) return Buffer.concat([counts([0]), removals]);
  const shorter = allWritten ? update : Y.diffUpdate(update, stateVectorOf(ends()));
  const end = allWritten ? scan.removalsAt : scanUpdate(shorter)?.removalsAt;
  return Buffer.concat([shorter.subarray(0, end), removals]);
}

const sum = (ranges: readonly Range[]): number => ranges.reduce((total, { from, to }) => total + to - from, 0);
