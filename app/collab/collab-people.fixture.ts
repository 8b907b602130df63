import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { cookieOf, type Guest, ORIGIN } from "./collab-server.fixture";

/** People for the tests of the live editing server: unchanged providers in Node, and bare sockets. */

export const guest = (name: string, may: Guest["may"] = "edit"): Guest => ({ personId: `id-of-${name}`, name, may });

function socketClass(headers: Record<string, string>): typeof globalThis.WebSocket {
  class WithHeaders extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers });
    }
  }
  // The two classes agree on everything the provider uses.
  return WithHeaders as unknown as typeof globalThis.WebSocket;
}

/** Somebody with the brief open: the stock provider, the stock document. */
export function visit(port: number, room: string, who: Guest, doc = new Y.Doc()) {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}/collab`, room, doc, {
    WebSocketPolyfill: socketClass({ cookie: cookieOf(who), origin: ORIGIN }),
    disableBc: true,
    maxBackoffTime: 300,
  });
  return {
    doc,
    provider,
    closedWith: new Promise<number>((then) => provider.once("closed", ({ code }) => then(code))),
    text: () => textOf(doc),
    /** Adds a paragraph at the end. */
    write(words: string) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(words)]);
      const fragment = doc.getXmlFragment("default");
      fragment.insert(fragment.length, [paragraph]);
    },
    leave() {
      provider.destroy();
      doc.destroy();
    },
  };
}

export const textOf = (doc: Y.Doc): string =>
  doc
    .getXmlFragment("default")
    .toArray()
    .map((node) => node.toString().replace(/<[^>]+>/g, ""))
    .join("|");

/** A bare socket that sends what it likes. In: the room, with a ticket as its query where one is shown. Out: the status of a refused upgrade, or what came over the line. */
export async function rawSocket(port: number, room: string, headers: Record<string, string>) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab/${room}`, { headers });
  const received: Uint8Array[] = [];
  socket.on("message", (data: Buffer) => received.push(new Uint8Array(data)));
  const closed = new Promise<number>((then) => socket.once("close", then));
  const status = await new Promise<number>((then) => {
    socket.once("open", () => then(101));
    socket.once("unexpected-response", (request, response) => {
      then(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on("error", () => then(0));
  });
  return { status, socket, received, closed };
}

/** Waits until something is so. Throws with `what` when it never becomes so. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await pause(20)) {
    if (await holds()) return;
  }
  throw new Error(`never: ${what}`);
}
