import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/** How a server is spoken to. All of them carry the same sync messages; some put a name in front, or ask for a greeting. */
export type Dialect = {
  path(room: string): string;
  headers(person: string): Record<string, string>;
  /** Each message begins with the document's name. */
  named: boolean;
};

export type Step = { step: number; body: Uint8Array };

const SYNC = 0;
const SYNC_REPLY = 4;
const AUTH = 2;
const [BINARY, CLOSE, PING, PONG] = [2, 8, 9, 10];

/** A client's frame. Its mask is zero, which is a mask like any other and costs us nothing. */
function frameOf(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const [lengthBytes, short] = length < 126 ? [0, length] : length < 65_536 ? [2, 126] : [8, 127];
  const frame = Buffer.alloc(2 + lengthBytes + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | short;
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  else if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(payload, 6 + lengthBytes);
  return frame;
}

/** Takes frames out of a stream of chunks. */
export class Frames {
  private rest: Buffer = Buffer.alloc(0);

  read(chunk: Buffer, each: (opcode: number, payload: Buffer) => void): void {
    const data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    let at = 0;
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      if (data.length - at < head + length) break;
      each((data[at] ?? 0) & 15, data.subarray(at + head, at + head + length));
      at += head + length;
    }
    this.rest = data.subarray(at);
  }
}

/** One client's connection, at the least cost for the machine: it shares the processors with the server. */
export class Line {
  /** How many bytes came. */
  bytes = 0;
  lastAt = 0;
  closedWith: number | null = null;
  private listener: ((message: Step, at: number) => void) | null = null;
  private kept: { at: number; chunk: Buffer }[] | null = null;
  private readonly frames = new Frames();

  private constructor(
    private readonly socket: Socket,
    private readonly dialect: Dialect,
    private readonly room: string,
  ) {}

  /** Out: a line into a room. Throws when the server refuses. */
  static async open(port: number, dialect: Dialect, room: string, person: string): Promise<Line> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const headers = {
      Host: `127.0.0.1:${port}`,
      Upgrade: "websocket",
      Connection: "Upgrade",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      ...dialect.headers(person),
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const line = new Line(socket, dialect, room);
    await new Promise<void>((opened, failed) => {
      let answer = Buffer.alloc(0);
      const onData = (chunk: Buffer) => {
        answer = Buffer.concat([answer, chunk]);
        const end = answer.indexOf("\r\n\r\n");
        if (end < 0) return;
        socket.off("data", onData);
        if (!answer.toString("latin1", 0, end).includes(" 101 "))
          return failed(new Error(answer.toString("latin1", 0, 60)));
        socket.on("data", (data: Buffer) => line.take(data));
        if (answer.length > end + 4) line.take(answer.subarray(end + 4));
        opened();
      };
      socket.on("data", onData);
      socket.once("error", failed);
      socket.write(`GET ${dialect.path(room)} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      line.closedWith ??= 1006;
    });
    if (dialect.named)
      line.write(
        line.message(AUTH, (encoder) => {
          encoding.writeVarUint(encoder, 0);
          encoding.writeVarString(encoder, person);
        }),
      );
    return line;
  }

  /** Calls `listener` with each sync message from now on. */
  listen(listener: ((message: Step, at: number) => void) | null): void {
    this.listener = listener;
  }

  /** Keeps what comes, to be read later by `replay`: reading costs time that the server would miss. */
  keep(): void {
    this.kept = [];
  }

  replay(each: (message: Step, at: number) => void): void {
    const frames = new Frames();
    for (const { at, chunk } of this.kept ?? [])
      frames.read(chunk, (opcode, payload) => this.tell(opcode, payload, at, each));
    this.kept = null;
  }

  /** Asks for everything. Out: when it has come, and it. */
  async sync(): Promise<{ parts: Uint8Array[]; ms: number }> {
    const began = performance.now();
    const parts: Uint8Array[] = [];
    return new Promise((then, failed) => {
      const late = setTimeout(() => failed(new Error(`no document within 60 s (closed: ${this.closedWith})`)), 60_000);
      this.listen(({ step, body }) => {
        if (step === 0) return;
        parts.push(body);
        if (step !== 1) return;
        clearTimeout(late);
        this.listen(null);
        then({ parts, ms: performance.now() - began });
      });
      this.write(this.sync1());
    });
  }

  /** The frame of an update, to be sent by `write`. */
  update(body: Uint8Array): Buffer {
    return this.message(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, 2);
      encoding.writeVarUint8Array(encoder, body);
    });
  }

  write(frames: Buffer): void {
    this.socket.write(frames);
  }

  async close(): Promise<void> {
    if (this.closedWith !== null) return;
    const closed = new Promise((then) => this.socket.once("close", then));
    this.socket.end(frameOf(CLOSE, new Uint8Array([3, 232])));
    const late = setTimeout(() => this.socket.destroy(), 2_000);
    await closed;
    clearTimeout(late);
  }

  private sync1(): Buffer {
    return this.message(SYNC, (encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint8Array(encoder, new Uint8Array([0]));
    });
  }

  private message(type: number, body: (encoder: encoding.Encoder) => void): Buffer {
    const encoder = encoding.createEncoder();
    if (this.dialect.named) encoding.writeVarString(encoder, this.room);
    encoding.writeVarUint(encoder, type);
    body(encoder);
    return frameOf(BINARY, encoding.toUint8Array(encoder));
  }

  private take(chunk: Buffer): void {
    const at = performance.now();
    this.bytes += chunk.length;
    this.lastAt = at;
    if (this.kept) this.kept.push({ at, chunk });
    if (this.listener) {
      this.frames.read(chunk, (opcode, payload) =>
        this.tell(opcode, payload, at, (message) => this.listener?.(message, at)),
      );
    } else {
      // Only what must be answered is looked for.
      this.frames.read(chunk, (opcode, payload) => this.control(opcode, payload));
    }
  }

  private control(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.write(frameOf(PONG, payload));
    if (opcode === CLOSE) this.closedWith = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
  }

  private tell(opcode: number, payload: Buffer, at: number, each: (message: Step, at: number) => void): void {
    if (opcode !== BINARY) {
      this.control(opcode, payload);
      return;
    }
    const decoder = decoding.createDecoder(payload);
    if (this.dialect.named) decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    if (type !== SYNC && type !== SYNC_REPLY) return;
    const step = decoding.readVarUint(decoder);
    each({ step, body: decoding.readVarUint8Array(decoder) }, at);
  }
}
