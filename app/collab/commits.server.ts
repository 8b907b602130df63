import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { CollabStore, Flush } from "./collab.queries.server";
import { LIMITS } from "./limits";

/** A document that has something to store. */
export interface Writer {
  /** What is to be stored; the same until it is stored or lost. Null when there is nothing any more. */
  launch(): Flush | null;
  /** It is stored, under this sequence number; whether the readable copy was asked for along with it. */
  stored(seq: number, asked: boolean): void;
  /** It cannot be stored. */
  lost(error: unknown): void;
}

type Trouble = { since: number; wait: number; at: number };

const FIRST_WAIT = 50;
/** Everybody in every brief waits meanwhile, and asking again costs one connection. */
const LONGEST_WAIT = 500;

/**
 * Stores what documents have to store: all of them in one statement, one statement at a time, and while much is written a
 * short while apart, so that what comes meanwhile goes together. A few edits that come after a pause go at once: nobody's
 * single word waits for somebody else's in another document.
 */
export class Commits {
  private readonly waiting = new Set<Writer>();
  private readonly troubles = new Map<Writer, Trouble>();
  /** The database does not answer at all. */
  private outage: Trouble | null = null;
  private running = false;
  /** When the statements so far would have ended, one gap each. */
  private spentUntil = Number.NEGATIVE_INFINITY;
  private wake: (() => void) | null = null;

  constructor(
    private readonly store: CollabStore,
    private readonly log: Logger,
    /** Told after each statement: how long it took, in seconds. */
    private readonly onCommit: (seconds: number) => void = () => undefined,
  ) {}

  /** How many documents wait. */
  get length(): number {
    return this.waiting.size;
  }

  add(writer: Writer): void {
    this.waiting.add(writer);
    this.wake?.();
    if (!this.running) void this.run();
  }

  /** Nothing more is to be stored for this document. */
  remove(writer: Writer): void {
    this.waiting.delete(writer);
    this.troubles.delete(writer);
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.size > 0) {
      const early = this.spentUntil - LIMITS.commitGap * (LIMITS.commitsAtOnce - 1) - performance.now();
      if (early > 0) await pause(early);
      const round = this.due();
      if (round.length > 0) await this.commit(round);
      else await this.nap();
    }
    this.running = false;
  }

  /** Everybody who waits; whoever had trouble goes alone, when their time has come. */
  private due(): Writer[] {
    const now = performance.now();
    if (this.outage && this.outage.at > now) return [];
    const fine = [...this.waiting].filter((writer) => !this.troubles.has(writer));
    if (fine.length > 0) return fine.slice(0, LIMITS.documentsAtOnce);
    const again = [...this.waiting].find((writer) => (this.troubles.get(writer)?.at ?? 0) <= now);
    return again ? [again] : [];
  }

  private async nap(): Promise<void> {
    const next = this.outage?.at ?? Math.min(...[...this.troubles.values()].map(({ at }) => at));
    const ended = new AbortController();
    this.wake = this.outage ? null : () => ended.abort();
    await pause(Math.max(1, next - performance.now()), undefined, { signal: ended.signal }).catch(() => undefined);
    this.wake = null;
  }

  private async commit(round: readonly Writer[]): Promise<void> {
    const flushes: Flush[] = [];
    const writers: Writer[] = [];
    for (const writer of round) {
      const flush = this.launched(writer);
      if (flush) {
        flushes.push(flush);
        writers.push(writer);
      } else this.remove(writer);
    }
    if (flushes.length === 0) return;
    const began = performance.now();
    this.spentUntil = Math.max(began, this.spentUntil) + LIMITS.commitGap;
    try {
      const seqs = await this.store.append(flushes);
      this.onCommit((performance.now() - began) / 1_000);
      this.outage = null;
      for (const [at, writer] of writers.entries()) this.land(writer, flushes[at], seqs);
    } catch (error) {
      await this.settle(writers, error);
    }
  }

  /** What cannot even be put together is one document's trouble, and must not end the storing of all. */
  private launched(writer: Writer): Flush | null {
    try {
      return writer.launch();
    } catch (error) {
      writer.lost(error);
      return null;
    }
  }

  private land(writer: Writer, flush: Flush | undefined, seqs: ReadonlyMap<string, number>): void {
    this.remove(writer);
    const seq = flush && seqs.get(flush.id);
    if (seq === undefined) writer.lost(new Error("the live document is gone"));
    else writer.stored(seq, flush?.project !== null);
  }

  /** Storing the same bytes twice changes nothing, so trying again is safe even when the answer alone was lost. */
  private async settle(writers: readonly Writer[], error: unknown): Promise<void> {
    const [writer] = writers;
    if (!isOneDocuments(error)) {
      this.outage = this.again(this.outage, error);
      if (this.outage === null) for (const one of [...this.waiting]) this.lose(one, error);
    } else if (writer && writers.length === 1) {
      const trouble = this.again(this.troubles.get(writer) ?? null, error);
      if (trouble) this.troubles.set(writer, trouble);
      else this.lose(writer, error);
    } else for (const one of writers) await this.commit([one]);
  }

  /** Out: null when it has lasted too long. */
  private again(trouble: Trouble | null, error: unknown): Trouble | null {
    const now = performance.now();
    const { since, wait } = trouble ?? { since: now, wait: FIRST_WAIT };
    if (now - since > LIMITS.patience) return null;
    this.log.warn({ err: error }, "storing live documents failed, trying again");
    return { since, wait: Math.min(wait * 2, LONGEST_WAIT), at: now + wait };
  }

  private lose(writer: Writer, error: unknown): void {
    this.remove(writer);
    writer.lost(error);
  }
}

/** Whether it may be the fault of one document (refused, or locked by somebody else) and not of the line or the server. */
function isOneDocuments(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(?:2|42|54|XX|55P03$|57014$|40)/.test(code) && code.length === 5;
}
