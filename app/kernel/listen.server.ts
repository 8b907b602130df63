import pg from "pg";
import { env } from "./env.server";
import { log } from "./log.server";
import { once } from "./process.server";

/** Milliseconds. A line that was cut is taken up again at once, and then ever less often. */
const [SOONEST, LATEST] = [100, 5_000];
/** How often a silent line is asked whether it is still there: a line that broke without a word never ends by itself. */
const CHECK = 20_000;

type Listener = { onPayload: (payload: string) => void; onListening: () => void };

/**
 * Hears what the database tells on a channel (NOTIFY), over one connection for the whole process, which needs a direct or
 * session-mode address (JOBS_DATABASE_URL). A connection that is lost is made again.
 * In: the channel; what to do with a payload; and what to do each time the channel begins to be heard, the first time and
 * after every cut: what was told during a cut is lost, so whoever needs it reads it then.
 * Out: stops hearing. The connection ends with the last listener.
 */
export function listen(
  channel: string,
  onPayload: (payload: string) => void,
  onListening: () => void = () => undefined,
): () => void {
  return once("listen", () => new Line()).add(channel, { onPayload, onListening });
}

class Line {
  private readonly channels = new Map<string, Set<Listener>>();
  private client: pg.Client | null = null;
  private connecting = false;
  private pause = SOONEST;
  private retry: NodeJS.Timeout | null = null;
  private check: NodeJS.Timeout | null = null;

  add(channel: string, listener: Listener): () => void {
    const listeners = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, listeners.add(listener));
    if (this.client) void this.hear(this.client, channel, [listener]);
    else void this.connect();
    return () => this.remove(channel, listener);
  }

  private remove(channel: string, listener: Listener): void {
    const listeners = this.channels.get(channel);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.channels.delete(channel);
    if (this.channels.size > 0) {
      this.client?.query(`unlisten ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
      return;
    }
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    this.drop();
  }

  private async connect(): Promise<void> {
    if (this.client || this.connecting || this.channels.size === 0) return;
    this.connecting = true;
    const client = new pg.Client({
      connectionString: env().JOBS_DATABASE_URL,
      application_name: "tandem listen",
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    // What goes wrong on a line ends in its end.
    client.on("error", () => undefined);
    client.on("end", () => this.lost(client));
    client.on("notification", ({ channel, payload = "" }) => this.tell(channel, payload));
    try {
      await client.connect();
      this.client = client;
      for (const [channel, listeners] of this.channels) await this.hear(client, channel, listeners);
      if (this.client !== client) return;
      this.pause = SOONEST;
      this.check = setInterval(() => client.query("select 1").catch(() => this.lost(client)), CHECK);
      this.check.unref();
    } catch (error) {
      log.warn({ err: error }, "could not listen to the database");
      this.client = client;
      this.lost(client);
    } finally {
      this.connecting = false;
    }
    if (this.channels.size === 0) this.drop();
  }

  private async hear(client: pg.Client, channel: string, listeners: Iterable<Listener>): Promise<void> {
    try {
      await client.query(`listen ${pg.escapeIdentifier(channel)}`);
      for (const { onListening } of listeners) onListening();
    } catch {
      this.lost(client);
    }
  }

  private tell(channel: string, payload: string): void {
    for (const { onPayload } of this.channels.get(channel) ?? []) {
      // One listener's mistake must not silence the others.
      try {
        onPayload(payload);
      } catch (error) {
        log.error({ err: error, channel }, "what the database told could not be used");
      }
    }
  }

  private lost(client: pg.Client): void {
    if (this.client !== client) return;
    this.drop();
    if (this.channels.size === 0 || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = null;
      void this.connect();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, LATEST);
  }

  private drop(): void {
    if (this.check) clearInterval(this.check);
    this.check = null;
    const { client } = this;
    this.client = null;
    client?.end().catch(() => undefined);
  }
}
