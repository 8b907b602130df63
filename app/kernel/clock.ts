/**
 * The only place that reads the time for rules. Tests move it; nothing else does.
 * The offset lives on globalThis, since the page bundle and the server are two module graphs in one process.
 */
const KEY = Symbol.for("tandem.clock");
const holder = globalThis as typeof globalThis & { [KEY]?: number };

/** The present moment, as rules see it. */
export function now(): Date {
  return new Date(Date.now() + (holder[KEY] ?? 0));
}

/** Moves the clock by so many milliseconds relative to where it is; a negative number moves it back. */
export function moveClock(milliseconds: number): void {
  holder[KEY] = (holder[KEY] ?? 0) + milliseconds;
}

/** Puts the clock back to the true time. */
export function resetClock(): void {
  delete holder[KEY];
}
