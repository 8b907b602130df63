import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { guest, until, visit } from "./collab-people.fixture";
import { cookieOf, ORIGIN } from "./collab-server.fixture";
import { briefRoom } from "./room";

const [PEOPLE, EACH, ROOMS, AT_ONCE] = [250, 20, 50, 100] as const;

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

test("5,000 sockets: all stay open, and a word comes to everybody in its room and to nobody else", async () => {
  const rooms = Array.from({ length: ROOMS }, () => briefRoom(randomUUID()));
  const lines: { room: string; socket: WebSocket; heard: number }[] = [];
  const open = async (at: number) => {
    const room = rooms[at % ROOMS] ?? "";
    const headers = { cookie: cookieOf(guest(`person ${at % PEOPLE}`)), origin: ORIGIN };
    const socket = new WebSocket(`ws://127.0.0.1:${port}/collab/${room}`, { headers });
    const line = { room, socket, heard: 0 };
    // A letter of its own: nothing else that is sent holds it.
    socket.on("message", (data: Buffer) => {
      if (data.includes("one word to all")) line.heard += 1;
    });
    await once(socket, "open");
    lines.push(line);
  };
  for (let at = 0; at < PEOPLE * EACH; at += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, more) => open(at + more)));
  }
  expect(lines).toHaveLength(5_000);
  const [room = ""] = rooms;
  const writer = visit(port, room, guest("writer"));
  await until("the writer is in", () => writer.provider.synced, 20_000);
  writer.write("one word to all");
  const there = lines.filter((line) => line.room === room);
  expect(there).toHaveLength(100);
  await until("all in the room have it", () => there.every(({ heard }) => heard > 0), 20_000);
  expect(lines.filter((line) => line.room !== room && line.heard > 0)).toEqual([]);
  expect(lines.filter(({ socket }) => socket.readyState !== WebSocket.OPEN)).toEqual([]);
  writer.leave();
  for (const { socket } of lines) socket.terminate();
}, 60_000);
