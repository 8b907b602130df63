/** How long whoever is called may say no before they are taken along, in milliseconds. */
export const LED_AFTER = 8_000;
/** Whoever wrote so short a time ago still writes, in milliseconds. */
export const WRITING = 10_000;

/** Which calls to everybody are new. Whoever comes later was not called, and who comes back has not called again. */
export class Calls {
  private known: ReadonlyMap<number, number> = new Map();

  /** In: how often everybody who is here has called, by client id. Out: whose call is new. */
  hear(present: ReadonlyMap<number, number>): number[] {
    const fresh = [...present].filter(([client, times]) => times > (this.known.get(client) ?? times));
    this.known = new Map(present);
    return fresh.map(([client]) => client);
  }
}

/**
 * When somebody who was called is taken along, if they say nothing; null when not before they say so: what is under the hands of
 * somebody who writes or draws never moves. In: the moments of the call, and of what they wrote last (null: nothing).
 */
export function ledAt(calledAt: number, wroteAt: number | null): number | null {
  return wroteAt !== null && wroteAt > calledAt - WRITING ? null : calledAt + LED_AFTER;
}
