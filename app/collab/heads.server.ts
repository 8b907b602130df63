import type { Logger } from "pino";
import type { CollabStore } from "./collab.queries.server";
import type { Keeper } from "./keeper.server";
import { LIMITS } from "./limits";

/**
 * Compares how far the logs of all open documents go with what is known of them here, in one statement: so that no row stays
 * unseen whose hint was lost. Often while the wire is down, seldom while it is up.
 */
export class Heads {
  private timer: NodeJS.Timeout | null = null;
  private looking = false;
  private again = false;
  private troubled = false;
  private over = false;

  constructor(
    private readonly store: CollabStore,
    private readonly open: () => Iterable<Keeper>,
    private readonly isWireUp: () => boolean,
    private readonly log: Logger,
  ) {
    this.look();
  }

  /** Compares now; once more afterwards when it is being done already. */
  look(): void {
    this.again = true;
    if (!this.looking && !this.over) void this.run();
  }

  end(): void {
    this.over = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.looking = true;
    if (this.timer) clearTimeout(this.timer);
    while (this.again && !this.over) {
      this.again = false;
      await this.compare();
    }
    this.looking = false;
    if (this.over) return;
    this.timer = setTimeout(() => this.look(), this.isWireUp() ? LIMITS.headsGap : LIMITS.headsGapAlone);
    this.timer.unref();
  }

  private async compare(): Promise<void> {
    const keepers = new Map([...this.open()].map((keeper) => [keeper.id, keeper]));
    if (keepers.size === 0) return;
    try {
      const heads = await this.store.heads([...keepers.keys()]);
      this.troubled = false;
      for (const [id, head] of heads) keepers.get(id)?.isAt(head);
    } catch (error) {
      // Once an outage: the next comparison makes up for this one.
      if (!this.troubled) this.log.warn({ err: error }, "could not compare the open live documents with their logs");
      this.troubled = true;
    }
  }
}
