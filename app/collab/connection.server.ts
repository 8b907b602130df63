import { type RawData, WebSocket } from "ws";
import { CLOSE, LIMITS } from "./limits";
import type { Line, LiveRoom } from "./live-room.server";
import type { PresenceOwner } from "./presence.server";
import { Malformed, readMessage } from "./protocol.server";

/** One WebSocket into one room. */
export class Connection implements Line {
  private allowance: number = LIMITS.messagesAtOnce;
  private refilledAt = Date.now();
  private heard = true;

  constructor(
    private readonly socket: WebSocket,
    private readonly room: LiveRoom,
    readonly owner: PresenceOwner,
    public mayEdit: boolean,
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

  send(bytes: Uint8Array): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > LIMITS.sendBuffer) {
      this.close(CLOSE.later, "too slow");
      this.socket.terminate();
      return;
    }
    this.socket.send(bytes);
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
    this.heard = false;
    this.socket.ping();
  }

  /** Ends the line without waiting for the other side. */
  terminate(): void {
    this.socket.terminate();
  }

  private take(data: RawData, binary: boolean): void {
    if (!binary) {
      this.close(CLOSE.unusable, "text frame");
      return;
    }
    this.slowDown();
    try {
      this.room.hearOrClose(this, readMessage(bytesOf(data)));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.close(CLOSE.unusable, "malformed");
    }
  }

  /** Faster than anybody types: the socket is read more slowly, and nothing is lost. */
  private slowDown(): void {
    const now = Date.now();
    const refill = ((now - this.refilledAt) / 1000) * LIMITS.messagesPerSecond;
    this.allowance = Math.min(LIMITS.messagesAtOnce, this.allowance + refill) - 1;
    this.refilledAt = now;
    if (this.allowance > 0 || this.socket.isPaused) return;
    this.socket.pause();
    setTimeout(() => this.socket.resume(), 250);
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
