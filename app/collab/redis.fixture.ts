import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { until } from "./collab-people.fixture";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** A Redis of a test's own, on loopback, that keeps nothing; Debian's redis-server. */
export async function startRedis() {
  const dir = mkdtempSync(join(tmpdir(), "tandem-redis-"));
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", dir, "--save", "", "--appendonly", "no"];
  let child: ChildProcess | null = null;
  const answers = async () => {
    const asking = new Redis(port, "127.0.0.1", { lazyConnect: true, retryStrategy: () => null });
    asking.on("error", () => undefined);
    const said = await asking.connect().then(
      () => asking.ping(),
      () => null,
    );
    asking.disconnect();
    return said === "PONG";
  };
  const start = async () => {
    child = spawn("redis-server", args, { stdio: "ignore" });
    await until("Redis answers", answers);
  };
  const end = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    /** SIGKILL. */
    kill: end,
    /** SIGSTOP: it keeps its connections and answers nothing. */
    freeze: () => child?.kill("SIGSTOP"),
    thaw: () => child?.kill("SIGCONT"),
    async remove() {
      await end();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
