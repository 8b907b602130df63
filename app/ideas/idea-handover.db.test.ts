import { createHash } from "node:crypto";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportAccount } from "~/accounts/account-closings.server";
import { type FileToHandOver, zipped } from "~/accounts/archive.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asSuperuser } from "../../tests/database";
import { startGateway } from "../../tests/local-supabase";
import { accounts, brixIdea, brixOwner, designer, manager, metisOwner, stifferJoint } from "../../tests/personas";
import { attachmentTasks } from "./idea-attachment.jobs.server";
import { collectAttachments, readAttachment } from "./idea-attachments.server";
import { filesToHandOver } from "./idea-handover.server";
import { addImage, readImage } from "./idea-images.server";
import { addComment, addNote } from "./idea-said.server";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

/** Uploads of this person, looked at and ready. */
async function uploaded(who: ClientActor | StaffActor, files: Record<string, Buffer>): Promise<string[]> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files))
    form.append("attachments", new File([new Uint8Array(bytes)], name));
  const { ids, error } = await collectAttachments(who, form);
  expect(error).toBeNull();
  for (const id of ids) await attachmentTasks.check_attachment({ id });
  return ids;
}

async function read(archive: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = [];
  for await (const piece of archive) pieces.push(piece);
  const files = unzipSync(Buffer.concat(pieces));
  return { files, listed: JSON.parse(Buffer.from(files["files.json"] ?? []).toString()) as Record<string, unknown>[] };
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("an account's archive holds its files as its people read them, with their size and SHA-256, and none of ours or of others", async () => {
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#0c5a5b" } })
    .jpeg()
    .toBuffer();
  const words = Buffer.from("settles in 4 s\n");
  const [lamp = "", paper = ""] = await uploaded(metisOwner, { "lamp.jpg": photo, "../times.txt": words });
  expect((await addComment(metisOwner, stifferJoint, "Here they are", [lamp, paper])).ok).toBe(true);
  const [secret = ""] = await uploaded(designer, { "quote.txt": Buffer.from("second supplier") });
  expect((await addNote(designer, stifferJoint, "For us", [secret])).ok).toBe(true);
  const [theirs = ""] = await uploaded(brixOwner, { "brix.txt": Buffer.from("of Brix") });
  expect((await addComment(brixOwner, brixIdea, "Ours", [theirs])).ok).toBe(true);
  const [unsent = ""] = await uploaded(metisOwner, { "unsent.txt": Buffer.from("not sent yet") });
  const drawn = await addImage(metisOwner, stifferJoint, new File([new Uint8Array(photo)], "joint.png"));
  if (!drawn.ok) throw new Error(drawn.why);

  const made = await exportAccount(manager, accounts.metis);
  const { files, listed } = await read(zipped(made?.texts ?? [], await filesToHandOver(manager, accounts.metis)));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["accounts.json", "ideas.csv"]));
  const held = (id: string) => {
    const path = Object.keys(files).find((one) => one.startsWith(`files/${stifferJoint}/${id}-`)) ?? "";
    return { path, bytes: files[path] };
  };
  const picture = drawn.src.replace("/api/files/", "");
  const whole = async (id: string) =>
    new Uint8Array(await new Response((await readAttachment([metisOwner], id, "whole"))?.body).arrayBuffer());
  const inBrief = new Uint8Array(await ((await readImage([metisOwner], picture))?.bytes ?? new Blob([])).arrayBuffer());
  for (const [id, bytes] of [
    [lamp, await whole(lamp)],
    [paper, new Uint8Array(words)],
    [picture, inBrief],
  ] as const) {
    expect(bytes.length).toBeGreaterThan(0);
    expect(held(id).bytes && sha256(held(id).bytes ?? new Uint8Array())).toBe(sha256(bytes));
    expect(listed).toContainEqual(
      expect.objectContaining({ path: held(id).path, bytes: bytes.length, sha256: sha256(bytes), leftOut: null }),
    );
  }
  expect(Object.keys(files).filter((path) => /(^|\/)\.\.?(\/|$)|\\|^\//.test(path))).toEqual([]);
  for (const id of [secret, theirs, unsent]) expect(JSON.stringify([listed, Object.keys(files)])).not.toContain(id);

  const own = await filesToHandOver(manager, accounts.metis, metisOwner.personId);
  const [senders] = await asSuperuser<{ count: number }>(
    `select (select count(*) from idea_attachments where uploaded_by = $1 and state = 'ready' and idea_id is not null
         and note_id is null and removed_at is null)::int
       + (select count(*) from idea_files where created_by = $1)::int as count`,
    [metisOwner.personId],
  );
  expect(own).toHaveLength(senders?.count ?? -1);
  expect(await filesToHandOver(designer, accounts.brix).then((all) => all.map(({ name }) => name))).toContain(
    "brix.txt",
  );
});

/** A file of so many pieces, which counts how many were asked for. */
function counted(path: string, pieces: number, asked: { count: number }): FileToHandOver {
  const piece = new Uint8Array(65_536);
  return {
    path,
    name: path,
    ideaId: stifferJoint,
    byteSize: pieces * piece.length,
    open: async () =>
      (async function* () {
        for (let turn = 0; turn < pieces; turn += 1) {
          asked.count += 1;
          yield piece;
        }
      })(),
  };
}

test("an archive is written as it is taken: nobody who waits makes us hold more than a piece", async () => {
  const asked = { count: 0 };
  const archive = zipped([["a.json", "{}"]], [counted("files/one", 150, asked), counted("files/two", 150, asked)]);
  let taken = 0;
  for await (const piece of archive) {
    taken += piece.length;
    // What was asked of the storage and not yet taken.
    expect(asked.count * 65_536 - taken).toBeLessThanOrEqual(2 * 65_536);
  }
  expect(asked.count).toBe(300);
});

test("what an archive cannot hold, and what the storage has lost, is named in it", async () => {
  const asked = { count: 0 };
  const lost = { ...counted("files/lost", 1, asked), open: async () => null };
  const files = [
    counted("files/first", 2, asked),
    counted("files/much", 9, asked),
    lost,
    counted("files/last", 1, asked),
  ];
  const { files: held, listed } = await read(zipped([], files, 5 * 65_536));
  expect(Object.keys(held).sort()).toEqual(["files.json", "files/first", "files/last"]);
  expect(listed.map(({ name, leftOut }) => [name, leftOut])).toEqual([
    ["files/first", null],
    ["files/much", "archive-full"],
    ["files/lost", "not-in-storage"],
    ["files/last", null],
  ]);
});
