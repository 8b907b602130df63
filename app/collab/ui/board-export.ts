import { exportToCanvas, exportToSvg } from "@excalidraw/excalidraw";
import type { BinaryFileData, BinaryFiles, DataURL, ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import type { BoardElement } from "../board-element";
import { pdfOf } from "./picture-pdf";
import { AREAS, finenessOf } from "./picture-size";

export const FORMATS = ["png", "svg", "pdf"] as const;
type Elements = ReturnType<ExcalidrawImperativeAPI["getSceneElements"]>;
export type Format = (typeof FORMATS)[number];

/** Room around what is drawn. */
const AROUND = 24;

type Drawn = {
  elements: Elements;
  files: BinaryFiles;
  exportPadding: number;
  appState: { exportBackground: boolean; viewBackgroundColor: string; exportWithDarkMode: boolean };
};

/** Saves a board as a file on this device. In: what its cards say to whoever saves it, as texts. Throws when the browser cannot make it. */
export async function saveBoard(
  api: ExcalidrawImperativeAPI,
  cardTexts: readonly BoardElement[],
  title: string,
  format: Format,
): Promise<void> {
  const name = `${title.replace(/[\p{C}/\\:*?"<>|]+/gu, " ").trim() || "board"}.${format}`;
  download(await fileOf(api, cardTexts, format), name);
}

async function fileOf(api: ExcalidrawImperativeAPI, cardTexts: readonly BoardElement[], format: Format): Promise<Blob> {
  const elements = [...api.getSceneElements(), ...(cardTexts as unknown as Elements)];
  // On paper a board is light, however its reader's page looks.
  const appState = { exportBackground: true, viewBackgroundColor: "#ffffff", exportWithDarkMode: false };
  const drawn = { elements, files: api.getFiles(), exportPadding: AROUND, appState };
  if (format === "svg") {
    const svg = await exportToSvg({ ...drawn, files: await asKnownAnywhere(drawn.files) });
    return new Blob([new XMLSerializer().serializeToString(plain(svg))], { type: "image/svg+xml" });
  }
  const { canvas, finer } = await paint(drawn);
  if (format === "png") return pictureOf(canvas, "image/png");
  const bytes = new Uint8Array(await (await pictureOf(canvas, "image/jpeg")).arrayBuffer());
  const pdf = pdfOf(bytes, { width: canvas.width, height: canvas.height, finer });
  return new Blob([pdf as Uint8Array<ArrayBuffer>], { type: "application/pdf" });
}

/** The drawing gives attributes (what cuts things off at their frame) a namespace in which no program looks for them. */
function plain(svg: SVGSVGElement): SVGSVGElement {
  for (const element of svg.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) {
      if (attribute.namespaceURI !== svg.namespaceURI) continue;
      element.removeAttributeNode(attribute);
      element.setAttribute(attribute.localName, attribute.value);
    }
  }
  return svg;
}

/** As fine as this browser can. One that cannot says nothing and leaves the picture empty. */
async function paint(drawn: Drawn): Promise<{ canvas: HTMLCanvasElement; finer: number }> {
  for (const area of AREAS) {
    let finer = 1;
    const getDimensions = (width: number, height: number) => {
      finer = finenessOf(width, height, area);
      return { width: width * finer, height: height * finer, scale: finer };
    };
    const canvas = await exportToCanvas({ ...drawn, getDimensions });
    const [, , , opaque] = canvas.getContext("2d")?.getImageData(0, 0, 1, 1).data ?? [];
    if (opaque === 255) return { canvas, finer };
  }
  throw new Error("the picture is too large");
}

/** Pictures as every program that draws with SVG reads them, which few do of WebP. */
async function asKnownAnywhere(files: BinaryFiles): Promise<BinaryFiles> {
  const known = Object.values(files).map(async (file) => [file.id, await recoded(file).catch(() => file)] as const);
  return Object.fromEntries(await Promise.all(known));
}

async function recoded(file: BinaryFileData): Promise<BinaryFileData> {
  const picture = new Image();
  picture.src = file.dataURL;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d");
  pen?.drawImage(picture, 0, 0);
  const samples = pen?.getImageData(0, 0, width, height).data ?? [];
  // What one sees through is kept; of a photograph the same would take many times the room.
  let [isWhole, at] = [true, 3];
  for (; isWhole && at < samples.length; at += 4) isWhole = samples[at] === 255;
  const mimeType = isWhole ? "image/jpeg" : "image/png";
  return { ...file, mimeType, dataURL: canvas.toDataURL(mimeType, 0.9) as DataURL };
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
