import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import type { Allowance } from "./allowance";
import type { Frame } from "./frame";
import type { Line } from "./intake.server";
import { CLOSE, LIMITS } from "./limits";
import type { LiveRoom } from "./live-room.server";
import type { PresenceOwner } from "./presence.server";
import { Malformed, type Message, readMessage } from "./protocol.server";

/** How long somebody who is too fast is not read, in milliseconds. */
const BREATH = 250;

/** One WebSocket into one room. */
export class Connection implements Line {
  private heard = true;
  private asked = false;
  private readonly since = performance.now();

  constructor(
    private readonly socket: WebSocket,
    /** What the socket runs on: frames that go to many are made once and written here. */
    private readonly wire: Duplex,
    private readonly room: LiveRoom,
    readonly owner: PresenceOwner,
    public mayEdit: boolean,
    private readonly allowance: Allowance,
    /** Told why it is closed for what it did, in a word. */
    private readonly onRefused: (reason: string) => void,
  ) {
    socket.on("message", (data, binary) => this.take(data, binary));
    socket.on("pong", () => {
      this.heard = true;
    });
    // What goes wrong on a socket ends in its close event.
    socket.on("error", () => undefined);
    socket.on("close", () => room.leave(this));
    room.join(this);
  }

  send(frame: Frame): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.wire.writableLength > LIMITS.sendBuffer) {
      this.refuse(CLOSE.later, "too slow");
      this.socket.terminate();
      return;
    }
    if (frame.length > 1) this.wire.cork();
    for (const part of frame) this.wire.write(part);
    if (frame.length > 1) this.wire.uncork();
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Called every heartbeat: a line that has not answered the last one is dead. */
  beat(): void {
    if (!this.heard) {
      this.socket.terminate();
      return;
    }
    if (!this.asked && performance.now() - this.since > LIMITS.syncDeadline) this.refuse(CLOSE.later, "never asked");
    this.heard = false;
    this.socket.ping();
  }

  /** Ends the line without waiting for the other side. */
  terminate(): void {
    this.socket.terminate();
  }

  private take(data: RawData, binary: boolean): void {
    this.slowDown();
    const message = binary ? this.read(data) : null;
    if (message?.kind === "step1") this.asked = true;
    if (message) this.room.hearOrClose(this, message);
    else this.refuse(CLOSE.unusable, binary ? "malformed" : "text frame");
  }

  private read(data: RawData): Message | null {
    try {
      return readMessage(bytesOf(data));
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  }

  /** Faster than anybody types: the socket is read more slowly, and nothing is lost. */
  private slowDown(): void {
    if (this.allowance.take(performance.now()) || this.socket.isPaused) return;
    this.onRefused("too fast");
    this.socket.pause();
    setTimeout(() => this.socket.resume(), BREATH);
  }

  private refuse(code: number, reason: string): void {
    this.onRefused(reason);
    this.close(code, reason);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
