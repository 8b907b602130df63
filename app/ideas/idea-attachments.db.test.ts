import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { asSystem } from "~/kernel/system-tx.server";
import { asSuperuser } from "../../tests/database";
import { startGateway } from "../../tests/local-supabase";
import {
  auditor,
  brixOwner,
  designer,
  manager,
  metisApprover,
  metisGuest,
  metisOwner,
  metisViewer,
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { viewIdeaAsGuest } from "./guest-ideas.server";
import { insertIdea } from "./idea.queries.server";
import { attachmentTasks } from "./idea-attachment.jobs.server";
import { removeUnclaimed } from "./idea-attachment.queries.server";
import {
  claimAttachments,
  collectAttachments,
  dropUpload,
  finishUpload,
  mayReadAttachment,
  openUploads,
  readAttachment,
  startUpload,
} from "./idea-attachments.server";
import { insertComment } from "./idea-said.queries.server";
import { addComment, addNote, takeBack } from "./idea-said.server";
import { splitIdea, submitIdea } from "./idea-submissions.server";
import { viewIdea, viewSharedIdea, viewStaffIdea } from "./ideas.server";

let gateway: Awaited<ReturnType<typeof startGateway>>;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.stop());

const BYTES = { "Content-Type": "application/octet-stream" };
type Person = ClientActor | StaffActor;
const PLACE = { IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 12/1 0/1" } };
const jpeg = (width = 400, height = 300) =>
  sharp({ create: { width, height, channels: 3, background: "#0c5a5b" } })
    .withExif(PLACE)
    .jpeg()
    .toBuffer();

/** As a browser does it: an address, the bytes, a word that they are there, and the check. */
async function upload(who: Person, name: string, bytes: Buffer): Promise<string> {
  const begun = await startUpload(who, { name, size: bytes.length });
  if (!begun.ok) throw new Error(begun.why);
  const put = await gateway.fetch(begun.url, { method: "PUT", headers: BYTES, body: new Uint8Array(bytes) });
  expect(put.status).toBe(200);
  expect(await finishUpload(who, begun.id)).toBe(true);
  await attachmentTasks.check_attachment({ id: begun.id });
  return begun.id;
}

const stateOf = async (who: Person, id: string) => {
  const [found] = await openUploads(who, [id]);
  return found && { state: found.state, refusal: found.refusal };
};

/** A comment of this person on "Stiffer joint" that takes these uploads with it. */
const sayWith = (who: Person, ids: string[]) =>
  asActor(who, async (tx) => {
    const accountId = metisOwner.accountId;
    const commentId = await insertComment(tx, {
      ideaId: stifferJoint,
      accountId,
      authorId: who.personId,
      body: "Look",
      mentions: [],
    });
    return claimAttachments(tx, ids, { ideaId: stifferJoint, commentId });
  });

async function bytesOf(who: Person, id: string, size: "whole" | "thumb" = "whole"): Promise<Buffer> {
  const file = await readAttachment([who], id, size);
  if (!file) throw new Error("not there");
  return Buffer.from(await new Response(file.body).arrayBuffer());
}

test("a photo is drawn anew without the place it was taken at, with a small picture beside it", async () => {
  const taken = await jpeg();
  expect((await sharp(taken).metadata()).exif).toBeDefined();
  const id = await upload(metisOwner, "IMG_1.jpg", taken);
  expect(await stateOf(metisOwner, id)).toEqual({ state: "ready", refusal: null });
  const kept = await sharp(await bytesOf(metisOwner, id)).metadata();
  expect(kept).toMatchObject({ format: "webp", width: 400, height: 300 });
  expect(kept.exif).toBeUndefined();
  expect(await sharp(await bytesOf(metisOwner, id, "thumb")).metadata()).toMatchObject({ format: "webp" });
  const left = await asSuperuser(`select from storage.objects where bucket_id = 'idea-uploads' and name = $1`, [id]);
  expect(left).toEqual([]);
});

test("nobody but its sender sees a file before it is sent, and then its account and staff do, and no other account", async () => {
  const id = await upload(metisOwner, "lamp.jpg", await jpeg());
  for (const other of [metisApprover, designer, brixOwner, removedMember]) {
    expect(await mayReadAttachment([other], id)).toBe(false);
  }
  expect(await sayWith(metisOwner, [id])).toBe(true);
  for (const reader of [metisOwner, metisViewer, designer, auditor])
    expect(await mayReadAttachment([reader], id)).toBe(true);
  for (const stranger of [brixOwner, removedMember]) {
    expect(await mayReadAttachment([stranger], id)).toBe(false);
    expect(await readAttachment([stranger], id, "thumb")).toBeUndefined();
  }
});

test("nobody sends with their words what another person uploaded, nor twice what they uploaded", async () => {
  const id = await upload(metisApprover, "lamp.jpg", await jpeg(20, 20));
  expect(await sayWith(metisOwner, [id])).toBe(false);
  expect(await stateOf(metisApprover, id)).toMatchObject({ state: "ready" });
  expect(await sayWith(metisApprover, [id])).toBe(true);
  expect(await sayWith(metisApprover, [id])).toBe(false);
});

test("a comment takes its files along, or neither is there", async () => {
  const photo = await upload(metisOwner, "wobble.jpg", await jpeg(40, 30));
  const before = (await viewIdea(metisOwner, stifferJoint))?.idea.commentCount ?? 0;
  const said = await addComment(metisOwner, stifferJoint, "At full reach", [photo]);
  if (!said.ok) throw new Error(said.why);
  for (const page of [await viewIdea(metisViewer, stifferJoint), await viewStaffIdea(auditor, stifferJoint)]) {
    expect(page?.attachments.filter(({ saidId }) => saidId === said.id)).toMatchObject([
      { id: photo, name: "wobble.jpg", state: "ready" },
    ]);
  }
  const theirs = await upload(metisApprover, "theirs.jpg", await jpeg(40, 30));
  for (const uploads of [[photo], [theirs], ["0f000000-0000-4000-8000-00000000dead"]]) {
    expect(await addComment(metisOwner, stifferJoint, "Not without its file", uploads)).toEqual({
      ok: false,
      why: "files-gone",
    });
  }
  expect(await addComment(brixOwner, stifferJoint, "Hello", [theirs])).toEqual({ ok: false, why: "not-found" });
  const page = await viewIdea(metisOwner, stifferJoint);
  expect(page?.idea.commentCount).toBe(before + 1);
  expect(page?.comments.rows.map(({ body }) => body)).not.toContain("Not without its file");
  expect(await stateOf(metisApprover, theirs)).toMatchObject({ state: "ready" });
  expect(await mayReadAttachment([brixOwner], photo)).toBe(false);
});

test("files go with one's own words only", async () => {
  const id = await upload(brixOwner, "lamp.jpg", await jpeg(20, 20));
  await expect(asActor(brixOwner, (tx) => claimAttachments(tx, [id], { ideaId: stifferJoint }))).rejects.toMatchObject({
    code: "42501",
  });
});

test("a file of staff belongs to the account of what it was sent with", async () => {
  const id = await upload(designer, "drawing.jpg", await jpeg(20, 20));
  expect(await mayReadAttachment([metisOwner], id)).toBe(false);
  expect(await sayWith(designer, [id])).toBe(true);
  expect(await mayReadAttachment([metisOwner], id)).toBe(true);
  expect(await mayReadAttachment([brixOwner], id)).toBe(false);
});

test("a file of an internal note exists for staff alone: not on the idea's page, not by its address, not for a guest of it", async () => {
  const id = await upload(designer, "supplier-quote.jpg", await jpeg(20, 20));
  const spoken = await addNote(designer, stifferJoint, "The quote of the second supplier", [id]);
  if (!spoken.ok) throw new Error(spoken.why);
  const staffPage = await viewStaffIdea(auditor, stifferJoint, {});
  expect(staffPage?.attachments).toContainEqual(expect.objectContaining({ id, saidId: spoken.id }));
  expect(await mayReadAttachment([auditor], id)).toBe(true);
  expect((await bytesOf(manager, id, "thumb")).length).toBeGreaterThan(0);
  for (const outside of [metisOwner, metisViewer, brixOwner, removedMember, metisGuest]) {
    expect(await mayReadAttachment([outside], id)).toBe(false);
    expect(await readAttachment([outside], id, "whole")).toBeUndefined();
  }
  const shown = [await viewIdea(metisOwner, stifferJoint), await viewIdeaAsGuest(metisGuest)];
  expect(shown.every((page) => page !== undefined)).toBe(true);
  expect(JSON.stringify(shown, (_, value) => (typeof value === "bigint" ? `${value}` : value))).not.toContain(id);
  expect(JSON.stringify(shown)).not.toContain("supplier-quote");
  const [row] = await asSuperuser("select account_id from idea_attachments where id = $1", [id]);
  expect(row).toEqual({ account_id: null });
});

test("a note takes no file of a colleague, nor one twice, and is not written then", async () => {
  const id = await upload(designer, "drawing.jpg", await jpeg(20, 20));
  const refused = { ok: false, why: "files-gone" };
  expect(await addNote(manager, stifferJoint, "Not mine", [id])).toEqual(refused);
  expect(await addNote(designer, stifferJoint, "Mine", [id])).toMatchObject({ ok: true });
  expect(await addNote(designer, stifferJoint, "Again", [id])).toEqual(refused);
  const written = await asSuperuser("select body from idea_notes where body in ('Not mine', 'Mine', 'Again')");
  expect(written).toEqual([{ body: "Mine" }]);
});

const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);
const html = Buffer.from("<!doctype html><script>alert(1)</script>");
/** Declares 30,000 x 30,000 pixels in a few bytes. */
async function bomb(): Promise<Buffer> {
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  png.writeUInt32BE(30_000, 16);
  png.writeUInt32BE(30_000, 20);
  return png;
}

test.each([
  ["an SVG that calls itself a PNG", "lamp.png", async () => svg, "not-taken"],
  ["an SVG", "lamp.svg", async () => Buffer.concat([Buffer.from('<?xml version="1.0"?>'), svg]), "not-taken"],
  ["a page that calls itself a PNG", "lamp.png", async () => html, "not-taken"],
  ["a program", "lamp.pdf", async () => Buffer.from(`MZ${"\0".repeat(200)}`), "not-taken"],
  ["a picture that is cut off", "lamp.jpg", async () => (await jpeg()).subarray(0, 300), "damaged"],
  ["a picture that unpacks to 900 million pixels", "lamp.png", bomb, "too-many-pixels"],
  [
    "a photo above the limit",
    "lamp.jpg",
    async () => Buffer.concat([await jpeg(8, 8), Buffer.alloc(26 * 2 ** 20)]),
    "photo-too-large",
  ],
  ["a text with bytes that are none", "notes.txt", async () => Buffer.from([0x68, 0xff, 0x00]), "not-taken"],
])("%s is refused with a reason, and nothing of it is kept", async (_what, name, make, refusal) => {
  const id = await upload(metisOwner, name, await make());
  expect(await stateOf(metisOwner, id)).toEqual({ state: "refused", refusal });
  expect(await mayReadAttachment([metisOwner], id)).toBe(false);
  const kept = await asSuperuser(`select from storage.objects where name like $1 || '%'`, [id]);
  expect(kept).toEqual([]);
});

test("what is hidden behind a picture is not served with it", async () => {
  const id = await upload(metisOwner, "lamp.jpg", Buffer.concat([await jpeg(), html]));
  expect((await bytesOf(metisOwner, id)).includes("<script>")).toBe(false);
});

test("a page that calls itself a text is a text, and is saved rather than shown", async () => {
  const id = await upload(metisOwner, "notes.txt", html);
  expect(await readAttachment([metisOwner], id, "whole")).toMatchObject({ mediaType: "text/plain", inline: false });
});

test("an empty file, one above the limit, and one of somebody who only reads are refused before they are sent", async () => {
  expect(await startUpload(metisOwner, { name: "x", size: 0 })).toEqual({ ok: false, why: "empty" });
  expect(await startUpload(metisOwner, { name: "x", size: 51 * 2 ** 20 })).toEqual({
    ok: false,
    why: "too-large",
    megabytes: 50,
  });
  const photo = { name: "x.jpg", type: "image/jpeg", size: 26 * 2 ** 20 };
  expect(await startUpload(metisOwner, photo)).toEqual({ ok: false, why: "too-large", megabytes: 25 });
  for (const reader of [metisViewer, auditor]) {
    expect(await startUpload(reader, { name: "x", size: 1 })).toEqual({ ok: false, why: "may-not-upload" });
  }
});

test("an upload whose bytes never came is refused, and its address takes no second file", async () => {
  const begun = await startUpload(metisOwner, { name: "x.jpg", size: 10 });
  if (!begun.ok) throw new Error(begun.why);
  await finishUpload(metisOwner, begun.id);
  await attachmentTasks.check_attachment({ id: begun.id });
  expect(await stateOf(metisOwner, begun.id)).toEqual({ state: "refused", refusal: "missing" });

  const second = await startUpload(metisOwner, { name: "x.jpg", size: 10 });
  if (!second.ok) throw new Error(second.why);
  const put = () => gateway.fetch(second.url, { method: "PUT", headers: BYTES, body: "0123456789" });
  expect((await put()).status).toBe(200);
  expect((await put()).ok).toBe(false);
});

test("nobody has more than twenty unsent files, or takes back what is not theirs", async () => {
  const ids: string[] = [];
  for (;;) {
    const begun = await startUpload(brixOwner, { name: "x.jpg", size: 10 });
    if (!begun.ok) {
      expect(begun.why).toBe("too-many");
      break;
    }
    ids.push(begun.id);
  }
  expect(ids.length).toBeLessThanOrEqual(20);
  expect(await dropUpload(metisOwner, ids[0] ?? "")).toBe(false);
  expect(await dropUpload(brixOwner, ids[0] ?? "")).toBe(true);
  expect((await startUpload(brixOwner, { name: "x.jpg", size: 10 })).ok).toBe(true);
});

test("what nobody sent within a day is removed with its bytes; what was sent stays", async () => {
  const stale = await upload(metisOwner, "a.jpg", await jpeg(20, 20));
  const sent = await upload(metisOwner, "b.jpg", await jpeg(20, 20));
  await sayWith(metisOwner, [sent]);
  await asSuperuser(`update idea_attachments set created_at = now() - interval '25 hours' where id = any ($1)`, [
    [stale, sent],
  ]);
  await attachmentTasks.remove_unclaimed_attachments();
  expect(await asSuperuser(`select from storage.objects where name like $1 || '%'`, [stale])).toEqual([]);
  expect(await mayReadAttachment([metisOwner], stale)).toBe(false);
  expect((await bytesOf(metisOwner, sent)).length).toBeGreaterThan(0);
});

test("the files of a comment or a note that was taken back are read by nobody from then on, and their bytes are cleared away", async () => {
  const id = await upload(metisOwner, "a.jpg", await jpeg(20, 20));
  const stays = await upload(metisOwner, "b.jpg", await jpeg(20, 20));
  await sayWith(metisOwner, [id]);
  await sayWith(metisOwner, [stays]);
  const [said] = await asSuperuser<{ id: string }>("select comment_id as id from idea_attachments where id = $1", [id]);
  const target = { place: "comment", ideaId: stifferJoint, id: said?.id ?? "" } as const;
  expect(await takeBack(metisOwner, target)).toEqual({ ok: true });
  for (const reader of [metisOwner, metisViewer, designer, brixOwner]) {
    expect(await mayReadAttachment([reader], id)).toBe(false);
  }
  expect(await sayWith(metisOwner, [id])).toBe(false);
  const ofNote = await upload(designer, "c.jpg", await jpeg(20, 20));
  const noted = await addNote(designer, stifferJoint, "With a drawing", [ofNote]);
  if (!noted.ok) throw new Error(noted.why);
  expect(await takeBack(designer, { place: "note", ideaId: stifferJoint, id: noted.id })).toEqual({ ok: true });
  expect(await mayReadAttachment([designer], ofNote)).toBe(false);
  await asSuperuser("update idea_attachments set created_at = now() - interval '25 hours' where id = any ($1)", [
    [id, stays, ofNote],
  ]);
  await attachmentTasks.remove_unclaimed_attachments();
  for (const gone of [id, ofNote]) {
    expect(await asSuperuser(`select from storage.objects where name like $1 || '%'`, [gone])).toEqual([]);
  }
  expect((await bytesOf(metisOwner, stays)).length).toBeGreaterThan(0);
});

test("a file that somebody sends at the moment when stale ones are cleared keeps its bytes", async () => {
  const id = await upload(metisOwner, "a.jpg", await jpeg(20, 20));
  await asSuperuser(`update idea_attachments set created_at = now() - interval '25 hours' where id = $1`, [id]);
  await asActor(metisOwner, async (tx) => {
    const commentId = await insertComment(tx, {
      ideaId: stifferJoint,
      accountId: metisOwner.accountId,
      authorId: metisOwner.personId,
      body: "Look",
      mentions: [],
    });
    expect(await claimAttachments(tx, [id], { ideaId: stifferJoint, commentId })).toBe(true);
    await attachmentTasks.remove_unclaimed_attachments();
  });
  expect((await bytesOf(metisOwner, id)).length).toBeGreaterThan(0);
});

test("a file whose bytes are going can be sent by nobody any more", async () => {
  const id = await upload(metisOwner, "a.jpg", await jpeg(20, 20));
  await asSuperuser(`update idea_attachments set created_at = now() - interval '25 hours' where id = $1`, [id]);
  await asSystem("test", (tx) => removeUnclaimed(tx, 24, 200));
  expect(await sayWith(metisOwner, [id])).toBe(false);
  await attachmentTasks.remove_unclaimed_attachments();
  expect(await asSuperuser("select from idea_attachments where id = $1", [id])).toEqual([]);
});

test("a form without scripts brings the files themselves, and a refused form gives them back", async () => {
  const form = new FormData();
  form.append("attachments", new File([new Uint8Array(await jpeg(20, 20))], "lamp.jpg"));
  form.append("attachments", new File([], ""));
  const first = await collectAttachments(metisOwner, form);
  expect(first).toMatchObject({ error: null, ids: [expect.any(String)] });
  expect(JSON.parse(first.typed)).toMatchObject([{ id: first.ids[0], name: "lamp.jpg", state: "checking" }]);
  const again = new FormData();
  again.append("attachments", first.ids[0] ?? "");
  again.append("attachments", new File([new Uint8Array(51 * 2 ** 20)], "film.mp4"));
  expect(await collectAttachments(metisOwner, again)).toMatchObject({ ids: first.ids, error: "file-too-large:50" });
});

test("an idea takes its author's files with it", async () => {
  const id = await upload(metisOwner, "a.jpg", await jpeg(20, 20));
  const claimed = await asActor(metisOwner, async (tx) => {
    const { accountId, personId: authorId } = metisOwner;
    const body = { type: "doc", content: [] } as const;
    const idea = { accountId, authorId, title: "x", body: { ...body, content: [] }, bodyText: "", searchTokens: "" };
    const ideaId = await insertIdea(tx, idea);
    return claimAttachments(tx, [id], { ideaId });
  });
  expect(claimed).toBe(true);
});

test("what was sent with a text stands on both ideas that it became, and on what staff part from them", async () => {
  const photo = await upload(metisOwner, "both.jpg", await jpeg());
  const text = "The arm sinks, and a clamp would help.";
  const sent = await submitIdea(metisOwner, { title: "Arm and clamp", text, kind: "both", attachments: [photo] });
  if (!sent.ok) throw new Error(sent.why);
  const { id, beside } = sent;
  const complaint = beside ?? "";
  const parted = await splitIdea(designer, complaint, { title: "A clamp", text: "A clamp would help.", revision: 1 });
  if (!parted.ok) throw new Error(parted.why);

  // What is said on one of them stays there.
  const said = await upload(metisOwner, "said.jpg", await jpeg());
  expect((await addComment(metisOwner, id, "Seen from the side", [said])).ok).toBe(true);
  const noted = await upload(designer, "noted.jpg", await jpeg());
  expect((await addNote(designer, id, "Batch 25-0412", [noted])).ok).toBe(true);

  for (const part of [complaint, parted.id]) {
    const seen = (await viewIdea(metisViewer, part))?.attachments ?? [];
    expect(seen.map(({ id, state }) => ({ id, state }))).toEqual([{ id: photo, state: "ready" }]);
    expect((await viewStaffIdea(auditor, part))?.attachments.map(({ id }) => id)).toEqual([photo]);
  }
  expect((await viewIdea(metisViewer, id))?.attachments.map(({ id }) => id)).toEqual([photo, said].sort());
  expect(await mayReadAttachment([metisViewer], photo)).toBe(true);

  // Another account that sees a part sees no file of it.
  await asSuperuser("update ideas set visibility = 'all_customers' where id = any ($1)", [[id, complaint]]);
  expect((await viewSharedIdea(brixOwner, complaint))?.attachments).toEqual([]);
  expect(await mayReadAttachment([brixOwner], photo)).toBe(false);
});
