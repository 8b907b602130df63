import { sql } from "kysely";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import { startGateway } from "../../tests/local-supabase";
import { accounts, auditor, brixOwner, designer, metisOwner, pricing, stifferJoint } from "../../tests/personas";
import { glbOf } from "./glb.fixture";
import { prototypeTasks } from "./prototype-file.jobs.server";
import {
  dropFile,
  finishFile,
  listFileStates,
  mayReadPrototypeFile,
  readPrototypeFile,
  startFile,
} from "./prototype-files.server";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

let version: string;
beforeEach(async () => {
  await asSuperuser("delete from prototypes");
  version = await asActor(designer, async (tx) => {
    const made = await tx
      .insertInto("prototypes")
      .values({ ideaId: stifferJoint, name: "Lamp head", createdBy: designer.personId })
      .returning("id")
      .executeTakeFirstOrThrow();
    const { rows } = await sql<{ id: string }>`select private.begin_prototype_version(${made.id}::uuid) as id`.execute(
      tx,
    );
    return rows[0]?.id ?? "";
  });
});

const BYTES = { "Content-Type": "application/octet-stream" };
const picture = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();

/** As a browser does it: an address, the bytes, a word that they are there, and the check. */
async function upload(name: string, bytes: Uint8Array): Promise<string> {
  const begun = await startFile(designer, version, { name, size: Math.max(1, bytes.length) });
  if (!begun.ok) throw new Error(begun.why);
  const put = await gateway.fetch(begun.url, { method: "PUT", headers: BYTES, body: new Uint8Array(bytes) });
  expect(put.status).toBe(200);
  expect(await finishFile(designer, begun.id)).toBe(true);
  await prototypeTasks.check_prototype_file({ id: begun.id });
  return begun.id;
}

const standing = async (id: string) => {
  const found = (await listFileStates(designer, version)).find((one) => one.id === id);
  return found && (found.refusal ?? found.state);
};
const stored = async () =>
  (
    await asSuperuser<{ name: string }>(
      "select name from storage.objects where bucket_id in ('prototype-uploads', 'prototype-files') order by name",
    )
  ).map(({ name }) => name);
const SMALL = { kind: "scaled", page: 1, width: 480 } as const;

async function release(): Promise<void> {
  await asActor(designer, async (tx) => {
    await sql`select private.publish_prototype_version(${version}::uuid,
      (select revision from prototype_versions where id = ${version}::uuid))`.execute(tx);
    const to = { versionId: version, accountId: accounts.metis, releasedBy: designer.personId };
    await tx.insertInto("prototypeReleases").values(to).execute();
  });
}

test("a picture is looked at, drawn for screens and kept, and nothing stays in quarantine", async () => {
  const id = await upload("lamp.png", await picture());
  expect(await standing(id)).toBe("ready");
  const [row] = await asSuperuser(
    "select kind, media_type as type, width, height, octet_length(sha256) as hash from prototype_files where id = $1",
    [id],
  );
  expect(row).toEqual({ kind: "picture", type: "image/png", width: 600, height: 400, hash: 32 });
  expect(await stored()).toEqual([`${id}/scaled-1-480.webp`, `${id}/scaled-1-600.webp`, `${id}/whole`]);
  const small = await readPrototypeFile([designer], id, SMALL);
  const bytes = Buffer.from(await new Response(small?.body).arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ format: "webp", width: 480 });
});

test("what is refused leaves nothing behind but the sentence why", async () => {
  const before = await stored();
  const page = await upload("picture.png", Buffer.from("<!doctype html><script>alert(1)</script>"));
  expect(await standing(page)).toBe("not-taken");
  const cut = await upload("lamp.glb", glbOf([{ name: "a", from: [0, 0, 0], to: [1, 1, 1] }]).subarray(0, 300));
  expect(await standing(cut)).toBe("damaged");
  expect(await stored()).toEqual(before);
  const begun = await startFile(designer, version, { name: "gone.png", size: 10 });
  if (!begun.ok) throw new Error(begun.why);
  expect(await finishFile(designer, begun.id)).toBe(true);
  await prototypeTasks.check_prototype_file({ id: begun.id });
  expect(await standing(begun.id)).toBe("missing");
});

test("a name is one line that leads nowhere, whatever was sent", async () => {
  const bytes = await picture();
  const names = ["../../etc/passwd", "lamp\u202Egnp.exe", "x".repeat(300), "\u0000\n"];
  for (const name of names) await upload(name, bytes);
  const kept = await asSuperuser<{ name: string }>("select name from prototype_files order by id");
  expect(kept.map(({ name }) => name)).toEqual(["-..-etc-passwd", "lampgnp.exe", "x".repeat(120), "file"]);
});

test("only those who make prototypes send files, to a draft alone, and none too large or without anything in it", async () => {
  const one = { name: "lamp.png", size: 10 };
  for (const other of [auditor, pricing]) {
    expect(await startFile(other, version, one)).toEqual({ ok: false, why: "may-not" });
  }
  expect(await startFile(designer, stifferJoint, one)).toEqual({ ok: false, why: "not-found" });
  expect(await startFile(designer, version, { ...one, size: 0 })).toEqual({ ok: false, why: "empty" });
  expect(await startFile(designer, version, { ...one, size: 200 * 1024 * 1024 })).toEqual({
    ok: false,
    why: "too-large",
  });
  await upload("lamp.png", await picture());
  await release();
  expect(await startFile(designer, version, one)).toEqual({ ok: false, why: "not-a-draft" });
});

test("a file is there for nobody else until it is released; then its pictures are, and whole only what a viewer needs", async () => {
  const lamp = await upload("lamp.png", await picture());
  const model = await upload("lamp.glb", glbOf([{ name: "head", from: [0, 0, 0], to: [1, 1, 1] }]));
  expect(await standing(model)).toBe("ready");
  for (const id of [lamp, model]) expect(await mayReadPrototypeFile([metisOwner], id, null)).toBe(false);
  expect(await mayReadPrototypeFile([metisOwner], lamp, SMALL)).toBe(false);
  await release();
  expect(await mayReadPrototypeFile([metisOwner], lamp, SMALL)).toBe(true);
  expect(await mayReadPrototypeFile([metisOwner], model, null)).toBe(true);
  expect(await mayReadPrototypeFile([metisOwner], lamp, null)).toBe(false);
  expect(await mayReadPrototypeFile([metisOwner], lamp, { ...SMALL, width: 481 })).toBe(false);
  expect(await mayReadPrototypeFile([designer], lamp, null)).toBe(true);
  for (const id of [lamp, model]) {
    expect(await mayReadPrototypeFile([brixOwner], id, null)).toBe(false);
    expect(await readPrototypeFile([brixOwner], id, SMALL)).toBeUndefined();
  }
  await asSuperuser("update prototype_releases set ended_at = now(), ended_by = $1", [designer.personId]);
  expect(await mayReadPrototypeFile([metisOwner], model, null)).toBe(false);
});

test("a file taken out of a draft is gone with all that was made of it; out of a published version nothing is taken", async () => {
  const before = await stored();
  const id = await upload("lamp.png", await picture());
  expect(await dropFile(auditor, id)).toBe(false);
  expect(await dropFile(designer, id)).toBe(true);
  expect(await stored()).toEqual(before);
  expect(await dropFile(designer, id)).toBe(false);
  const kept = await upload("lamp.png", await picture());
  await release();
  expect(await dropFile(designer, kept)).toBe(false);
  expect(await standing(kept)).toBe("ready");
});
