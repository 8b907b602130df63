import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { type LiveMetrics, liveMetrics } from "./metrics";

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(metrics: LiveMetrics): Promise<number> {
  const app = express();
  app.get("/metrics", metrics.page);
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((listening) => server?.once("listening", listening));
  return (server.address() as AddressInfo).port;
}

/** With headers that fetch would not let us choose. */
function get(port: number, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((then, failed) => {
    const asked = ask({ port, host: "127.0.0.1", path: "/metrics", headers }, (answer) => {
      let text = "";
      answer.on("data", (part: Buffer) => {
        text += part.toString();
      });
      answer.on("end", () => then({ status: answer.statusCode ?? 0, text }));
    });
    asked.on("error", failed).end();
  });
}

test("what live editing did is counted, and what is open is counted when somebody looks", async () => {
  const metrics = liveMetrics(null);
  let sockets = 1;
  metrics.watch({ figures: () => ({ rooms: 2, sockets, queue: 0 }), wireIsUp: () => false });
  metrics.measures.wire("fetched");
  metrics.measures.updates(3, 0);
  metrics.measures.updates(0, 40);
  metrics.measures.refused("malformed");
  metrics.measures.committed(0.002);
  sockets = 7;
  const { status, text } = await get(await serve(metrics));
  expect(status).toBe(200);
  for (const line of [
    "tandem_collab_rooms 2",
    "tandem_collab_sockets 7",
    "tandem_collab_queue 0",
    "tandem_collab_wire_up 0",
    'tandem_collab_wire_total{what="fetched"} 1',
    "tandem_collab_updates_in_total 3",
    "tandem_collab_updates_out_total 40",
    'tandem_collab_refused_total{reason="malformed"} 1',
    'tandem_collab_commit_seconds_bucket{le="0.0025"} 1',
    "tandem_collab_commit_seconds_count 1",
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});

test("without a token only this machine itself may look, and no proxy for somebody else", async () => {
  const port = await serve(liveMetrics(null));
  expect((await get(port)).status).toBe(200);
  for (const headers of [
    { host: "tandem.example" },
    { "x-forwarded-for": "203.0.113.9" },
    { forwarded: "for=203.0.113.9" },
    { via: "1.1 proxy" },
  ]) {
    expect((await get(port, headers)).status).toBe(404);
  }
});

test("with a token whoever brings it may look, and nobody else on this machine either", async () => {
  const port = await serve(liveMetrics("a-token-of-some-length"));
  expect((await get(port, { authorization: "Bearer a-token-of-some-length", via: "1.1 proxy" })).status).toBe(200);
  expect((await get(port)).status).toBe(404);
  expect((await get(port, { authorization: "Bearer another" })).status).toBe(404);
});
