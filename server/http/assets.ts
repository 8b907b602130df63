import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type RequestHandler } from "express";
import type { Locale } from "~/kernel/locale";

const FONTS = fileURLToPath(new URL("../../node_modules/@excalidraw/excalidraw/dist/prod/fonts", import.meta.url));

/** The fonts of the drawing of a board, at /board-assets/fonts: each is fetched only by a board that writes in it. */
export const boardFonts: RequestHandler = express.static(FONTS, { index: false, redirect: false, maxAge: "30d" });

/** The built browser files: how they are served, and which script holds a language's sentences. */
export type Assets = {
  serve: RequestHandler;
  wordsScript: (locale: Locale) => string | null;
  /** What the page without a connection is made of; null while pages are built as they are asked for. */
  offline: { script: string; styles: readonly string[] } | null;
};

/** What the build says of the page without a connection (`offlineFiles` in vite.config.ts). */
type OfflineFiles = { script: string; styles: readonly string[] };

/** In: the folder of the browser build. Its names carry a hash, so what is under /assets never changes. */
export function builtAssets(folder: string): Assets {
  const scripts = readdirSync(join(folder, "assets"));
  const { script, styles } = JSON.parse(readFileSync(join(folder, "offline-files.json"), "utf8")) as OfflineFiles;
  const theme = scripts.filter((name) => /^theme-.*\.css$/.test(name)).map((name) => `/assets/${name}`);
  return {
    offline: { script, styles: [...theme, ...styles] },
    serve: express.static(folder, {
      index: false,
      redirect: false,
      setHeaders(response, path) {
        const fixed = path.startsWith(join(folder, "assets"));
        response.setHeader("Cache-Control", fixed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    }),
    wordsScript(locale) {
      const name = scripts.find((script) => script.startsWith(`words-${locale}-`) && script.endsWith(".js"));
      return name ? `/assets/${name}` : null;
    },
  };
}
