/** A stretch of one client's clock: `from` is in it, `to` is not. */
export type Range = { client: number; from: number; to: number };

const END = Number.POSITIVE_INFINITY;

/** Which stretches of which clients' clocks are known: what was written, or what was removed. */
export class Ranges {
  /** Per client: from, to, from, to, … in order, never touching each other. */
  private readonly stretches = new Map<number, number[]>();

  add({ client, from, to }: Range): void {
    if (from >= to) return;
    const known = this.stretches.get(client);
    if (!known) {
      this.stretches.set(client, [from, to]);
      return;
    }
    const first = firstEndingAt(known, from);
    let after = first;
    let [start, end] = [from, to];
    for (; after < known.length && (known[after] ?? END) <= to; after += 2) {
      start = Math.min(start, known[after] ?? END);
      end = Math.max(end, known[after + 1] ?? 0);
    }
    if (after === first + 2) {
      known[first] = start;
      known[first + 1] = end;
    } else known.splice(first, after - first, start, end);
  }

  /** The parts of a stretch that are not known. */
  missing({ client, from, to }: Range): Range[] {
    const known = this.stretches.get(client) ?? [];
    const out: Range[] = [];
    let at = from;
    for (let index = firstEndingAt(known, from); at < to; index += 2) {
      const start = known[index] ?? END;
      if (start > at) out.push({ client, from: at, to: Math.min(start, to) });
      at = known[index + 1] ?? END;
    }
    return out;
  }

  /** Up to where everything of a client is known, from its first moment on. */
  upTo(client: number): number {
    const known = this.stretches.get(client);
    return known && known[0] === 0 ? (known[1] ?? 0) : 0;
  }

  /** Whether anything of a client is known. */
  has(client: number): boolean {
    return this.stretches.has(client);
  }

  /** Everything that is known, client by client, each in order. */
  all(): Range[] {
    const out: Range[] = [];
    for (const [client, known] of this.stretches) {
      for (let at = 0; at < known.length; at += 2) out.push({ client, from: known[at] ?? 0, to: known[at + 1] ?? 0 });
    }
    return out;
  }

  clients(): Iterable<number> {
    return this.stretches.keys();
  }
}

/** The first stretch that ends at `at` or later: an index into the list, its length when there is none. */
function firstEndingAt(known: readonly number[], at: number): number {
  let [low, high] = [0, known.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle * 2 + 1] ?? END) < at) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}
