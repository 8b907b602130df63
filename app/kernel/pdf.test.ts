import { createHash } from "node:crypto";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { expect, test } from "vitest";
import type { Locale } from "./locale";
import { type PdfDocument, type PdfPart, pdfOf } from "./pdf.server";

const HASH = createHash("sha256").update("the words that both signed").digest("hex");
const paper = (words: Partial<PdfDocument>): PdfDocument => ({
  locale: "en",
  kind: "Decision",
  title: "Stiffer joint",
  parts: [],
  footer: "Tandem",
  at: new Date("2026-11-23T12:00:00Z"),
  ...words,
});

type Read = { readonly text: string; readonly right: number };

/** What a reader finds in it, page by page, without the spaces that lines were broken at, and how far to the right it goes. */
async function readIn(pdf: Uint8Array): Promise<Read[]> {
  const loading = getDocument({ data: pdf.slice(), verbosity: 0 });
  const read = await loading.promise;
  const pages = await Promise.all(
    Array.from({ length: read.numPages }, async (_, index) => {
      const { items } = await (await read.getPage(index + 1)).getTextContent();
      const pieces = items.filter((item) => "str" in item);
      return {
        text: tight(pieces.map(({ str }) => str).join("")),
        right: Math.max(...pieces.map(({ transform, width }) => transform[4] + width)),
      };
    }),
  );
  await loading.destroy();
  return pages;
}
const textsOf = async (pdf: Uint8Array) => (await readIn(pdf)).map(({ text }) => text);
const tight = (text: string) => text.replace(/[\s\u200b]+/gu, "");

test.each<[Locale, string, string]>([
  ["en", "The lamp’s arm gets a brass joint", "It wobbled at 60 cm – and the spring “sang”."],
  ["uk", "Плече лампи дістане латунний шарнір", "Ґвинт із різьбою М6, їх об’єднує пружина; її затягнуто."],
  ["ru", "Плечо лампы получит латунный шарнир", "Объём и жёсткость проверены: люфта нет."],
  ["zh", "灯臂改用黄铜关节", "伸到六十厘米时灯臂晃动，弹簧有异响，因此不再使用塑料件。"],
])("in %s: words, quote, people and the whole hash are found as text", async (locale, title, reason) => {
  const parts: PdfPart[] = [
    { kind: "heading", text: title },
    { kind: "text", text: reason },
    { kind: "quote", text: `${reason}\n${title}`, from: "Олена · 李工" },
    { kind: "list", items: [reason, title] },
    { kind: "facts", rows: [["Олена Коваль", "2026-11-23 12:00 UTC"]] },
    { kind: "hash", name: "SHA-256", value: HASH },
  ];
  const [page] = await textsOf(await pdfOf(paper({ locale, title, parts })));
  for (const words of [title, reason, tight(`${reason}\n${title}`), "Олена·李工", "ОленаКоваль", HASH]) {
    expect(page).toContain(tight(words));
  }
});

test("what people wrote is never read as a command", async () => {
  const hostile = [
    '#read("/etc/passwd")',
    "$x^2$ *not bold* _nor this_ @ref <label> \\ `raw`",
    "= no heading",
    '"]) #panic()',
  ];
  const parts = hostile.map((text): PdfPart => ({ kind: "text", text }));
  const [page] = await textsOf(await pdfOf(paper({ title: hostile.join(" "), parts, footer: "#pagebreak()" })));
  for (const text of [...hostile, "#pagebreak()"]) expect(page).toContain(tight(text));
});

test("a long text without a space goes on over lines and pages, and each page says which of how many", async () => {
  const text = "灯臂晃动".repeat(1500);
  const pages = await textsOf(await pdfOf(paper({ locale: "zh", parts: [{ kind: "text", text }] })));
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.join("").split("灯臂").length).toBeGreaterThan(1400);
  pages.forEach((page, index) => {
    expect(page).toContain(`Tandem${index + 1}/${pages.length}`);
  });
});

test("a word longer than a line stays on the page, wherever it stands", async () => {
  const long = "Donaudampfschifffahrt".repeat(15);
  const parts: PdfPart[] = [
    { kind: "heading", text: long },
    { kind: "text", text: `https://example.org/${long}` },
    { kind: "facts", rows: [[long, long]] },
  ];
  const pages = await readIn(await pdfOf(paper({ title: long, parts })));
  expect(pages.map(({ text }) => text).join("")).toContain(long);
  // A4 is 595 points wide, and its margin 62.
  expect(Math.max(...pages.map(({ right }) => right))).toBeLessThan(595 - 60);
});

test("the same words at the same time are the same bytes, and others wait for nobody's event loop", async () => {
  let turns = 0;
  const clock = setInterval(() => turns++, 1);
  const parts: PdfPart[] = Array.from({ length: 200 }, (_, index) => ({ kind: "text", text: `灯臂 ${index}` }));
  const both = await Promise.all([pdfOf(paper({ parts })), pdfOf(paper({ parts }))]);
  clearInterval(clock);
  expect(Buffer.compare(both[0], both[1])).toBe(0);
  expect(turns).toBeGreaterThan(5);
});
