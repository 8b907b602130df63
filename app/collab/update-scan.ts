import type { Range } from "./ranges";
import { Unreadable, UpdateReader } from "./update-reader";

/** Where what one client wrote stands in an update: bytes `from` to `to`, that many structs, and the clocks they take. */
export type Section = { client: number; clock: number; end: number; structs: number; from: number; to: number };

/** What an update is about, read off its bytes. */
export type UpdateScan = {
  sections: Section[];
  /** What it writes, one client after the other. */
  written: Range[];
  /** What it removes. */
  removed: Range[];
  /** What of `written` is no longer there: its place is kept, its content gone. */
  gone: Range[];
  /** Where its list of removals begins. */
  removalsAt: number;
};

const [HAS_ORIGIN, HAS_RIGHT_ORIGIN, HAS_PARENT_KEY, CONTENT] = [128, 64, 32, 31];
const [GONE, SKIP] = [0, 10];
/** Kinds of shared types: array, map, text, element, fragment, hook, XML text. Two of them carry a name. */
const TYPES = 7;
const NAMED_TYPES = [3, 5];

/**
 * Reads the bytes of a yjs update (version 1) without building a document. Out: null when they are none: cut off, trailing
 * bytes, texts or values that no editor could read, clients out of the order that yjs writes them in.
 */
export function scanUpdate(bytes: Uint8Array): UpdateScan | null {
  const reader = new UpdateReader(bytes);
  const scan: UpdateScan = { sections: [], written: [], removed: [], gone: [], removalsAt: 0 };
  try {
    let before = Number.POSITIVE_INFINITY;
    for (let left = reader.count(); left > 0; left--) before = readClient(reader, scan, before);
    scan.removalsAt = reader.at;
    for (let left = reader.count(); left > 0; left--) readRemovals(reader, scan);
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
  return reader.at === bytes.length ? scan : null;
}

/** Reads a state vector. Out: up to where each client is known, null when the bytes are none. */
export function scanStateVector(bytes: Uint8Array): Map<number, number> | null {
  const reader = new UpdateReader(bytes);
  const ends = new Map<number, number>();
  try {
    for (let left = reader.count(); left > 0; left--) ends.set(reader.count(), reader.count());
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
  return reader.at === bytes.length ? ends : null;
}

function readClient(reader: UpdateReader, scan: UpdateScan, before: number): number {
  const structs = reader.count();
  const client = reader.count();
  if (client >= before) throw new Unreadable("clients out of order");
  const start = reader.count();
  const from = reader.at;
  let clock = start;
  for (let left = structs; left > 0; left--) {
    const info = reader.byte();
    const end = clock + readStruct(reader, info, client, clock);
    if (end > Number.MAX_SAFE_INTEGER) throw new Unreadable("a clock too large");
    if (info !== SKIP) {
      extend(scan.written, client, clock, end);
      if ((info & CONTENT) <= 1) extend(scan.gone, client, clock, end);
    }
    clock = end;
  }
  if (structs > 0) scan.sections.push({ client, clock: start, end: clock, structs, from, to: reader.at });
  return client;
}

function extend(ranges: Range[], client: number, from: number, to: number): void {
  const last = ranges.at(-1);
  if (last && last.client === client && last.to === from) last.to = to;
  else ranges.push({ client, from, to });
}

/** Out: how many ticks of the client's clock it takes. */
function readStruct(reader: UpdateReader, info: number, client: number, clock: number): number {
  if (info === SKIP) return reader.count();
  const length = info === GONE ? reader.count() : readItem(reader, info, client, clock);
  if (length === 0) throw new Unreadable("nothing in it");
  return length;
}

function readItem(reader: UpdateReader, info: number, client: number, clock: number): number {
  if (info & HAS_ORIGIN) readPlace(reader, client, clock);
  if (info & HAS_RIGHT_ORIGIN) readPlace(reader, client, clock);
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    const named = reader.count();
    if (named > 1) throw new Unreadable("no such parent");
    if (named === 1) reader.text();
    else readPlace(reader, client, clock);
    if (info & HAS_PARENT_KEY) reader.text();
  }
  return readContent(reader, info & CONTENT);
}

/** Yjs waits for what others have not written yet, but falls over what one builds on one's own future. */
function readPlace(reader: UpdateReader, client: number, clock: number): void {
  const own = reader.count() === client;
  if (reader.count() >= clock && own) throw new Unreadable("built on what does not exist yet");
}

function readContent(reader: UpdateReader, kind: number): number {
  switch (kind) {
    case 1: // removed
      return reader.count();
    case 2: // JSON
      return repeat(reader.count(), () => reader.json(true));
    case 3: // binary
      reader.skip(reader.count());
      return 1;
    case 4: // text
      return reader.text();
    case 5: // embed
      reader.json();
      return 1;
    case 6: // format
      reader.text();
      reader.json();
      return 1;
    case 7: {
      const type = reader.count();
      if (type >= TYPES) throw new Unreadable("no such type");
      if (NAMED_TYPES.includes(type)) reader.text();
      return 1;
    }
    case 8: // values
      return repeat(reader.count(), () => reader.value());
    case 9: // a document inside
      reader.text();
      reader.value();
      return 1;
    default:
      throw new Unreadable("no such content");
  }
}

function repeat(times: number, read: () => void): number {
  for (let left = times; left > 0; left--) read();
  return times;
}

function readRemovals(reader: UpdateReader, scan: UpdateScan): void {
  const client = reader.count();
  let before = 0;
  for (let left = reader.count(); left > 0; left--) {
    const from = reader.count();
    const to = from + reader.count();
    if (from < before || to === from) throw new Unreadable("removals out of order");
    if (to > Number.MAX_SAFE_INTEGER) throw new Unreadable("a clock too large");
    scan.removed.push({ client, from, to });
    before = to;
  }
}
