import type { Author } from "./owners";

/** A row of a document's log, as another process told of it: without its payload when that is too large to be told. */
export type Row = { seq: number; payload: Uint8Array | null; authors: readonly Author[] };

export type ProgressWork = {
  /** Takes over the next row. Out: false when it cannot be used as it was told; then it is read from the log. */
  take(row: Row): boolean;
  /** Reads everything behind this row from the log and calls `reached`. Rejects when it cannot be read now. */
  fetch(from: number): Promise<void>;
  /** How long what is missing may still come by itself, in milliseconds. */
  patience(): number;
};

/** Rows told of too early are kept up to here, in bytes; beyond, they are read from the log. */
const HELD = 4 * 1_048_576;
/** After a failure to read, in milliseconds. */
const AGAIN = 500;

/**
 * Up to which row of its log a document is known here without a gap. A gap that does not close by itself is read from the
 * log: what other processes tell is only a hint, it may come late, twice, in another order or not at all.
 */
export class Progress {
  /** Rows behind the gap that this process stored itself: they are in the document already. */
  private readonly own = new Set<number>();
  private readonly held = new Map<number, Row>();
  private heldBytes = 0;
  /** The latest row that is known to exist. */
  private head: number;
  private timer: NodeJS.Timeout | null = null;
  private fetching = false;
  private over = false;

  constructor(
    private at: number,
    private readonly work: ProgressWork,
  ) {
    this.head = at;
  }

  /** All rows up to here are in the document. */
  get seq(): number {
    return this.at;
  }

  /** A row that this process stored is in the document. */
  stored(seq: number): void {
    if (seq > this.at) this.own.add(seq);
    this.go(seq);
  }

  /** Another process told of a row. */
  heard(row: Row): void {
    if (this.over || row.seq <= this.at || this.own.has(row.seq) || this.held.has(row.seq)) return;
    const size = row.payload?.length ?? 0;
    if (row.payload && this.heldBytes + size <= HELD) {
      this.held.set(row.seq, row);
      this.heldBytes += size;
    }
    this.go(row.seq, row.payload ? undefined : 0);
  }

  /** The log goes up to here. */
  isAt(seq: number): void {
    this.go(seq);
  }

  /** Everything up to here was read from the log into the document. */
  reached(seq: number): void {
    this.at = Math.max(this.at, seq);
    this.go(seq);
  }

  end(): void {
    this.over = true;
    if (this.timer) clearTimeout(this.timer);
    this.held.clear();
  }

  private go(seq: number, patience = this.work.patience()): void {
    if (this.over) return;
    this.head = Math.max(this.head, seq);
    const before = this.at;
    while (this.next()) this.at += 1;
    this.forget();
    // A gap that is another one now has its own time to close.
    if (this.timer && (this.at > before || this.at === this.head || patience === 0)) this.stopWaiting();
    if (this.at < this.head && !this.fetching) this.wait(patience);
  }

  /** Whether the row behind the last one is here. */
  private next(): boolean {
    const seq = this.at + 1;
    if (this.own.has(seq)) return true;
    const row = this.held.get(seq);
    return row !== undefined && this.work.take(row);
  }

  private forget(): void {
    for (const seq of this.own) if (seq <= this.at) this.own.delete(seq);
    for (const [seq, { payload }] of this.held) {
      if (seq > this.at) continue;
      this.held.delete(seq);
      this.heldBytes -= payload?.length ?? 0;
    }
  }

  private wait(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.fetch();
    }, ms);
  }

  private stopWaiting(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private async fetch(): Promise<void> {
    if (this.fetching || this.over) return;
    this.fetching = true;
    const [from, wanted] = [this.at, this.head];
    const failed = await this.work.fetch(from).then(
      () => false,
      () => true,
    );
    this.fetching = false;
    // A row that was told of and is in no log was never one of this log.
    if (!failed && this.at < wanted && this.head === wanted) this.head = this.at;
    if (this.at < this.head && !this.over) this.wait(failed ? AGAIN : this.work.patience());
  }
}
