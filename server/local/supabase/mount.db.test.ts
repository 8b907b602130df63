import { randomBytes } from "node:crypto";
import { readdir, readlink } from "node:fs/promises";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "./test-gateway";

let tested: TestGateway;
let server: Server;
let base: string;
const failures: unknown[] = [];

beforeAll(async () => {
  tested = await startTestGateway();
  const app = express().use("/supabase", tested.gateway.mount());
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/supabase`;
  process.on("unhandledRejection", (reason) => failures.push(reason));
  await tested.admin().storage.createBucket("web", { public: false, fileSizeLimit: "300MB" });
  await tested.admin().storage.createBucket("small", { public: true, fileSizeLimit: 1000 });
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await tested.stop();
});

const key = () => ({ apikey: tested.options.secretKey });

async function filesOnDisk(): Promise<number> {
  const entries = await readdir(join(tested.dataDir, "storage"), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

test("a browser uploads to a signed address and reads through another", async () => {
  const files = tested.admin().storage.from("web");
  const { data } = await files.createSignedUploadUrl("from/browser.png");
  const bytes = randomBytes(200_000);
  const path = new URL(data?.signedUrl ?? "");
  const form = new FormData();
  form.append("cacheControl", "60");
  form.append("", new Blob([bytes], { type: "image/png" }), "browser.png");
  const sent = await fetch(base + path.pathname.replace("/supabase", "") + path.search, { method: "PUT", body: form });
  expect(sent.status).toBe(200);
  const signed = new URL((await files.createSignedUrl("from/browser.png", 60)).data?.signedUrl ?? "");
  const read = await fetch(base + signed.pathname.replace("/supabase", "") + signed.search);
  expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
  expect(read.headers.get("content-length")).toBe("200000");
  const head = await fetch(base + signed.pathname.replace("/supabase", "") + signed.search, { method: "HEAD" });
  expect(head.headers.get("content-length")).toBe("200000");
});

test("a file that is too large is refused with words, not with a broken connection", async () => {
  const response = await fetch(`${base}/storage/v1/object/small/big.bin`, {
    method: "POST",
    headers: { ...key(), "content-type": "application/octet-stream" },
    body: randomBytes(5_000_000),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ statusCode: "413", error: "Payload too large" });
  const stranger = await fetch(`${base}/storage/v1/object/small/big.bin`, {
    method: "POST",
    headers: { apikey: "wrong", "content-type": "application/octet-stream" },
    body: randomBytes(5_000_000),
  });
  expect(stranger.status).toBe(401);
});

test("an upload whose browser goes away leaves nothing, and the gateway goes on", async () => {
  const before = await filesOnDisk();
  await new Promise<void>((resolve) => {
    const sending = httpRequest(`${base}/storage/v1/object/web/half.bin`, {
      method: "POST",
      headers: { ...key(), "content-type": "application/octet-stream", "content-length": "1000000" },
    });
    sending.on("error", () => resolve());
    sending.write(randomBytes(400_000));
    void setTimeout(200).then(() => sending.destroy(new Error("gone")));
  });
  await setTimeout(300);
  expect(await filesOnDisk()).toBe(before);
  expect((await tested.admin().storage.from("web").exists("half.bin")).data).toBe(false);
  expect(failures).toEqual([]);
});

test("a large file passes through without being held in memory", { timeout: 60_000 }, async () => {
  const piece = randomBytes(1024 * 1024);
  const count = 200;
  let sent = 0;
  let peak = 0;
  const before = process.memoryUsage.rss();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      peak = Math.max(peak, process.memoryUsage.rss() - before);
      if (sent === count) return controller.close();
      sent += 1;
      controller.enqueue(new Uint8Array(piece));
    },
  });
  const { error } = await tested.admin().storage.from("web").upload("large.bin", body, {
    contentType: "application/octet-stream",
  });
  expect(error).toBeNull();
  expect(peak).toBeLessThan(120 * 1024 * 1024);
  expect((await tested.admin().storage.from("web").info("large.bin")).data?.size).toBe(count * piece.length);
});

test("a browser that goes away in the middle of a download disturbs nobody", async () => {
  const signed = new URL(
    (await tested.admin().storage.from("web").createSignedUrl("large.bin", 60)).data?.signedUrl ?? "",
  );
  for (let n = 0; n < 3; n += 1) {
    const gone = new AbortController();
    const response = await fetch(base + signed.pathname.replace("/supabase", "") + signed.search, {
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
  }
  await setTimeout(300);
  const openFiles = await Promise.all(
    (await readdir("/proc/self/fd").catch(() => [])).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  );
  expect(openFiles.filter((path) => path.includes(tested.dataDir))).toEqual([]);
  expect(failures).toEqual([]);
});

test("a person's cookies mean nothing to the gateway", async () => {
  const client = tested.client();
  await client.auth.signInWithPassword({ email: "owner@metis.example", password: "tandem-demo-2026" });
  const { data } = await client.auth.getSession();
  const response = await fetch(`${base}/auth/v1/user`, {
    headers: { cookie: `sb-access-token=${data.session?.access_token}`, apikey: tested.options.publishableKey },
  });
  expect(response.status).toBe(401);
});
