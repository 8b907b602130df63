import { LIMITS } from "./limits";
import * as protocol from "./protocol.server";

/**
 * What is new about who is in a room, on its way to everybody in it and to the other processes: together, a short while
 * later, or along with an edit.
 */
export class PresenceNews {
  private readonly here = new Map<number, protocol.PresenceEntry>();
  private readonly elsewhere = new Map<number, protocol.PresenceEntry>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    /** Called when nothing else goes out that it could go along with. */
    private readonly onDue: () => void,
    /** Tells other processes. */
    private readonly tell: (entries: protocol.PresenceEntry[]) => void,
  ) {}

  /** In: the news, and whether it is of connections of this process, so that the others must hear it too. */
  add(news: readonly protocol.PresenceEntry[], isOurs: boolean): void {
    if (news.length === 0) return;
    for (const entry of news) {
      this.here.set(entry.client, entry);
      if (isOurs) this.elsewhere.set(entry.client, entry);
      else this.elsewhere.delete(entry.client);
    }
    this.timer ??= setTimeout(this.onDue, LIMITS.presenceGap);
  }

  /** What is due, as messages to send now; the other processes are told on the way. */
  take(): Uint8Array[] {
    this.end();
    if (this.elsewhere.size > 0) this.tell([...this.elsewhere.values()]);
    const entries = [...this.here.values()];
    this.elsewhere.clear();
    this.here.clear();
    return entries.length > 0 ? [protocol.presence(entries)] : [];
  }

  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }
}
