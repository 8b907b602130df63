import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { ownOrigins } from "./origin";
import { upgrades } from "./upgrades";

const origins = ownOrigins("https://tandem.example");

/** An upgrade to `url` by a page of `origin`, and what became of it. */
function knock(url: string, origin: string, othersToo = false) {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  request.headers = { origin };
  const socket = new PassThrough();
  const taken: string[] = [];
  const collab = { handleUpgrade: () => void taken.push(url) };
  upgrades({ origins, collab, othersToo })(request, socket, Buffer.alloc(0));
  return { socket, taken };
}

test("a page of ours gets its socket", () => {
  expect(knock("/collab/room", "https://tandem.example").taken).toEqual(["/collab/room"]);
});

test("a page of somebody else gets none, and cannot keep the line open", async () => {
  const { socket, taken } = knock("/collab/room", "https://evil.example");
  expect(taken).toEqual([]);
  expect(String(socket.read())).toMatch(/^HTTP\/1\.1 403 /);
  await expect.poll(() => socket.destroyed).toBe(true);
});

test("a socket to anywhere else is cut off, unless somebody else listens for it", () => {
  expect(knock("/elsewhere", "https://tandem.example").socket.destroyed).toBe(true);
  expect(knock("/elsewhere", "https://tandem.example", true).socket.destroyed).toBe(false);
});

test.each([
  ["https://evil.example", "/collab/room"],
  ["https://tandem.example", "/collab/room"],
  ["https://tandem.example", "/elsewhere"],
])("somebody who hangs up in the middle (%s, %s) ends nothing but their own line", (origin, url) => {
  const { socket } = knock(url, origin);
  expect(() => socket.emit("error", new Error("ECONNRESET"))).not.toThrow();
  expect(socket.destroyed).toBe(true);
});
