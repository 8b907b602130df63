import { LIMITS } from "./limits";

/** How many messages somebody may send: as many at once as anybody could need, then as fast as anybody could type. */
export class Allowance {
  private left: number = LIMITS.messagesAtOnce;
  private refilledAt: number | null = null;

  /** Counts one message. In: the moment, in milliseconds. Out: whether it was within the allowance. */
  take(now: number): boolean {
    const passed = now - (this.refilledAt ?? now);
    this.left = Math.min(LIMITS.messagesAtOnce, this.left + (passed / 1_000) * LIMITS.messagesPerSecond) - 1;
    this.refilledAt = now;
    return this.left > 0;
  }
}
