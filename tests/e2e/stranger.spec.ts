import { randomUUID } from "node:crypto";
import sharp from "sharp";
import { metisIdeas, notesOnlyWords, stifferJoint } from "../personas";
import { expect, test } from "./journey";
import { upgrade } from "./sockets";

const OWNER = "owner@metis.example";
const BRIX = "owner@brix.example";
const room = (idea: string) => `idea:${idea}:brief`;

test("another account's idea is a page that does not exist, in the words of any other such page", async ({
  person,
}) => {
  const page = await person(BRIX);
  const answer = await page.goto(`/ideas/${metisIdeas.in_work}`);
  expect(answer?.status()).toBe(404);
  const foreign = await page.getByRole("main").innerText();
  const missing = await page.goto(`/ideas/${randomUUID()}`);
  expect(missing?.status()).toBe(404);
  expect(await page.getByRole("main").innerText()).toBe(foreign);
});

test("list, search and home hold nothing of another account", async ({ caller }) => {
  const owner = await caller(OWNER);
  const brix = await caller(BRIX);
  expect(await (await owner.get("/ideas?q=joint")).text()).toContain(stifferJoint);
  for (const path of ["/", "/ideas", "/ideas?q=joint", "/ideas?q=Metis", "/ideas?status=planned"]) {
    for (const address of [
      path,
      path.replace(/^([^?]*)/, (before) => (before === "/" ? "/_root.data" : `${before}.data`)),
    ]) {
      const answer = await brix.get(address);
      expect(answer.status(), address).toBe(200);
      // The page may quote what was searched for; what was found is known by its id.
      expect(await answer.text(), address).not.toContain(stifferJoint);
    }
  }
});

test("a cursor of another account's list leads nowhere but into one's own", async ({ caller }) => {
  const list = await (await (await caller(OWNER)).get("/ideas")).text();
  const more = /href="(\/ideas\?[^"]*)"[^>]*>/g;
  const links = [...list.matchAll(more)].map((match) => (match[1] ?? "").replaceAll("&amp;", "&"));
  const cursors = links.filter((link) => /[?&]after=/.test(link));
  expect(cursors.length).toBeGreaterThan(0);
  const brix = await caller(BRIX);
  const ideasIn = (text: string) => text.match(/\/ideas\/[0-9a-f-]{36}/g) ?? [];
  const own = new Set(ideasIn(await (await brix.get("/ideas")).text()));
  for (const cursor of cursors) {
    const answer = await brix.get(cursor);
    expect(answer.status()).toBe(200);
    for (const idea of ideasIn(await answer.text())) expect(own).toContain(idea);
  }
});

test("a picture of another account's brief is not there, and nobody is asked to sign in", async ({
  caller,
  server,
}) => {
  const owner = await caller(OWNER);
  const buffer = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#0c5a5b" } })
    .png()
    .toBuffer();
  const sent = await owner.post(`/api/ideas/${stifferJoint}/images`, {
    headers: { Origin: server.origin },
    multipart: { file: { name: "arm.png", mimeType: "image/png", buffer } },
  });
  expect(sent.status(), await sent.text()).toBeLessThan(300);
  const { src } = (await sent.json()) as { src: string };
  const own = await owner.get(src);
  expect(own.status()).toBe(200);
  expect(own.headers()).toMatchObject({ "content-type": "image/webp", "x-content-type-options": "nosniff" });
  expect((await (await caller(BRIX)).get(src)).status()).toBe(404);
  expect((await (await caller("designer@tandem.example")).get(src)).status()).toBe(200);
  expect((await (await caller(null)).get(src)).status()).toBe(401);
});

test("a stranger cannot send a picture, ask for names, comment or note, and is told that there is nothing", async ({
  caller,
  server,
}) => {
  const brix = await caller(BRIX);
  const headers = { Origin: server.origin };
  const buffer = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#000" } })
    .png()
    .toBuffer();
  const picture = { file: { name: "x.png", mimeType: "image/png", buffer } };
  expect((await brix.post(`/api/ideas/${stifferJoint}/images`, { headers, multipart: picture })).status()).toBe(404);
  expect((await brix.get(`/api/ideas/${stifferJoint}/mentions?q=`)).status()).toBe(404);
  const form = { comment: "Brix was here" };
  expect((await brix.post(`/ideas/${stifferJoint}`, { headers, form })).status()).toBe(404);
  const note = { form: "note", note: "Brix was here" };
  expect((await brix.post(`/staff/ideas/${stifferJoint}`, { headers, form: note })).status()).toBe(404);
  const owner = await caller(OWNER);
  expect(await (await owner.get(`/ideas/${stifferJoint}`)).text()).not.toContain("Brix was here");
});

test("the socket of another account's brief is not there, like one that never existed", async ({
  sessionOf,
  server,
}) => {
  const cookie = async (login: string) =>
    (await sessionOf(login)).cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const brix = await cookie(BRIX);
  expect(await upgrade(server.origin, `/collab/${room(stifferJoint)}`, await cookie(OWNER))).toBe(101);
  expect(await upgrade(server.origin, `/collab/${room(stifferJoint)}`, brix)).toBe(404);
  expect(await upgrade(server.origin, `/collab/${room(randomUUID())}`, brix)).toBe(404);
  expect(await upgrade(server.origin, `/collab/idea:${stifferJoint}:board`, await cookie(OWNER))).toBe(101);
  expect(await upgrade(server.origin, `/collab/idea:${stifferJoint}:board`, brix)).toBe(404);
  expect(await upgrade(server.origin, `/collab/idea:${stifferJoint}:staff-layer`, await cookie(OWNER))).toBe(404);
  const designer = await cookie("designer@tandem.example");
  expect(await upgrade(server.origin, `/collab/idea:${stifferJoint}:staff-layer`, designer)).toBe(101);
  expect(await upgrade(server.origin, "/collab/nothing", await cookie(OWNER))).toBe(404);
  expect(await upgrade(server.origin, `/collab/${room(stifferJoint)}`, "")).toBe(401);
});

test("internal notes are in no byte that a customer's browser receives", async ({ person }) => {
  const page = await person(OWNER);
  const received: Promise<string>[] = [];
  const frames: string[] = [];
  page.on("response", (answer) => {
    // The stream of news has no end to wait for; it names topics and holds no words.
    if (!/\.(js|css|woff2|webp|svg)$|^\/api\/live$/.test(new URL(answer.url()).pathname))
      received.push(answer.text().catch(() => ""));
  });
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(payload.toString())));
  for (const path of ["/", "/ideas", `/ideas/${stifferJoint}`]) await page.goto(path, { waitUntil: "networkidle" });
  const everything = [...(await Promise.all(received)), ...frames].join("\n");
  expect(everything).toContain(stifferJoint);
  for (const word of notesOnlyWords) expect(everything).not.toContain(word);
});
