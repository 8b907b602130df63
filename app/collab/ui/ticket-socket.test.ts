import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { until } from "../collab-people.fixture";
import { ticketSockets } from "./ticket-socket";

const ROOM = "idea:0:brief";
const opened: string[] = [];
/** What is answered to whoever asks for a ticket; a number is a status. */
let answers: (number | object)[] = [];
const sockets = new WebSocketServer({ noServer: true });
const server = createServer();
let url = "";

beforeAll(async () => {
  // Node 20 has none of its own.
  vi.stubGlobal("WebSocket", WebSocket);
  server.on("upgrade", (request, socket, head) => {
    opened.push(request.url ?? "");
    sockets.handleUpgrade(request, socket, head, (line) => line.on("message", () => undefined));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`;
});
beforeEach(() => {
  opened.length = 0;
});
afterAll(() => {
  vi.unstubAllGlobals();
  for (const line of sockets.clients) line.terminate();
  server.close();
});

function connect() {
  let asked = 0;
  const provider = new WebsocketProvider("ws://elsewhere.invalid", ROOM, new Y.Doc(), {
    WebSocketPolyfill: ticketSockets(ROOM, async () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (typeof answer === "number") return new Response(null, { status: answer });
      return Response.json({ url, room: ROOM, ticket: `ticket-${asked}`, ...answer });
    }),
    disableBc: true,
    maxBackoffTime: 50,
  });
  return { provider, asked: () => asked };
}

test("every socket has a ticket of its own, one that comes after a cut line, too", async () => {
  answers = [{}];
  const { provider } = connect();
  await until("connected", () => provider.wsconnected);
  for (const line of sockets.clients) line.close(1012);
  await until("connected again", () => opened.length === 2 && provider.wsconnected);
  expect(opened).toEqual([1, 2].map((at) => `/collab/${ROOM}?ticket=ticket-${at}`));
  provider.destroy();
});

test("an answer that brings no ticket is asked for again, and what is refused for good is not", async () => {
  answers = [503, { ticket: null }, {}];
  const { provider, asked } = connect();
  await until("connected", () => provider.wsconnected);
  expect([asked(), opened]).toEqual([3, [`/collab/${ROOM}?ticket=ticket-3`]]);
  provider.destroy();
  for (const [status, code] of [
    [401, 4401],
    [404, 4404],
  ] as const) {
    answers = [status];
    const refused = connect();
    const closed = await new Promise((then) => refused.provider.once("closed", ({ code: told }) => then(told)));
    expect([closed, refused.asked(), refused.provider.shouldConnect]).toEqual([code, 1, false]);
    refused.provider.destroy();
  }
});

test("a line that is given up while its ticket is on the way opens no socket", async () => {
  answers = [{}];
  const { provider, asked } = connect();
  provider.destroy();
  const other = connect();
  await until("the other one is connected", () => other.provider.wsconnected);
  expect([asked(), opened.length]).toEqual([1, 1]);
  other.provider.destroy();
});
