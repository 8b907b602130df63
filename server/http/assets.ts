import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express, { type RequestHandler } from "express";
import type { Locale } from "~/kernel/locale";

const FONTS = fileURLToPath(new URL("../../node_modules/@excalidraw/excalidraw/dist/prod/fonts", import.meta.url));

/** The fonts of the drawing of a board, at /board-assets/fonts: each is fetched only by a board that writes in it. */
export const boardFonts: RequestHandler = express.static(FONTS, { index: false, redirect: false, maxAge: "30d" });

/** The built browser files: how they are served, and which script holds a language's sentences. */
export type Assets = { serve: RequestHandler; wordsScript: (locale: Locale) => string | null };

/** In: the folder of the browser build. Its names carry a hash, so what is under /assets never changes. */
export function builtAssets(folder: string): Assets {
  const scripts = readdirSync(join(folder, "assets"));
  return {
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
