// Runs in a thread of its own (pdf.server.ts): setting a document of some pages in Chinese takes tenths of a second, and fonts
// some megabytes. Plain JavaScript: the thread starts without the loader of TypeScript, from where this file was written.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

const { resolve } = createRequire(import.meta.url);
const FONTS = [
  ["noto-sans", "NotoSans", ["400Regular", "700Bold", "400Regular_Italic"]],
  ["noto-sans-sc", "NotoSansSC", ["400Regular", "700Bold"]],
];

/** No font of the machine is asked for: a document looks the same wherever it is made. */
const fontBlobs = FONTS.flatMap(([name, file, cuts]) => {
  const folder = dirname(resolve(`@expo-google-fonts/${name}/package.json`));
  return cuts.map((cut) => readFileSync(join(folder, cut, `${file}_${cut}.ttf`)));
});
const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
const template = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "pdf-document.typ"), "utf8");

/** The words are data and never part of the template, so nothing that somebody wrote is read as a command. */
function made(document, at) {
  const outcome = compiler.compile({ mainFileContent: template, inputs: { document } });
  if (!outcome.result) {
    const error = outcome.takeError();
    throw new Error(error ? JSON.stringify(error.shortDiagnostics) : "nothing was set");
  }
  const pdf = compiler.pdf(outcome.result, { creationTimestamp: at });
  compiler.evictCache(0);
  return pdf;
}

parentPort?.on("message", ({ id, document, at }) => {
  try {
    parentPort?.postMessage({ id, pdf: new Uint8Array(made(document, at)) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.message : "unknown" });
  }
});
