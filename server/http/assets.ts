import { readdirSync } from "node:fs";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import type { Locale } from "~/kernel/locale";

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
