import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SupabaseClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../../../tests/database";
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

async function filesOnDisk(): Promise<string[]> {
  const names = await readdir(join(tested.dataDir, "storage"), { recursive: true, withFileTypes: true });
  return names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function signedIn(email: string): Promise<SupabaseClient> {
  const client = tested.client();
  const { error } = await client.auth.signInWithPassword({ email, password: "tandem-demo-2026" });
  expect(error).toBeNull();
  return client;
}

test("a file comes back as it went in, however it was sent", async () => {
  const bytes = randomBytes(300_000);
  const stream = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 1000) controller.enqueue(bytes.subarray(at, at + 1000));
        controller.close();
      },
    });
  const form = new FormData();
  form.append("file", new Blob([bytes], { type: "image/png" }), 'picture; of=a "lamp".png');
  const bodies = {
    blob: new Blob([bytes], { type: "image/png" }),
    buffer: bytes,
    view: new Uint8Array(bytes),
    stream: stream(),
    form,
  };
  for (const [name, body] of Object.entries(bodies)) {
    const { data, error } = await server.storage
      .from("files")
      .upload(`ways/${name}.png`, body, { contentType: "image/png", metadata: { sent: name }, cacheControl: "60" });
    expect(error, name).toBeNull();
    expect(data?.fullPath).toBe(`files/ways/${name}.png`);
    const back = await server.storage.from("files").download(`ways/${name}.png`);
    expect(back.data?.type, name).toBe("image/png");
    const received = (await back.data?.arrayBuffer()) ?? new ArrayBuffer(0);
    expect(Buffer.from(received).equals(bytes), name).toBe(true);
    const info = await server.storage.from("files").info(`ways/${name}.png`);
    expect(info.data, name).toMatchObject({
      id: data?.id,
      name: `ways/${name}.png`,
      bucketId: "files",
      size: 300_000,
      contentType: "image/png",
      cacheControl: "max-age=60",
      metadata: { sent: name },
      etag: `"${createHash("md5").update(bytes).digest("hex")}"`,
    });
  }
});

test("a name is taken once; replacing it is asked for, and the old bytes go", async () => {
  const files = server.storage.from("files");
  await files.upload("note.txt", "one", { contentType: "text/plain" });
  const again = await files.upload("note.txt", "two", { contentType: "text/plain" });
  expect(again.error).toMatchObject({ status: 409, message: "The resource already exists" });
  const before = (await filesOnDisk()).length;
  expect((await files.upload("note.txt", "three", { contentType: "text/plain", upsert: true })).error).toBeNull();
  expect(await (await files.download("note.txt")).data?.text()).toBe("three");
  expect((await files.update("note.txt", "four", { contentType: "text/plain" })).error).toBeNull();
  expect(await (await files.download("note.txt")).data?.text()).toBe("four");
  expect((await filesOnDisk()).length).toBe(before);
});

test("parallel uploads to one name leave one whole file and no other", async () => {
  const files = server.storage.from("files");
  const before = (await filesOnDisk()).length;
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      files.upload("race.txt", String(n).repeat(5000), { contentType: "text/plain", upsert: true }),
    ),
  );
  expect(answers.map(({ error }) => error)).toEqual(Array(6).fill(null));
  expect(await (await files.download("race.txt")).data?.text()).toMatch(/^(\d)\1{4999}$/);
  expect((await filesOnDisk()).length).toBe(before + 1);
});

test("half an upload is never visible and leaves nothing behind", async () => {
  const before = await filesOnDisk();
  const broken = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(new Uint8Array(1000));
      await new Promise((resolve) => setTimeout(resolve, 20));
      const { data } = await server.storage.from("files").exists("half.bin");
      expect(data).toBe(false);
      controller.error(new Error("the network went away"));
    },
  });
  const response = await tested.gateway.fetch(`${BASE}/object/files/half.bin`, {
    method: "POST",
    headers: { apikey: tested.options.secretKey, "content-type": "application/octet-stream" },
    body: broken,
    ...{ duplex: "half" },
  });
  expect(response.ok).toBe(false);
  const short = await tested.gateway.fetch(`${BASE}/object/files/half.bin`, {
    method: "POST",
    headers: { apikey: tested.options.secretKey, "content-type": "text/plain", "content-length": "10" },
    body: "short",
  });
  expect(short.status).toBe(400);
  expect((await server.storage.from("files").exists("half.bin")).data).toBe(false);
  expect(await filesOnDisk()).toEqual(before);
});

test("a bucket takes only its types and sizes, and nothing of a refused file stays", async () => {
  await server.storage.createBucket("pictures", {
    public: false,
    fileSizeLimit: "1KB",
    allowedMimeTypes: ["image/*"],
  });
  const before = await filesOnDisk();
  const pictures = server.storage.from("pictures");
  const text = await pictures.upload("a.txt", "hello", { contentType: "text/plain" });
  expect(text.error).toMatchObject({ status: 415, message: "mime type text/plain is not supported" });
  for (const body of [new Blob([randomBytes(1025)], { type: "image/png" }), randomBytes(1025)]) {
    const large = await pictures.upload("a.png", body, { contentType: "image/png" });
    expect(large.error).toMatchObject({ status: 413, message: "The object exceeded the maximum allowed size" });
  }
  expect(await filesOnDisk()).toEqual(before);
  expect((await pictures.upload("a.png", randomBytes(1024), { contentType: "image/png" })).error).toBeNull();
  await server.storage.from("files").upload("big.png", randomBytes(4000), { contentType: "image/png" });
  const copied = await server.storage.from("files").copy("big.png", "big.png", { destinationBucket: "pictures" });
  expect(copied.error).toMatchObject({ status: 413 });
  const moved = await server.storage.from("files").move("note.txt", "note.png", { destinationBucket: "pictures" });
  expect(moved.error).toMatchObject({ status: 415 });
});

test("policies of storage.objects decide for a person; what they may not see is not there", async () => {
  await server.storage.createBucket("shelf", { public: false });
  await asSuperuser(
    `create policy "own folder read" on storage.objects for select to authenticated
     using (bucket_id = 'shelf' and path_tokens[1] = auth.uid()::text)`,
  );
  await asSuperuser(
    `create policy "own folder write" on storage.objects for insert to authenticated
     with check (bucket_id = 'shelf' and path_tokens[1] = auth.uid()::text)`,
  );
  await asSuperuser("grant usage on schema extensions to authenticated");
  const owner = await signedIn("owner@metis.example");
  const stranger = await signedIn("owner@brix.example");
  const id = (await owner.auth.getUser()).data.user?.id ?? "";
  const path = `${id}/mine.txt`;
  expect((await owner.storage.from("shelf").upload(path, "mine", { contentType: "text/plain" })).error).toBeNull();
  const [row] = await asSuperuser<{ owner_id: string }>("select owner_id from storage.objects where name = $1", [path]);
  expect(row?.owner_id).toBe(id);

  const before = await filesOnDisk();
  const intruder = await stranger.storage.from("shelf").upload(`${id}/evil.txt`, "x", { contentType: "text/plain" });
  expect(intruder.error).toMatchObject({ status: 403 });
  expect(await filesOnDisk()).toEqual(before);
  for (const client of [stranger, tested.client()]) {
    const shelf = client.storage.from("shelf");
    expect((await shelf.download(path)).error).toMatchObject({ status: 404 });
    expect((await shelf.info(path)).error).toMatchObject({ status: 404, message: "Object not found" });
    expect((await shelf.exists(path)).data).toBe(false);
    expect((await shelf.createSignedUrl(path, 60)).error).toMatchObject({ status: 404 });
    expect((await shelf.list(id)).data).toEqual([]);
    expect((await shelf.remove([path])).data).toEqual([]);
    expect((await shelf.move(path, `${id}/b.txt`)).error).toMatchObject({ status: 404 });
    expect((await shelf.copy(path, `${id}/b.txt`)).error).toMatchObject({ status: 404 });
    expect((await client.storage.listBuckets()).data).toEqual([]);
    expect((await client.storage.createBucket("mine", { public: true })).error).toMatchObject({ status: 403 });
  }
  // Readable, but no policy lets even the owner change or remove it.
  expect((await owner.storage.from("shelf").move(path, `${id}/b.txt`)).error).toMatchObject({ status: 404 });
  expect(await (await owner.storage.from("shelf").download(path)).data?.text()).toBe("mine");
  await owner.auth.signOut();
});

test("a session that was ended reads nothing more", async () => {
  const owner = await signedIn("owner@metis.example");
  const { data } = await owner.auth.getSession();
  await owner.auth.signOut();
  const late = await tested
    .client({ token: data.session?.access_token ?? "" })
    .storage.from("shelf")
    .download(`${data.session?.user.id}/mine.txt`);
  expect(late.error).toMatchObject({ status: 401 });
});

test("a list shows one folder, sorted, searched and page by page", async () => {
  const files = server.storage.from("files");
  for (const name of ["tree/b.txt", "tree/a.txt", "tree/Branch/leaf.txt", "tree/Branch/twig/x.txt", "tree/c.md"]) {
    await files.upload(name, name, { contentType: "text/plain" });
  }
  const names = async (path: string, options?: object) =>
    (await files.list(path, options)).data?.map(({ name }) => name);
  expect((await names("tree"))?.toSorted()).toEqual(["Branch", "a.txt", "b.txt", "c.md"]);
  expect(await names("tree/Branch")).toEqual(["leaf.txt", "twig"]);
  expect(await names("tree", { search: "BR" })).toEqual(["Branch"]);
  expect(await names("tree", { search: "b", sortBy: { column: "name", order: "desc" } })).toHaveLength(2);
  expect(await names("tree/Branch", { limit: 1, offset: 1 })).toEqual(["twig"]);
  expect(await names("tr")).toEqual([]);
  const { data } = await files.list("tree/Branch");
  expect(data?.find(({ name }) => name === "twig")).toMatchObject({ id: null, metadata: null });
  expect(data?.find(({ name }) => name === "leaf.txt")).toMatchObject({
    metadata: { mimetype: "text/plain", size: 20 },
  });
  expect((await files.list("tree", { sortBy: { column: "name; drop table users" } })).error).toMatchObject({
    status: 400,
  });

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { data: page } = await files.listV2({
      prefix: "tree/",
      limit: 2,
      with_delimiter: true,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...(page?.folders ?? []).map(({ name }) => name), ...(page?.objects ?? []).map(({ name }) => name));
    cursor = page?.nextCursor;
  } while (cursor);
  expect(seen.toSorted()).toEqual(["tree/Branch/", "tree/a.txt", "tree/b.txt", "tree/c.md"]);
  const flat = await files.listV2({ prefix: "tree/", sortBy: { column: "created_at", order: "desc" } });
  expect(flat.data?.objects.map(({ name }) => name)[0]).toBe("tree/c.md");
});

test("objects are moved, copied and removed; a copy lives on without its original", async () => {
  const files = server.storage.from("files");
  await files.upload("go/a.txt", "travels", { contentType: "text/plain" });
  expect((await files.move("go/a.txt", "gone/a.txt")).error).toBeNull();
  expect((await files.exists("go/a.txt")).data).toBe(false);
  expect((await files.copy("gone/a.txt", "gone/b.txt")).data).toEqual({ path: "files/gone/b.txt" });
  expect((await files.copy("gone/a.txt", "gone/b.txt")).error).toMatchObject({ status: 409 });
  expect((await files.move("gone/a.txt", "gone/b.txt")).error).toMatchObject({ status: 409 });
  const before = (await filesOnDisk()).length;
  const removed = await files.remove(["gone/a.txt", "gone/none.txt"]);
  expect(removed.data?.map(({ name }) => name)).toEqual(["gone/a.txt"]);
  expect((await filesOnDisk()).length).toBe(before - 1);
  expect(await (await files.download("gone/b.txt")).data?.text()).toBe("travels");
  expect((await files.move("gone/none.txt", "gone/c.txt")).error).toMatchObject({ status: 404 });
});

test("no name leads out of the storage folder", async () => {
  const files = server.storage.from("files");
  const names = [
    "../secrets.json",
    "a/../../secrets.json",
    "..",
    "a//b",
    "a\\..\\b",
    "a\u0000b",
    "%2e%2e%2fsecrets.json",
    "x".repeat(1025),
  ];
  for (const name of names) {
    const body = new Blob(["x"], { type: "text/plain" });
    const { error } = await files.copy("gone/b.txt", name);
    expect(error, name).not.toBeNull();
    const encoded = await tested.gateway.fetch(`${BASE}/object/files/${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { apikey: tested.options.secretKey, "content-type": "text/plain" },
      body,
    });
    // Browsers and fetch resolve a bare `..` themselves, which leaves no object's path.
    expect([400, 404], name).toContain(encoded.status);
  }
  const paths = (await filesOnDisk()).map((path) => path.slice(tested.dataDir.length));
  expect(paths.every((path) => /^\/storage\/objects\/[0-9a-f]{2}\/[0-9a-f-]{36}$/.test(path))).toBe(true);
});

test("buckets are made, read, changed, emptied and deleted by the server", async () => {
  const { storage } = server;
  expect((await storage.createBucket("box", { public: false, fileSizeLimit: 100 })).data).toEqual({ name: "box" });
  expect((await storage.createBucket("box", { public: false })).error).toMatchObject({ status: 409 });
  expect((await storage.createBucket("sign", { public: false })).error).toMatchObject({ status: 400 });
  expect((await storage.createBucket("../box", { public: false })).error).toMatchObject({ status: 400 });
  expect((await storage.updateBucket("box", { public: true, allowedMimeTypes: ["text/plain"] })).error).toBeNull();
  expect((await storage.getBucket("box")).data).toMatchObject({
    id: "box",
    public: true,
    file_size_limit: 100,
    allowed_mime_types: ["text/plain"],
  });
  expect(
    (await storage.listBuckets({ search: "bo", sortColumn: "name", sortOrder: "desc", limit: 5 })).data,
  ).toHaveLength(1);
  await storage.from("box").upload("a.txt", "a", { contentType: "text/plain" });
  expect((await storage.deleteBucket("box")).error).toMatchObject({ status: 409 });
  const before = (await filesOnDisk()).length;
  expect((await storage.emptyBucket("box")).error).toBeNull();
  expect((await filesOnDisk()).length).toBe(before - 1);
  expect((await storage.deleteBucket("box")).error).toBeNull();
  for (const gone of [storage.getBucket("box"), storage.deleteBucket("box"), storage.emptyBucket("box")]) {
    expect((await gone).error).toMatchObject({ status: 404, message: "Bucket not found" });
  }
  expect((await storage.updateBucket("box", { public: true })).error).toMatchObject({ status: 404 });
  expect((await storage.from("box").upload("a.txt", "a")).error).toMatchObject({ status: 404 });
});

test("the bytes on disk are the bytes that were sent", async () => {
  const bytes = randomBytes(50_000);
  await server.storage.from("files").upload("exact.bin", bytes, { contentType: "application/octet-stream" });
  const [row] = await asSuperuser<{ version: string }>("select version from storage.objects where name = 'exact.bin'");
  const version = row?.version ?? "";
  const stored = await readFile(join(tested.dataDir, "storage", "objects", version.slice(0, 2), version));
  expect(stored.equals(bytes)).toBe(true);
});
