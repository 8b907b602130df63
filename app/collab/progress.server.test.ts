import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Progress, type Row } from "./progress.server";

const GAP = 150;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const row = (seq: number, payload: Uint8Array | null = new Uint8Array([seq])): Row => ({ seq, payload, authors: [] });

/** A document's progress from row 3 on, beside a log that goes up to `head`. */
function beside(log: { head: number; down?: boolean }, usable: (seq: number) => boolean = () => true) {
  const taken: number[] = [];
  const fetched: number[] = [];
  const progress: Progress = new Progress(3, {
    take({ seq }) {
      if (usable(seq)) taken.push(seq);
      return usable(seq);
    },
    async fetch(from) {
      fetched.push(from);
      if (log.down) throw new Error("the database is away");
      progress.reached(log.head);
    },
    patience: () => GAP,
  });
  return { progress, taken, fetched };
}

test("rows that are told in order are taken at once, and one told twice is taken once", async () => {
  const { progress, taken, fetched } = beside({ head: 5 });
  for (const seq of [4, 4, 5, 3, 4]) progress.heard(row(seq));
  expect([taken, progress.seq]).toEqual([[4, 5], 5]);
  await vi.advanceTimersByTimeAsync(10 * GAP);
  expect(fetched).toEqual([]);
});

test("a late hint closes the gap, and nothing is read", async () => {
  const { progress, taken, fetched } = beside({ head: 6 });
  progress.heard(row(6));
  progress.heard(row(5));
  await vi.advanceTimersByTimeAsync(GAP - 1);
  expect([taken, progress.seq]).toEqual([[], 3]);
  progress.heard(row(4));
  expect([taken, progress.seq]).toEqual([[4, 5, 6], 6]);
  await vi.advanceTimersByTimeAsync(10 * GAP);
  expect(fetched).toEqual([]);
});

test("a lost hint: what is missing for longer than a moment is read from the log", async () => {
  const { progress, fetched } = beside({ head: 6 });
  progress.heard(row(5));
  await vi.advanceTimersByTimeAsync(GAP - 1);
  expect(fetched).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect([fetched, progress.seq]).toEqual([[3], 6]);
});

test("a gap that moves on has its own moment", async () => {
  const { progress, fetched } = beside({ head: 9 });
  progress.heard(row(5));
  await vi.advanceTimersByTimeAsync(GAP - 1);
  progress.heard(row(4));
  progress.heard(row(7));
  await vi.advanceTimersByTimeAsync(GAP - 1);
  expect([fetched, progress.seq]).toEqual([[], 5]);
  await vi.advanceTimersByTimeAsync(1);
  expect([fetched, progress.seq]).toEqual([[5], 9]);
});

test("what was too large to be told is read at once", async () => {
  const { progress, fetched } = beside({ head: 4 });
  progress.heard(row(4, null));
  await vi.advanceTimersByTimeAsync(0);
  expect([fetched, progress.seq]).toEqual([[3], 4]);
});

test("what cannot be used as it was told is read from the log", async () => {
  const { progress, taken, fetched } = beside({ head: 5 }, () => false);
  progress.heard(row(4));
  progress.heard(row(5));
  await vi.advanceTimersByTimeAsync(GAP);
  expect([taken, fetched, progress.seq]).toEqual([[], [3], 5]);
});

test("rows stored here count as soon as those before them are known", async () => {
  const { progress, taken, fetched } = beside({ head: 7 });
  progress.stored(5);
  progress.stored(7);
  expect(progress.seq).toBe(3);
  progress.heard(row(5));
  progress.heard(row(4));
  expect([taken, progress.seq]).toEqual([[4], 5]);
  progress.heard(row(6));
  expect([taken, progress.seq]).toEqual([[4, 6], 7]);
  await vi.advanceTimersByTimeAsync(10 * GAP);
  expect(fetched).toEqual([]);
});

test("a log that cannot be read now is read later, and one that is read does not end the waiting for what came meanwhile", async () => {
  const log = { head: 5, down: true };
  const { progress, fetched } = beside(log);
  progress.isAt(5);
  await vi.advanceTimersByTimeAsync(GAP);
  expect([fetched, progress.seq]).toEqual([[3], 3]);
  log.down = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([fetched, progress.seq]).toEqual([[3, 3], 5]);
});

test("a row that is in no log is waited for no longer than one reading", async () => {
  const { progress, fetched } = beside({ head: 3 });
  progress.heard(row(1_000));
  await vi.advanceTimersByTimeAsync(100 * GAP);
  expect(fetched).toEqual([3]);
  progress.heard(row(4));
  expect(progress.seq).toBe(4);
});

test("a document that is put away reads nothing any more", async () => {
  const { progress, fetched } = beside({ head: 9 });
  progress.isAt(9);
  progress.end();
  await vi.advanceTimersByTimeAsync(10 * GAP);
  expect(fetched).toEqual([]);
});
