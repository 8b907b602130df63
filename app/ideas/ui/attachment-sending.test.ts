import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ATTACHMENTS_MAX, type Upload } from "../idea-attachment";
import { type Item, send, withFiles } from "./attachment-sending";

const files = (count: number) => Array.from({ length: count }, (_, n) => new File(["x"], `${n + 1}.jpg`));
const names = (items: readonly Item[], phase: Item["phase"]) =>
  items.filter((item) => item.phase === phase).map(({ name }) => name);

describe("files that were chosen", () => {
  test("beyond what one thing said takes stay in the list, each with the reason", () => {
    const items = withFiles([], files(14));
    expect(items).toHaveLength(14);
    expect(names(items, "waiting")).toHaveLength(ATTACHMENTS_MAX);
    expect(names(items, "refused")).toEqual(["11.jpg", "12.jpg", "13.jpg", "14.jpg"]);
    expect(items.filter(({ phase }) => phase === "refused").every(({ why }) => why === "one-too-many")).toBe(true);
  });

  test("find the room that was made, whatever was refused before", () => {
    const full = withFiles([], files(12));
    const [, ...room] = full;
    expect(names(withFiles(room, files(2)).slice(-2), "waiting")).toEqual(["1.jpg"]);
  });
});

/** A server that keeps uploads by number, and a line that may break where a test says so. */
let uploads: Map<string, Upload["state"]>;
let putAnswers: (number | "lost")[];
let losesArrival: boolean;
beforeEach(() => {
  uploads = new Map();
  putAnswers = [];
  losesArrival = false;
  vi.stubGlobal("fetch", async (address: string, init?: { method?: string; body?: URLSearchParams }) => {
    const [, , , id] = address.split("/");
    if (init?.method !== "POST") {
      const asked = new URLSearchParams(address.split("?")[1]).getAll("id");
      return Response.json(
        asked.filter((one) => uploads.has(one)).map((one) => ({ id: one, state: uploads.get(one) })),
      );
    }
    if (!id) {
      const made = `upload-${uploads.size + 1}`;
      uploads.set(made, "uploading");
      return Response.json({ id: made, url: `/put/${made}` }, { status: 201 });
    }
    if (init.body?.get("intent") === "drop") return new Response(null, { status: uploads.delete(id) ? 204 : 404 });
    uploads.set(id, "checking");
    if (losesArrival) throw new TypeError("the line is cut");
    return new Response(null, { status: 204 });
  });
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      status = 0;
      onload?: () => void;
      onerror?: () => void;
      open() {}
      setRequestHeader() {}
      send() {
        const answer = putAnswers.shift() ?? 200;
        if (answer === "lost") return this.onerror?.();
        this.status = answer;
        this.onload?.();
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

/** Sends a file, as often as it takes or so many times, as the button does it. */
async function sendFor(times: number): Promise<Item> {
  let [item] = withFiles([], files(1)) as [Item];
  for (let time = 0; time < times && (item.phase === "waiting" || item.phase === "failed"); time += 1) {
    await send(item, new Map(), (news) => {
      item = { ...item, ...news };
    });
  }
  return item;
}

describe("a file that is sent again after the line was cut", () => {
  test("goes on with the upload that it began, and uses up one of those that may wait", async () => {
    putAnswers = ["lost", "lost", "lost", 200];
    expect(await sendFor(4)).toMatchObject({ phase: "checking", id: "upload-1", key: "upload-1" });
    expect([...uploads]).toEqual([["upload-1", "checking"]]);
  });

  test("is not sent a second time when all of it had arrived", async () => {
    losesArrival = true;
    putAnswers = [200, 500];
    expect(await sendFor(2)).toMatchObject({ phase: "checking", id: "upload-1" });
    expect(putAnswers).toEqual([500]);
  });

  test("asks for another address when its own takes nothing, and gives the old one back", async () => {
    putAnswers = [400, 200];
    expect(await sendFor(2)).toMatchObject({ phase: "checking" });
    expect([...uploads.values()]).toEqual(["checking"]);
  });
});
