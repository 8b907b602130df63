import { Worker } from "node:worker_threads";
import { type FileRefusal, MOST_PAGES } from "./prototype-file";

/** How wide a page is drawn: for a strip of pages, and to be read. */
const WIDTHS = [320, 1_600];
const SECONDS_TO_DRAW = 180;
const MOST_MEGABYTES = 256;

export type DrawnPage = { page: number; width: number; height: number; bytes: Uint8Array };
export type DrawnPages = { count: number; pages: DrawnPage[] } | { why: FileRefusal };

/** Pictures of a PDF's pages, drawn in a thread that is ended when the document keeps it too long or asks for too much memory. */
export function drawPages(bytes: Uint8Array, seconds = SECONDS_TO_DRAW): Promise<DrawnPages> {
  const worker = new Worker(new URL("pdf-pages.mjs", new URL(".", import.meta.url)), {
    execArgv: [],
    workerData: { bytes, mostPages: MOST_PAGES, widths: WIDTHS },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  return new Promise<DrawnPages>((resolve) => {
    const late = setTimeout(() => resolve({ why: "damaged" }), seconds * 1_000);
    const settle = (outcome: DrawnPages) => {
      clearTimeout(late);
      resolve(outcome);
    };
    worker.once("message", settle);
    // Out of memory, or a fault of the drawing itself: to the person the file is damaged.
    worker.once("error", () => settle({ why: "damaged" }));
    worker.once("exit", () => settle({ why: "damaged" }));
  }).finally(() => worker.terminate());
}
