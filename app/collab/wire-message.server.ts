import { createHmac, timingSafeEqual } from "node:crypto";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Row } from "./progress.server";
import type { PresenceEntry } from "./protocol.server";

/** What processes that serve the same room tell each other. Never an answer to a step 1: only its asker may have that. */
export type WireMessage =
  /** Stored now. */
  | { kind: "row"; row: Row }
  /** Who is in the room at the sender's, as its server stamped them. */
  | { kind: "presence"; entries: PresenceEntry[] }
  /** Asks the others for theirs. */
  | { kind: "who" };

const [ROW, PRESENCE, WHO] = [0, 1, 2];
/** Larger payloads are read from the log by whoever wants them. */
const LARGEST = 64 * 1024;
const SEAL = 16;

/** The same name at every process of an installation, and another one at every other installation on the same Redis. */
export const channelOf = (key: Buffer, room: string): string =>
  `tandem:${createHmac("sha256", key).update("channel").digest("hex").slice(0, 12)}:${room}`;

/** Sealed, so that nobody who can write to Redis can put words into a document. */
export function writeWire(key: Buffer, room: string, node: string, message: WireMessage): Buffer {
  const body = encoding.encode((encoder) => {
    encoding.writeVarString(encoder, node);
    if (message.kind === "row") {
      const { seq, payload, authors } = message.row;
      encoding.writeVarUint(encoder, ROW);
      encoding.writeVarUint(encoder, seq);
      encoding.writeVarUint(encoder, authors.length);
      for (const { client, person } of authors) {
        encoding.writeVarUint(encoder, client);
        encoding.writeVarString(encoder, person);
      }
      const told = payload && payload.length <= LARGEST ? payload : new Uint8Array();
      encoding.writeVarUint8Array(encoder, told);
    } else if (message.kind === "presence") {
      encoding.writeVarUint(encoder, PRESENCE);
      encoding.writeVarString(encoder, JSON.stringify(message.entries));
    } else encoding.writeVarUint(encoder, WHO);
  });
  return Buffer.concat([sealOf(key, room, body), body]);
}

/** Out: who sent what; null when it is not sealed with our key for this room, or cannot be read. */
export function readWire(key: Buffer, room: string, bytes: Buffer): { node: string; message: WireMessage } | null {
  const body = bytes.subarray(SEAL);
  if (bytes.length <= SEAL || !timingSafeEqual(bytes.subarray(0, SEAL), sealOf(key, room, body))) return null;
  try {
    const decoder = decoding.createDecoder(new Uint8Array(body));
    const node = decoding.readVarString(decoder);
    const message = readBody(decoder, decoding.readVarUint(decoder));
    return message && { node, message };
  } catch {
    return null;
  }
}

function readBody(decoder: decoding.Decoder, kind: number): WireMessage | null {
  if (kind === WHO) return { kind: "who" };
  if (kind === PRESENCE) {
    return { kind: "presence", entries: JSON.parse(decoding.readVarString(decoder)) as PresenceEntry[] };
  }
  if (kind !== ROW) return null;
  const seq = decoding.readVarUint(decoder);
  const authors = Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    client: decoding.readVarUint(decoder),
    person: decoding.readVarString(decoder),
  }));
  const payload = decoding.readVarUint8Array(decoder);
  return { kind: "row", row: { seq, authors, payload: payload.length > 0 ? payload : null } };
}

const sealOf = (key: Buffer, room: string, body: Uint8Array): Buffer =>
  createHmac("sha256", key).update(room).update("\n").update(body).digest().subarray(0, SEAL);
