import { exportToCanvas, exportToSvg } from "@excalidraw/excalidraw";
import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { pdfOf } from "./picture-pdf";

export const FORMATS = ["png", "svg", "pdf"] as const;
export type Format = (typeof FORMATS)[number];

/** Room around what is drawn, and how much finer than a screen a picture is. */
const [AROUND, FINER] = [24, 2];

/** Saves a board as a file on this device. Throws when the browser cannot make it. */
export async function saveBoard(api: ExcalidrawImperativeAPI, title: string, format: Format): Promise<void> {
  const name = `${title.replace(/[\p{C}/\\:*?"<>|]+/gu, " ").trim() || "board"}.${format}`;
  download(await fileOf(api, format), name);
}

async function fileOf(api: ExcalidrawImperativeAPI, format: Format): Promise<Blob> {
  const drawn = { elements: api.getSceneElements(), files: api.getFiles(), exportPadding: AROUND };
  // On paper a board is light, however its reader's page looks.
  const appState = { exportBackground: true, viewBackgroundColor: "#ffffff", exportWithDarkMode: false };
  if (format === "svg") {
    const svg = await exportToSvg({ ...drawn, appState });
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
  }
  const scaled = (width: number, height: number) => ({ width: width * FINER, height: height * FINER, scale: FINER });
  const canvas = await exportToCanvas({ ...drawn, appState, getDimensions: scaled });
  if (format === "png") return pictureOf(canvas, "image/png");
  const bytes = new Uint8Array(await (await pictureOf(canvas, "image/jpeg")).arrayBuffer());
  const pdf = pdfOf(bytes, { width: canvas.width, height: canvas.height, finer: FINER });
  return new Blob([pdf as Uint8Array<ArrayBuffer>], { type: "application/pdf" });
}

const pictureOf = (canvas: HTMLCanvasElement, type: string) =>
  new Promise<Blob>((then, failed) => {
    canvas.toBlob((blob) => (blob ? then(blob) : failed(new Error("the picture is too large"))), type, 0.92);
  });

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
