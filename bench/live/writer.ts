import { randomInt } from "node:crypto";
import * as encoding from "lib0/encoding";
import { scanUpdate } from "../../app/collab/update-scan";
import type { Line } from "./line";

const [STRING, HAS_ORIGIN] = [4, 128];

/** Somebody who types one letter after the other at the end of their own text: the bytes that yjs would send. */
export class Writer {
  readonly client = randomInt(1, 2 ** 32);
  /** When each letter was sent. */
  readonly sentAt: number[] = [];

  constructor(readonly line: Line) {}

  /** The frame of the next letter, noted as sent now. */
  next(): Buffer {
    const clock = this.sentAt.length;
    this.sentAt.push(performance.now());
    return this.line.update(letter(this.client, clock));
  }
}

function letter(client: number, clock: number): Uint8Array {
  return encoding.encode((encoder) => {
    for (const count of [1, 1, client, clock]) encoding.writeVarUint(encoder, count);
    encoding.writeUint8(encoder, clock === 0 ? STRING : STRING | HAS_ORIGIN);
    if (clock === 0) {
      // Where it belongs: the text named t.
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, "t");
    } else {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock - 1);
    }
    encoding.writeVarString(encoder, "x");
    encoding.writeVarUint(encoder, 0);
  });
}

/** What of some writers' letters has come to one reader. */
export class Arrivals {
  private readonly ends = new Map<number, number>();
  readonly latencies: number[] = [];
  count = 0;

  constructor(private readonly writers: ReadonlyMap<number, Writer>) {}

  take(update: Uint8Array, at: number): void {
    for (const { client, to } of scanUpdate(update)?.written ?? []) {
      const writer = this.writers.get(client);
      if (!writer) continue;
      const from = this.ends.get(client) ?? 0;
      for (let clock = from; clock < to; clock++) this.latencies.push(at - (writer.sentAt[clock] ?? at));
      this.count += Math.max(0, to - from);
      this.ends.set(client, Math.max(from, to));
    }
  }

  endOf(client: number): number {
    return this.ends.get(client) ?? 0;
  }
}

export const byClient = (writers: readonly Writer[]): Map<number, Writer> =>
  new Map(writers.map((writer) => [writer.client, writer]));

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
