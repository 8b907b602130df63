import { once } from "node:events";
import { rmSync } from "node:fs";
import { createConnection, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "~/collab/redis.fixture";
import { runningLocalPostgres } from "../../server/local/postgres";
import { loadSecrets } from "../../server/local/secrets";
import { freePort, freshDataDir, serverEnvironment, spawnServer, startServer, type TestServer } from "./server";

/** An installation whose live editing can be struck. */
export interface LiveSite {
  readonly server: TestServer;
  /** Ends a process that serves live editing with SIGKILL, as a power cut would. */
  strike(): Promise<void>;
  /** Whether others serve on while it is away. */
  readonly servesOn: boolean;
  /** Starts again what was struck. */
  mend(): Promise<void>;
  dispose(): Promise<void>;
}

/** As `npm start` brings it up: pages and live editing in one process. */
export async function oneProcess(): Promise<LiveSite> {
  const server = await startServer();
  return { server, servesOn: false, strike: () => server.kill(), mend: server.start, dispose: server.dispose };
}

const SECRET = "what only the processes of these journeys know";

/** Live editing by two processes of its own behind one address, with a Redis between them; the pages' process serves none. */
export async function twoProcesses(): Promise<LiveSite> {
  const [redis, front, dataDir] = [await startRedis(), await openFront(), freshDataDir()];
  const shared = { REDIS_URL: redis.url, COLLAB_SECRET: SECRET, COLLAB_URL: `http://127.0.0.1:${front.port}` };
  const discard = async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  const ends: (() => Promise<unknown>)[] = [discard, redis.remove, async () => front.close()];
  const dispose = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const server = await startServer({ env: shared, dataDir });
    ends.push(server.dispose);
    const database = await runningLocalPostgres(dataDir);
    if (!database) throw new Error("the installation has no database");
    const { publishableKey, secretKey } = await loadSecrets(dataDir);
    const settings = {
      ...shared,
      APP_ORIGIN: server.origin,
      DATABASE_URL: database.portal,
      STAFF_DATABASE_URL: database.staff,
      JOBS_DATABASE_URL: database.jobs,
      GATEWAY_DATABASE_URL: database.gateway,
      SUPABASE_PUBLISHABLE_KEY: publishableKey,
      SUPABASE_SECRET_KEY: secretKey,
    };
    const processes = await Promise.all(
      [0, 1].map(async () => {
        const live = await liveProcess(settings);
        ends.push(live.kill);
        front.leadTo(live.port);
        return live;
      }),
    );
    const [first] = processes;
    if (!first) throw new Error("there is no process of live editing");
    const strike = async () => {
      // Otherwise everybody sits at the other one, and nothing is proved.
      if (front.ledTo(first.port) === 0) throw new Error("nobody sits at the process that is to be killed");
      await first.kill();
    };
    return { server, servesOn: true, strike, mend: first.start, dispose };
  } catch (problem) {
    await dispose();
    throw problem;
  }
}

/** `npm run collab`: live editing alone, on a port of its own. */
async function liveProcess(settings: Record<string, string>) {
  const port = await freePort();
  const env = serverEnvironment({ ...settings, PORT: String(port) });
  let child = spawnServer(env, ["--import", "tsx", "server/collab.ts"]);
  const up = async () => {
    for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) return;
    }
    throw new Error("live editing of its own was not ready within a minute");
  };
  await up();
  return {
    port,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
    async start() {
      child = spawnServer(env, ["--import", "tsx", "server/collab.ts"]);
      await up();
    },
  };
}

/** What stands before several processes under one address: leads each line to the next in turn, past those that do not answer. */
async function openFront() {
  const ports: number[] = [];
  const lines = new Map<Socket, number>();
  let turn = 0;
  const lead = (line: Socket, tries: number) => {
    const port = ports[turn++ % ports.length];
    if (port === undefined || tries === 0 || line.destroyed) return void line.destroy();
    const onward = createConnection(port, "127.0.0.1");
    onward.once("error", () => (lines.has(line) ? line.destroy() : lead(line, tries - 1)));
    onward.once("connect", () => {
      lines.set(line, port);
      line.pipe(onward).pipe(line);
      onward.once("close", () => line.destroy());
      line.once("close", () => {
        lines.delete(line);
        onward.destroy();
      });
    });
  };
  const server = createServer((line) => {
    line.on("error", () => line.destroy());
    lead(line, ports.length);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    port: address.port,
    leadTo: (port: number) => void ports.push(port),
    /** How many lines lead there now. */
    ledTo: (port: number) => [...lines.values()].filter((to) => to === port).length,
    close() {
      for (const line of lines.keys()) line.destroy();
      server.close();
    },
  };
}
