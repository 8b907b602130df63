import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type RequestHandler } from "express";
import { afterEach, expect, test } from "vitest";
import { securityHeaders } from "./headers";
import { type Probes, readyz } from "./health";
import { bodyLimit } from "./limits";
import { type Stop, stopWith } from "./page";

let server: Server | undefined;
afterEach(() => server?.close());

/** Serves these handlers behind our headers, and says where. */
async function serve(...handlers: RequestHandler[]): Promise<string> {
  const app = express();
  app.use((_request, response, next) => {
    response.locals.requestId = "the-number";
    next();
  });
  app.use(securityHeaders({ origin: "https://tandem.example", dev: false }), ...handlers);
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((listening) => server?.once("listening", listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const stop =
  (kind: Stop): RequestHandler =>
  (request, response) =>
    stopWith(kind, request, response);
const html = { accept: "text/html" };

test("ready means that everything is; one part that is not is named", async () => {
  const probes: Probes = { database: async () => true, worker: async () => false, collab: async () => true };
  const answer = await fetch(await serve(readyz(probes)));
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ok: false, database: "ready", worker: "not ready", collab: "ready" });
});

test("a part that throws or never answers is not ready", async () => {
  const probes: Probes = {
    database: async () => Promise.reject(new Error("gone")),
    worker: () => new Promise(() => undefined),
  };
  const answer = await fetch(await serve(readyz(probes)));
  expect(await answer.json()).toEqual({ ok: false, database: "not ready", worker: "not ready" });
});

test("all ready is 200", async () => {
  const answer = await fetch(await serve(readyz({ database: async () => true })));
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, database: "ready" }]);
});

test("a Redis that is away is told and keeps nobody out", async () => {
  const told = { redis: () => "away", other: () => null };
  const answer = await fetch(await serve(readyz({ database: async () => true }, told)));
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, database: "ready", redis: "away" }]);
});

test("the policy lets pages connect to where live editing is, when it is elsewhere", async () => {
  const app = express();
  app.use(securityHeaders({ origin: "https://tandem.example", dev: false, liveAt: "wss://live.example" }));
  app.get("/", (_request, response) => {
    response.end();
  });
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((listening) => server?.once("listening", listening));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("connect-src 'self' wss://tandem.example wss://live.example;");
});

test("the policy allows our own files and this page's nonce, nothing else", async () => {
  const base = await serve(stop("foreign"));
  const [first, second] = await Promise.all([fetch(base, { headers: html }), fetch(base, { headers: html })]);
  const policy = first.headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];
  expect(nonce).toHaveLength(24);
  expect(policy).not.toContain(`script-src 'self' 'nonce-${nonce}' 'unsafe`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self' wss://tandem.example");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(await first.text()).toContain(`<style nonce="${nonce}">`);
  expect(second.headers.get("content-security-policy")).not.toContain(nonce);
});

test("over https browsers are told to stay there; forms may say where they come from", async () => {
  const { headers } = await fetch(await serve(stop("foreign")));
  expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["en", "This did not come from a page of ours"],
  ["uk", "Це надійшло не з нашої сторінки"],
  ["ru", "Это пришло не с нашей страницы"],
  ["zh", "此请求并非来自我们的页面"],
])("who is stopped reads why in %s", async (locale, title) => {
  const answer = await fetch(await serve(stop("foreign")), { headers: { ...html, cookie: `locale=${locale}` } });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain(`<h1>${title}</h1>`);
});

test("a broken page names the number that is in the log", async () => {
  const answer = await fetch(await serve(stop("broken")), { headers: html });
  expect(answer.status).toBe(500);
  expect(await answer.text()).toContain("Reference number: the-number");
});

test("a script gets one line of JSON", async () => {
  const answer = await fetch(await serve(stop("tooOften")), { headers: { accept: "application/json" } });
  expect([answer.status, await answer.json()]).toEqual([429, { why: "tooOften", reference: "the-number" }]);
});

test("a form of more than a megabyte is refused before it is read", async () => {
  const base = await serve(bodyLimit, (_request, response) => response.json("read"));
  const send = (body: string, type = "application/x-www-form-urlencoded") =>
    fetch(base, { method: "POST", body, headers: { "content-type": type } });
  expect((await send("a".repeat(2 ** 20))).status).toBe(200);
  expect((await send("a".repeat(2 ** 20 + 1))).status).toBe(413);
  expect((await send("a".repeat(11 * 2 ** 20), "multipart/form-data; boundary=x")).status).toBe(200);
  expect((await send("a".repeat(11 * 2 ** 20 + 1), "multipart/form-data; boundary=x")).status).toBe(413);
});

test("a body that does not say how long it is, is refused", async () => {
  const base = await serve(bodyLimit, (_request, response) => response.json("read"));
  const status = await new Promise((answered, failed) => {
    const sent = ask(base, { method: "POST", headers: { "transfer-encoding": "chunked" } }, (answer) => {
      answer.resume();
      answered(answer.statusCode);
    });
    sent.on("error", failed);
    sent.end("abc");
  });
  expect(status).toBe(411);
});
