import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import * as Y from "yjs";
import { textOf, until } from "../../app/collab/collab-people.fixture";
import { startRedis } from "../../app/collab/redis.fixture";
import type { Database } from "./database";

const FIXTURE = fileURLToPath(new URL("../../app/collab/collab-server.fixture.ts", import.meta.url));

/** Two processes of live editing on one database, with a Redis between them, and what may befall them. */
export type Pair = {
  ports: readonly number[];
  /** SIGKILL. Out: when it has gone. */
  kill(at: number): Promise<void>;
  /** Starts it again on its port, as whoever keeps it running would. */
  start(at: number): Promise<void>;
  /** SIGSTOP: it keeps its sockets and does nothing. */
  freeze(at: number): void;
  thaw(at: number): void;
  redis: Awaited<ReturnType<typeof startRedis>>;
  end(): Promise<void>;
};

export async function startPair(databaseUrl: string): Promise<Pair> {
  const redis = await startRedis();
  const children: ChildProcess[] = [];
  const ports = [0, 0];
  const start = async (at: number) => {
    const args = ["--import", "tsx", FIXTURE, databaseUrl, String(ports[at]), redis.url];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    children[at] = child;
    const [said] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [Buffer | number];
    if (!Buffer.isBuffer(said)) throw new Error(`live editing ended with ${said}`);
    ports[at] = Number(said.toString());
  };
  const kill = async (at: number) => {
    const child = children[at];
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await Promise.all([start(0), start(1)]);
  return {
    ports,
    kill,
    start,
    freeze: (at) => children[at]?.kill("SIGSTOP"),
    thaw: (at) => children[at]?.kill("SIGCONT"),
    redis,
    async end() {
      await Promise.all([kill(0), kill(1)]);
      await redis.remove();
    },
  };
}

/** What the database holds of a room: its words, read past every server. */
export async function storedWords(database: Database, room: string): Promise<Set<string>> {
  const { rows } = await database.asSuperuser("tandem", (client: Client) =>
    client.query<{ data: Buffer }>(
      `select data from (
         select -1 as seq, s.data from collab_snapshot s join collab_doc d on d.id = s.doc where d.room = $1
         union all
         select l.seq, l.payload from collab_log l join collab_doc d on d.id = l.doc where d.room = $1) all_rows
       order by seq`,
      [room],
    ),
  );
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.mergeUpdates(rows.map(({ data }) => data)));
  return new Set(textOf(doc).split("|"));
}

/** Milliseconds until something is so, or null when it never is. */
export async function msUntil(since: number, holds: () => boolean): Promise<number | null> {
  return until("it is so", holds, 20_000).then(
    () => performance.now() - since,
    () => null,
  );
}
