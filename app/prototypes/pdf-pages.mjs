// Runs in a thread of its own (pdf-pages.server.ts), which is ended when it takes too long or too much memory. Plain JavaScript:
// the thread starts without the loader of TypeScript. No script of a document is ever run: pdfjs draws pages, and nothing else is asked.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { createCanvas } from "@napi-rs/canvas";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

const folder = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const { bytes, mostPages, widths } = workerData;

async function drawn() {
  const document = await getDocument({
    data: new Uint8Array(bytes),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    canvasMaxAreaInBytes: 64 * 1024 * 1024,
    maxImageSize: 64_000_000,
    cMapUrl: `${join(folder, "cmaps")}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(folder, "standard_fonts")}/`,
    wasmUrl: `${join(folder, "wasm")}/`,
  }).promise;
  if (document.numPages > mostPages) return { why: "too-many-pages" };
  const pages = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const whole = page.getViewport({ scale: 1 });
    if (!(whole.width > 0 && whole.height > 0) || whole.height / whole.width > 8) return { why: "damaged" };
    for (const wide of widths) {
      const viewport = page.getViewport({ scale: wide / whole.width });
      const canvas = createCanvas(Math.round(viewport.width), Math.max(1, Math.round(viewport.height)));
      const canvasContext = canvas.getContext("2d");
      await page.render({ canvas, canvasContext, viewport, background: "#ffffff" }).promise;
      const { width, height } = canvas;
      pages.push({ page: number, width, height, bytes: new Uint8Array(await canvas.encode("webp", 85)) });
    }
    page.cleanup();
  }
  return { count: document.numPages, pages };
}

drawn().then(
  (outcome) => parentPort?.postMessage(outcome),
  (error) => parentPort?.postMessage({ why: error?.name === "PasswordException" ? "locked" : "damaged" }),
);
