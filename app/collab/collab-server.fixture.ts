import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createCollab } from "./collab.server";
import { fromPlainText } from "./rich-text-plain";
import type { RoomAccess } from "./room";

/**
 * The live editing server for its tests: a process of its own, so that it can be killed. Started with the connection
 * string, a port and the address of a Redis, if any, as arguments; prints its port when it listens. Who somebody is and may do stands in their cookie.
 */
export type Guest = { personId: string; name: string; may: RoomAccess };

export const ORIGIN = "http://tandem.test";
export const cookieOf = (guest: Guest) => `guest=${encodeURIComponent(JSON.stringify(guest))}`;
export const FIRST_WORDS = "The arm wobbles.";

function guestOf(request: IncomingMessage): Guest | null {
  const value = /guest=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
  return value ? (JSON.parse(decodeURIComponent(value)) as Guest) : null;
}

type Logged = { level: string; msg: string; room?: string };

/** In: what was changed since (a session ended, a role changed), by person; the cookie counts otherwise. */
export async function serve(
  databaseUrl: string,
  port: number,
  changed = new Map<string, RoomAccess | "signed-out">(),
  unloadAfter = 500,
  redis?: { url: string; secret: string; fates?: Map<string, number> },
) {
  const logged: Logged[] = [];
  const fates = redis?.fates ?? new Map<string, number>();
  const collab = createCollab<Guest>({
    databaseUrl,
    origins: new Set([ORIGIN]),
    log: pino(
      { formatters: { level: (level) => ({ level }) } },
      { write: (line: string) => logged.push(JSON.parse(line) as Logged) },
    ),
    identify: async (request) => guestOf(request),
    again: async (guest) => (changed.get(guest.personId) === "signed-out" ? null : guest),
    access: async ({ personId, may }) => {
      const now = changed.get(personId) ?? may;
      return now === "signed-out" ? "none" : now;
    },
    seed: async () => fromPlainText(FIRST_WORDS),
    unloadAfter,
    measures: {
      updates: () => undefined,
      refused: () => undefined,
      committed: () => undefined,
      wire: (fate) => fates.set(fate, (fates.get(fate) ?? 0) + 1),
    },
    ...(redis && { redis: { url: redis.url, secret: redis.secret } }),
  });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on("upgrade", (request, socket, head) => {
    if (!collab.handleUpgrade(request, socket, head)) socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return { collab, server, logged, port: (server.address() as AddressInfo).port };
}

export const SECRET = "a secret of the tests, long enough";

const [, script, databaseUrl, port, redisUrl] = process.argv;
if (script?.endsWith("collab-server.fixture.ts") && databaseUrl) {
  const { collab, port: taken } = await serve(
    databaseUrl,
    Number(port ?? 0),
    undefined,
    undefined,
    redisUrl ? { url: redisUrl, secret: SECRET } : undefined,
  );
  await collab.ready();
  process.stdout.write(`${taken}\n`);
  process.once("SIGTERM", () => {
    collab.close().then(() => process.exit(0));
  });
  // Without its parent it has nobody to serve.
  process.stdin.on("end", () => process.exit(0)).resume();
}
