import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import compileMessage from "icu-minify/compile";
import { defineConfig, type Plugin, transformWithEsbuild } from "vite";
import remixConfig from "./remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    tailwindcss(),
    compiledWords(),
    remix(remixConfig),
    // react-aria carries thirty languages of its own words; people here read four.
    optimizeLocales.vite({ locales: ["en-US", "uk-UA", "ru-RU", "zh-CN"] }),
  ],
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  // Hundreds of small files each: read one by one they were half of the time a start takes.
  ssr:
    command === "build"
      ? { noExternal: [/^@?react-aria/, /^@?react-stately/, /^@internationalized\//, "lucide-react", "use-intl"] }
      : {},
  // Found only while the first page loads, they would make Vite reload it with two copies of React.
  optimizeDeps: { include: ["use-intl", "use-intl/core", "lucide-react"] },
  build: {
    target: "es2022",
    // The budget of 130 kB is held by a test that gzips what a page loads; printing sizes costs a second.
    reportCompressedSize: false,
    rollupOptions: {
      output: isSsrBuild ? {} : { manualChunks: (id) => chunkOfWords(id) ?? chunkOfFrame(id) },
    },
  },
}));

/** One chunk of sentences per language, so that a browser downloads only the one its person reads; staff's own and the editor's apart. */
function chunkOfWords(id: string): string | undefined {
  const [, staffs, locale] = /\/app\/[^/]+\/words\/(staff\/)?(en|uk|ru|zh)\.ts$/.exec(id) ?? [];
  if (!locale) return undefined;
  return `${staffs ? "staff-words" : id.includes("/app/collab/") ? "editor-words" : "words"}-${locale}`;
}

/** What opens later, is staff's, or stands on a few pages. */
const APART =
  /^(?:staff-|shortcuts|single-keys|palette-dialog|dialog$|confirm$|menu$|tabs$|table$|switch$|progress-bar$|skeleton$)/;

/**
 * What nearly every page of both sides uses, in one file: as two dozen of 2 kB each it took a slow line five round trips.
 * Staff's own shell, the gallery and what opens later stay apart.
 */
function chunkOfFrame(id: string): string | undefined {
  const name = /\/app\/(?:(?:words|places)\.ts|(?:ui|kernel)\/([^/]+)\.tsx?)$/.exec(id);
  return name && !APART.test(name[1] ?? "") ? "frame" : undefined;
}

/**
 * Sentences are parsed when the pages are built, and with them comes the part of use-intl that only fills them in: 8 kB
 * less of the 130 a page may load, and the server does not parse each sentence anew for each page (a twelfth of its time).
 * Jobs and the tests read the same files as they are written.
 */
function compiledWords(): Plugin {
  return {
    name: "compiled-words",
    enforce: "pre",
    apply: "build",
    config: () => ({ resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } } }),
    async transform(source, id) {
      if (!chunkOfWords(id)) return null;
      const { code } = await transformWithEsbuild(source, id);
      const { default: words } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      return { code: `export default ${JSON.stringify(compileWords(words))};`, map: null };
    },
  };
}

type Words = { [key: string]: string | Words };

function compileWords(words: Words): object {
  const pairs = Object.entries(words).map(([key, value]) => [
    key,
    typeof value === "string" ? compileMessage(value) : compileWords(value),
  ]);
  return Object.fromEntries(pairs);
}
