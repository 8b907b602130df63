import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { isFromOurPages, isToUs, mayOpenSocket, ownOrigins } from "./origin";

function request(headers: {
  origin?: string;
  cookie?: string;
  host?: string;
  "sec-fetch-site"?: string;
}): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.headers = headers;
  return message;
}

const deployed = ownOrigins("https://tandem.example");
const cookie = "tandem-session=abc";

test("what a page of ours sends is accepted", () => {
  expect(isFromOurPages(request({ origin: "https://tandem.example", cookie }), deployed)).toBe(true);
});

test.each([
  "null",
  "https://evil.example",
  "http://tandem.example",
  "https://tandem.example:8443",
  "https://tandem.example.evil.example",
  "",
])("what a page of %j sends is refused", (origin) => {
  expect(isFromOurPages(request({ origin, cookie }), deployed)).toBe(false);
  expect(isFromOurPages(request({ origin }), deployed)).toBe(false);
  expect(mayOpenSocket(request({ origin, cookie }), deployed)).toBe(false);
});

test("without an Origin, only what brings no cookie is believed, and no socket opens", () => {
  expect(isFromOurPages(request({ cookie }), deployed)).toBe(false);
  expect(isFromOurPages(request({}), deployed)).toBe(true);
  expect(mayOpenSocket(request({ cookie }), deployed)).toBe(false);
});

test("what a browser says to be of another site is refused, whatever Origin it names, and none", () => {
  const other = { "sec-fetch-site": "cross-site" };
  expect(isFromOurPages(request({ origin: "https://tandem.example", cookie, ...other }), deployed)).toBe(false);
  expect(isFromOurPages(request({ ...other }), deployed)).toBe(false);
  const own = { "sec-fetch-site": "same-origin" };
  expect(isFromOurPages(request({ origin: "https://tandem.example", cookie, ...own }), deployed)).toBe(true);
  expect(isFromOurPages(request({ origin: "https://evil.example", cookie, ...own }), deployed)).toBe(false);
});

test("one machine's own names are the same place, on the same port only", () => {
  const local = ownOrigins("http://localhost:3000");
  expect([...local].sort()).toEqual(["http://127.0.0.1:3000", "http://[::1]:3000", "http://localhost:3000"]);
  expect(isFromOurPages(request({ origin: "http://127.0.0.1:3000", cookie }), local)).toBe(true);
  expect(isFromOurPages(request({ origin: "http://127.0.0.1:3001", cookie }), local)).toBe(false);
});

test("a request is to us under our own names alone, whatever other name leads to this machine", () => {
  const local = ownOrigins("http://localhost:3000");
  expect(isToUs(request({ host: "localhost:3000" }), local)).toBe(true);
  expect(isToUs(request({ host: "127.0.0.1:3000" }), local)).toBe(true);
  expect(isToUs(request({ host: "evil.example:3000" }), local)).toBe(false);
  expect(isToUs(request({ host: "localhost:3001" }), local)).toBe(false);
  expect(isToUs(request({}), local)).toBe(false);
});
