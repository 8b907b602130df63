import type { Logger } from "pino";
import type { CollabStore } from "./collab.queries.server";
import { LIMITS } from "./limits";

/**
 * When the readable copy of a live document is asked for: at once after a pause, else once a gap and after the last edit of
 * it, so that writing costs no copy a keystroke and the last word is never left out.
 */
export class ReadableCopy {
  private lastAsked = 0;
  private later: NodeJS.Timeout | null = null;

  constructor(
    private readonly name: string,
    private readonly services: { store: CollabStore; log: Logger },
  ) {}

  /** Whether the edit that is being stored now is to ask for the copy along with it. */
  isDue(): boolean {
    return Date.now() - this.lastAsked > LIMITS.projectionGap;
  }

  /** It was asked for by somebody else's statement. */
  asked(): void {
    this.lastAsked = Date.now();
  }

  /** Asks for it. A copy that could not be asked for is asked for with the next edit. */
  ask(): void {
    this.asked();
    this.services.store.project(this.name).catch((error: unknown) => {
      this.services.log.error({ err: error, room: this.name }, "could not ask for a brief's readable copy");
    });
  }

  /** Asks for it when the gap is over, once for all edits until then. */
  askSoon(): void {
    this.later ??= setTimeout(() => {
      this.later = null;
      this.ask();
    }, LIMITS.projectionGap);
  }

  /** The document is put away: what was going to be asked for is asked for now. */
  end(): void {
    if (!this.later) return;
    clearTimeout(this.later);
    this.ask();
  }
}
