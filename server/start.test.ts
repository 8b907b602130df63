import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Refusal, requireNode, run } from "./bootstrap.mjs";
import { claimFolder, holderOf, plainReason, requirePort } from "./claim";

const ORIGIN = "http://localhost:3000";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tandem-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(["18.20.0", "20.18.3", "16.0.0"])("Node %s is refused in one sentence that names both", (version) => {
  expect(() => requireNode(version)).toThrow(`Tandem needs Node 20.19 or newer; this is Node ${version}.`);
});

test.each(["20.19.0", "20.20.2", "22.1.0", "24.0.0"])("Node %s will do", (version) => {
  expect(() => requireNode(version)).not.toThrow();
});

test("a data folder tells who holds it and where, until it is given back", () => {
  const giveBack = claimFolder(folder, ORIGIN);
  expect(holderOf(folder)).toMatchObject({ pid: process.pid, origin: ORIGIN });
  giveBack();
  expect(holderOf(folder)).toBeNull();
});

test("a data folder in use by a living process is refused, naming the process", async () => {
  const script = `import("./server/claim.ts").then(({ claimFolder }) => {
    claimFolder(${JSON.stringify(folder)}, "${ORIGIN}");
    process.stdout.write("claimed");
    setTimeout(() => {}, 60_000);
  })`;
  const { spawn } = await import("node:child_process");
  const other = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await new Promise((resolve) => other.stdout.once("data", resolve));
    expect(() => claimFolder(folder, ORIGIN)).toThrow(`in use by process ${other.pid}`);
    const gone = new Promise((resolve) => other.once("close", resolve));
    other.kill("SIGKILL");
    await gone;
    // Killed, it could not take its claim away; it holds nothing any more.
    claimFolder(folder, ORIGIN)();
  } finally {
    other.kill("SIGKILL");
  }
}, 30_000);

test("the claim of a process whose number somebody else has now does not count", () => {
  writeFileSync(join(folder, "tandem.pid"), JSON.stringify({ pid: process.ppid, since: "1", origin: ORIGIN }));
  expect(holderOf(folder)).toBeNull();
  claimFolder(folder, ORIGIN)();
});

test("a port in use is refused in one sentence that names it", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await expect(requirePort("127.0.0.1", port)).rejects.toThrow(`Port ${port} is in use`);
  await new Promise((resolve) => other.close(resolve));
  await expect(requirePort("127.0.0.1", port)).resolves.toBeUndefined();
});

test("a host that is not this machine's is refused by name", async () => {
  await expect(requirePort("192.0.2.1", 3999)).rejects.toThrow("192.0.2.1 is no address of this machine");
});

test.each(["ENOSPC: no space left on device, write", 'could not extend file "base/1": No space left on device'])(
  "a full disk is said plainly: %s",
  (message) => {
    expect(plainReason(new Error(message), "/data")).toBeInstanceOf(Refusal);
  },
);

test("an error about something else keeps its own words", () => {
  expect(plainReason(new Error("relation does not exist"), "/data")).toBeNull();
});

test("what a command started ends with it", async () => {
  const { code, output } = await run(["sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!"]);
  expect(code).toBe(0);
  const orphan = Number(output.trim());
  await expect.poll(() => isRunning(orphan)).toBe(false);
});

test("a command that takes too long is ended and says so", async () => {
  const { code, output } = await run(["sleep", "600"], {}, { timeoutMs: 200 });
  expect(code).not.toBe(0);
  expect(output).toContain("stopped after 0.2 s");
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readStatus(pid));
  } catch {
    return false;
  }
}

function readStatus(pid: number): string {
  return process.platform === "linux" ? readFileSync(`/proc/${pid}/status`, "utf8") : "";
}
