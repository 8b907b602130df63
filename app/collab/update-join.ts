import { type Range, Ranges } from "./ranges";
import type { Section, UpdateScan } from "./update-scan";

export type ScannedUpdate = { update: Uint8Array; scan: UpdateScan };

type Piece = { section: Section; bytes: Uint8Array };

const SKIP = 10;

/**
 * Joins updates into one by moving their bytes, which takes no longer than copying them. Out: null when two of them write the
 * same moment of a client: then somebody has to look inside.
 */
export function joinUpdates(updates: readonly ScannedUpdate[]): Uint8Array | null {
  const pieces: Piece[] = [];
  const removed = new Ranges();
  for (const { update, scan } of updates) {
    for (const section of scan.sections) pieces.push({ section, bytes: update.subarray(section.from, section.to) });
    for (const range of scan.removed) removed.add(range);
  }
  // As yjs writes them: the highest client first, each from its first moment on.
  pieces.sort(({ section: one }, { section: two }) => two.client - one.client || one.clock - two.clock);
  const parts: Uint8Array[] = [];
  let clients = 0;
  for (let at = 0; at < pieces.length; clients++) {
    const end = endOfClient(pieces, at);
    if (!joinClient(pieces.slice(at, end), parts)) return null;
    at = end;
  }
  return Buffer.concat([counts([clients]), ...parts, removalsOf(removed.all())]);
}

/** The part of an update that removes these, which stand in the order of their clients. */
export function removalsOf(ranges: readonly Range[]): Uint8Array {
  const byClient = new Map<number, Range[]>();
  for (const range of ranges) {
    const own = byClient.get(range.client);
    if (own) own.push(range);
    else byClient.set(range.client, [range]);
  }
  const all = [byClient.size];
  for (const [client, own] of byClient) {
    all.push(client, own.length);
    for (const { from, to } of own) all.push(from, to - from);
  }
  return counts(all);
}

/** Numbers as yjs writes them. */
export function counts(values: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const value of values) {
    let left = value;
    for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
    bytes.push(left);
  }
  return Uint8Array.from(bytes);
}

function endOfClient(pieces: readonly Piece[], start: number): number {
  const client = pieces[start]?.section.client;
  let end = start;
  while (end < pieces.length && pieces[end]?.section.client === client) end++;
  return end;
}

function joinClient(pieces: readonly Piece[], parts: Uint8Array[]): boolean {
  const [first] = pieces;
  if (!first) return true;
  const bytes: Uint8Array[] = [];
  let structs = 0;
  let end = first.section.clock;
  for (const { section, bytes: own } of pieces) {
    if (section.clock < end) return false;
    if (section.clock > end) {
      bytes.push(counts([SKIP, section.clock - end]));
      structs += 1;
    }
    bytes.push(own);
    structs += section.structs;
    end = section.end;
  }
  parts.push(counts([structs, first.section.client, first.section.clock]), ...bytes);
  return true;
}
