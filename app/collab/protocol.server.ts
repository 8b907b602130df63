import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { LIMITS } from "./limits";

/** One person's presence as it travels: a Yjs client id, its clock, and the state (null: gone). */
export type PresenceEntry = { client: number; clock: number; state: unknown };

export type Message =
  | { kind: "step1"; stateVector: Uint8Array }
  | { kind: "step2" | "update"; update: Uint8Array }
  | { kind: "presence"; entries: PresenceEntry[] }
  | { kind: "ask-presence" };

/** What the bytes of a message are not: the y-websocket protocol. */
export class Malformed extends Error {
  constructor(why: string) {
    super(why);
    this.name = "Malformed";
  }
}

const SYNC = 0;
const PRESENCE = 1;
const REFUSAL = 2;
const ASK_PRESENCE = 3;
const MOST_ENTRIES = 1_000;

/** Reads one message of the y-websocket protocol. Throws Malformed for anything else, trailing bytes included. */
export function readMessage(bytes: Uint8Array): Message {
  try {
    const decoder = decoding.createDecoder(bytes);
    const message = readBody(decoder, decoding.readVarUint(decoder));
    if (decoding.hasContent(decoder)) throw new Malformed("bytes after the end");
    return message;
  } catch (error) {
    throw error instanceof Malformed ? error : new Malformed(error instanceof Error ? error.message : "unreadable");
  }
}

function readBody(decoder: decoding.Decoder, type: number): Message {
  switch (type) {
    case SYNC: {
      const step = decoding.readVarUint(decoder);
      const body = decoding.readVarUint8Array(decoder);
      if (step === 0) return { kind: "step1", stateVector: body };
      if (step === 1) return { kind: "step2", update: body };
      if (step === 2) return { kind: "update", update: body };
      throw new Malformed(`sync step ${step}`);
    }
    case PRESENCE:
      return { kind: "presence", entries: readPresence(decoding.readVarUint8Array(decoder)) };
    case ASK_PRESENCE:
      return { kind: "ask-presence" };
    default:
      throw new Malformed(`message type ${type}`);
  }
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > MOST_ENTRIES) throw new Malformed("too many presences");
  const entries: PresenceEntry[] = [];
  for (let at = 0; at < count; at++) {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = decoding.readVarString(decoder);
    // Nobody's caret takes so much: what does is nobody's presence.
    if (state.length <= LIMITS.presence) entries.push({ client, clock, state: JSON.parse(state) as unknown });
  }
  return entries;
}

const sync = (step: number, body: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
  });

/** Asks for what the other side has beyond this state vector. */
export const step1 = (stateVector: Uint8Array): Uint8Array => sync(0, stateVector);
/** Answers a step 1: this completes your document. */
export const step2 = (update: Uint8Array): Uint8Array => sync(1, update);
/** An edit; to its own author also the receipt that it is stored. */
export const update = (bytes: Uint8Array): Uint8Array => sync(2, bytes);

/** Who is here. */
export const presence = (entries: readonly PresenceEntry[]): Uint8Array =>
  encoding.encode((encoder) => {
    const body = encoding.encode((inner) => {
      encoding.writeVarUint(inner, entries.length);
      for (const { client, clock, state } of entries) {
        encoding.writeVarUint(inner, client);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, JSON.stringify(state));
      }
    });
    encoding.writeVarUint(encoder, PRESENCE);
    encoding.writeVarUint8Array(encoder, body);
  });

/** The protocol's refusal of what was sent; the connection stays. In: a word of limits.ts, not a sentence. */
export const refusal = (reason: string): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, REFUSAL);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, reason);
  });
