import { createHmac, randomUUID } from "node:crypto";
import { Redis, type RedisOptions } from "ioredis";
import type { Logger } from "pino";
import { channelOf, readWire, type WireMessage, writeWire } from "./wire-message.server";

/** A room at this end of the wire. */
export type WireEnd = {
  /** Another process told something about the room. */
  heard(node: string, message: WireMessage): void;
  /** From now on this room's messages arrive; what was told before did not. */
  connected(): void;
};

/** What became of a message: sent, heard, not sent, or not sealed by us. */
export type WireFate = "sent" | "heard" | "dropped" | "foreign";

/** Milliseconds: how often the way through Redis is tried, after how much silence it counts as broken, and is made anew. */
const [BEAT, SILENCE, ANEW] = [250, 1_000, 5_000];
/** What Redis has not taken yet, in bytes; beyond, hints are left out: readers find their rows in the log. */
const UNTAKEN = 4 * 1_048_576;

const OPTIONS: RedisOptions = {
  // A hint that waits for Redis to come back is worth nothing by then.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  enableReadyCheck: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  retryStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000),
};

/**
 * Redis between the processes that serve the same rooms: plain publish and subscribe, as a hint only. What is stored is in
 * PostgreSQL before anything is told here, so nothing is lost with it.
 */
export class Wire {
  private readonly node = randomUUID();
  private readonly key: Buffer;
  /** By channel. */
  private readonly ends = new Map<string, { room: string; end: WireEnd }>();
  private readonly out: Redis;
  private readonly in: Redis;
  private readonly beatChannel: string;
  private up = false;
  private heardAt = performance.now();
  private untaken = 0;
  private told = false;
  private readonly pulse: NodeJS.Timeout;

  constructor(
    { url, secret }: { url: string; secret: string },
    private readonly log: Logger,
    private readonly onFate: (fate: WireFate) => void,
    /** Called when the way through Redis is open again, and when it is not any more. */
    private readonly onTurn: (up: boolean) => void,
  ) {
    this.key = createHmac("sha256", secret).update("tandem collab wire").digest();
    this.beatChannel = channelOf(this.key, `node:${this.node}`);
    this.out = this.line(url, "tandem-collab-out");
    this.in = this.line(url, "tandem-collab-in");
    this.in.on("ready", () => void this.listen());
    this.in.on("messageBuffer", (channel: Buffer, bytes: Buffer) => this.take(channel.toString(), bytes));
    this.pulse = setInterval(() => this.beat(), BEAT);
    this.pulse.unref();
  }

  /** Whether what is told now arrives at the others. */
  get isUp(): boolean {
    return this.up;
  }

  /** Hears what is told about a room. Out: stops. */
  join(room: string, end: WireEnd): () => void {
    const channel = channelOf(this.key, room);
    this.ends.set(channel, { room, end });
    if (this.in.status === "ready") {
      // When it fails the line is broken, and the next one begins with all rooms.
      this.in.subscribe(channel).then(
        () => end.connected(),
        () => undefined,
      );
    }
    return () => {
      if (this.ends.get(channel)?.end !== end) return;
      this.ends.delete(channel);
      if (this.in.status === "ready") this.in.unsubscribe(channel).catch(() => undefined);
    };
  }

  /** Tells the others. A message that cannot be told is dropped. */
  tell(room: string, message: WireMessage): void {
    const bytes = writeWire(this.key, room, this.node, message);
    if (this.out.status !== "ready" || this.untaken > UNTAKEN) {
      this.onFate("dropped");
      return;
    }
    this.untaken += bytes.length;
    this.out
      .publish(channelOf(this.key, room), bytes)
      .then(
        () => this.onFate("sent"),
        () => this.onFate("dropped"),
      )
      .finally(() => {
        this.untaken -= bytes.length;
      });
  }

  close(): void {
    clearInterval(this.pulse);
    this.ends.clear();
    this.in.disconnect();
    this.out.disconnect();
  }

  private line(url: string, connectionName: string): Redis {
    const redis = new Redis(url, { ...OPTIONS, connectionName });
    redis.on("close", () => this.turn(false));
    redis.on("error", (error: Error) => {
      // Once an outage: a line that stays away would fill the log.
      if (!this.told) this.log.warn({ err: error }, "Redis is away: live documents are compared through PostgreSQL");
      this.told = true;
    });
    return redis;
  }

  private async listen(): Promise<void> {
    this.heardAt = performance.now();
    try {
      await this.in.subscribe(this.beatChannel, ...this.ends.keys());
      this.beat();
    } catch {
      // The line broke meanwhile: it is made anew, and this is done again.
    }
  }

  /** The way there and back is open when what is told to oneself arrives. */
  private beat(): void {
    const silent = performance.now() - this.heardAt;
    if (silent > SILENCE) this.turn(false);
    if (silent > ANEW) {
      this.heardAt = performance.now();
      for (const line of [this.in, this.out]) line.disconnect(true);
    } else if (this.out.status === "ready") this.out.publish(this.beatChannel, "").catch(() => undefined);
  }

  private take(channel: string, bytes: Buffer): void {
    if (channel === this.beatChannel) {
      this.heardAt = performance.now();
      this.turn(true);
      return;
    }
    const known = this.ends.get(channel);
    if (!known) return;
    const { room, end } = known;
    const told = readWire(this.key, room, bytes);
    if (told?.node === this.node) return;
    this.onFate(told ? "heard" : "foreign");
    if (!told) return;
    // One room's trouble must not silence the others.
    try {
      end.heard(told.node, told.message);
    } catch (error) {
      this.log.error({ err: error, room }, "what another process told of a live document could not be used");
    }
  }

  private turn(up: boolean): void {
    if (this.up === up) return;
    this.up = up;
    if (up) {
      if (this.told) this.log.info("Redis is back");
      this.told = false;
      for (const { end } of this.ends.values()) end.connected();
    }
    this.onTurn(up);
  }
}
