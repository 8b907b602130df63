import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestGateway, type TestGateway } from "../test-gateway";

const BASE = "http://localhost:3000/supabase/storage/v1";
let tested: TestGateway;
let server: SupabaseClient;

beforeAll(async () => {
  tested = await startTestGateway();
  server = tested.admin();
  await server.storage.createBucket("files", { public: false });
});
afterAll(() => tested.stop());

test("a signed address reads one object, until it is over", async () => {
  const files = server.storage.from("files");
  await files.upload("signed/a b.txt", "for you", { contentType: "text/plain" });
  await files.upload("signed/c.txt", "not for you", { contentType: "text/plain" });
  const { data } = await files.createSignedUrl("signed/a b.txt", 60);
  const url = data?.signedUrl ?? "";
  const response = await tested.gateway.fetch(url);
  expect(await response.text()).toBe("for you");
  expect((await tested.gateway.fetch(url.replace("a%20b.txt", "c.txt"))).status).toBe(400);
  expect((await tested.gateway.fetch(url.replace(/token=[^.]+/, "token=x"))).status).toBe(400);
  const saved = await files.createSignedUrl("signed/a b.txt", 60, { download: "Запис.txt" });
  const download = await tested.gateway.fetch(saved.data?.signedUrl ?? "");
  expect(download.headers.get("content-disposition")).toBe(
    `attachment; filename="_____.txt"; filename*=UTF-8''${encodeURIComponent("Запис.txt")}`,
  );
  tested.advance(61_000);
  expect((await tested.gateway.fetch(url)).status).toBe(400);
  expect((await files.createSignedUrl("signed/a b.txt", 0)).error).toMatchObject({ status: 400 });

  const many = await files.createSignedUrls(["signed/c.txt", "signed/none.txt"], 60);
  expect(many.data?.map(({ path, error, signedUrl }) => [path, error === null, signedUrl !== null])).toEqual([
    ["signed/c.txt", true, true],
    ["signed/none.txt", false, false],
  ]);
  expect(await (await tested.gateway.fetch(many.data?.[0]?.signedUrl ?? "")).text()).toBe("not for you");
});

test("an address to upload to takes one file from whoever holds it", async () => {
  const files = server.storage.from("files");
  const { data } = await files.createSignedUploadUrl("incoming/one.txt");
  const guest = tested.client().storage.from("files");
  const other = await guest.uploadToSignedUrl("incoming/two.txt", data?.token ?? "", "x", {
    contentType: "text/plain",
  });
  expect(other.error).toMatchObject({ status: 400 });
  const sent = await guest.uploadToSignedUrl(
    "incoming/one.txt",
    data?.token ?? "",
    new Blob(["hello"], { type: "text/plain" }),
  );
  expect(sent.data).toMatchObject({ path: "incoming/one.txt", fullPath: "files/incoming/one.txt" });
  const again = await guest.uploadToSignedUrl("incoming/one.txt", data?.token ?? "", "again", {
    contentType: "text/plain",
  });
  expect(again.error).toMatchObject({ status: 409 });
  expect(await (await files.download("incoming/one.txt")).data?.text()).toBe("hello");
  expect((await guest.createSignedUploadUrl("incoming/three.txt")).error).toMatchObject({ status: 403 });
  const reading = await files.createSignedUrl("incoming/one.txt", 60);
  const token = new URL(reading.data?.signedUrl ?? "").searchParams.get("token") ?? "";
  const misused = await guest.uploadToSignedUrl("incoming/one.txt", token, "x", {
    contentType: "text/plain",
    upsert: true,
  });
  expect(misused.error).toMatchObject({ status: 400 });
  tested.advance(2 * 3_600_000 + 1000);
  const late = await guest.uploadToSignedUrl("incoming/one.txt", data?.token ?? "", "x", { contentType: "text/plain" });
  expect(late.error).toMatchObject({ status: 400 });
});

test("what somebody uploaded runs nothing on our origin", async () => {
  const files = server.storage.from("files");
  await files.upload("evil.html", "<script>alert(1)</script>", { contentType: "text/html" });
  await files.upload("evil.svg", "<svg onload='alert(1)'/>", { contentType: "image/svg+xml" });
  for (const name of ["evil.html", "evil.svg"]) {
    const { data } = await files.createSignedUrl(name, 60);
    const { headers } = await tested.gateway.fetch(data?.signedUrl ?? "");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-disposition")).toContain("attachment");
    expect(headers.get("content-security-policy")).toContain("sandbox");
  }
});

test("parts of a file are served, for players and broken downloads", async () => {
  const files = server.storage.from("files");
  await files.upload("digits.txt", "0123456789", { contentType: "text/plain" });
  const { data } = await files.createSignedUrl("digits.txt", 600);
  const ask = (headers: Record<string, string>, method = "GET") =>
    tested.gateway.fetch(data?.signedUrl ?? "", { method, headers });
  const part = await ask({ range: "bytes=2-4" });
  expect([part.status, part.headers.get("content-range"), await part.text()]).toEqual([206, "bytes 2-4/10", "234"]);
  const behind = await ask({ range: "bytes=10-" });
  expect([behind.status, behind.headers.get("content-range")]).toEqual([416, "bytes */10"]);
  const head = await ask({}, "HEAD");
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  const etag = head.headers.get("etag") ?? "";
  expect((await ask({ "if-none-match": etag })).status).toBe(304);
  const changed = await ask({ range: "bytes=2-4", "if-range": '"other"' });
  expect([changed.status, await changed.text()]).toEqual([200, "0123456789"]);
});

test("a public bucket is read by everybody, a private one by nobody without an address", async () => {
  await server.storage.createBucket("open", { public: true });
  await server.storage.from("open").upload("a.png", Buffer.from("png"), { contentType: "image/png" });
  const { publicUrl } = server.storage.from("open").getPublicUrl("a.png").data;
  const response = await tested.gateway.fetch(publicUrl);
  expect([response.status, await response.text()]).toEqual([200, "png"]);
  expect(response.headers.get("cache-control")).toBe("public, max-age=3600");
  const hidden = server.storage.from("files").getPublicUrl("digits.txt").data.publicUrl;
  expect((await tested.gateway.fetch(hidden)).status).toBe(404);
  expect((await tested.gateway.fetch(`${BASE}/object/files/digits.txt`)).status).toBe(401);
});
