import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type * as Y from "yjs";
import { guest, until, visit } from "./collab-people.fixture";
import { LIMITS } from "./limits";
import { briefRoom } from "./room";

const [READERS, WRITERS, LETTERS, BETWEEN] = [200, 50, 10, 100] as const;

let child: ChildProcess;
let port = 0;

beforeAll(async () => {
  const file = fileURLToPath(new URL("./collab-server.fixture.ts", import.meta.url));
  const url = process.env.JOBS_DATABASE_URL ?? "";
  child = spawn(process.execPath, ["--import", "tsx", file, url, "0"], { stdio: ["pipe", "pipe", "inherit"] });
  if (!child.stdout) throw new Error("the server says nothing");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  port = Number(line.toString());
});

afterAll(async () => {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
});

test("200 readers and 50 writers in a room: all have every letter, and nobody hears of each caret by itself", async () => {
  // The stock provider says of each reader that they may only read.
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const room = briefRoom(randomUUID());
  const readers = Array.from({ length: READERS }, (_, at) => visit(port, room, guest(`reader ${at}`, "view")));
  const writers = Array.from({ length: WRITERS }, (_, at) => visit(port, room, guest(`writer ${at}`)));
  const all = [...readers, ...writers];
  await until("all are in", () => all.every(({ provider }) => provider.synced), 30_000);

  const [first] = readers;
  if (!first) throw new Error("nobody reads");
  const heard = { edits: 0, carets: 0 };
  first.doc.on("update", () => (heard.edits += 1));
  first.provider.awareness.on("update", () => (heard.carets += 1));
  const began = performance.now();
  const types = async (writer: (typeof writers)[number], at: number) => {
    writer.write(`writer ${at}: `);
    for (let letter = 0; letter < LETTERS; letter += 1) {
      const own = writer.doc
        .getXmlFragment("default")
        .toArray()
        .find((paragraph) => paragraph.toString().includes(`writer ${at}:`)) as Y.XmlElement;
      const text = own.get(0) as Y.XmlText;
      text.insert(text.length, "x");
      writer.provider.awareness.setLocalStateField("cursor", { letter });
      await pause(BETWEEN);
    }
  };
  await Promise.all(writers.map(types));
  const whole = (text: string) => writers.every((_, at) => text.includes(`writer ${at}: ${"x".repeat(LETTERS)}`));
  await until("all have every letter", () => all.every(({ text }) => whole(text())), 30_000);
  expect(new Set(all.map(({ text }) => text())).size).toBe(1);

  // 50 carets moved ten times each; a reader is told of all at once, as often as the server lets a presence be told.
  const rounds = (performance.now() - began) / LIMITS.presenceGap;
  expect(heard.carets).toBeLessThan(WRITERS * LETTERS);
  expect(heard.carets).toBeLessThanOrEqual(rounds + WRITERS);
  // What was typed in the same moment is stored together, and told together.
  expect(heard.edits).toBeGreaterThan(0);
  expect(heard.edits).toBeLessThan((WRITERS * (LETTERS + 1)) / 2);
  for (const { leave } of all) leave();
}, 90_000);
