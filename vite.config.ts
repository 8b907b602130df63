import { fileURLToPath } from "node:url";
import optimizeLocales from "@react-aria/optimize-locales-plugin";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    tailwindcss(),
    remix(remixConfig),
    // react-aria carries thirty languages of its own words; people here read four.
    optimizeLocales.vite({ locales: ["en-US", "uk-UA", "ru-RU", "zh-CN"] }),
  ],
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  // Hundreds of small files each: read one by one they were half of the time a start takes.
  ssr:
    command === "build"
      ? { noExternal: [/^@?react-aria/, /^@?react-stately/, /^@internationalized\//, "lucide-react"] }
      : {},
  build: {
    target: "es2022",
    // The budget of 130 kB is held by a test that gzips what a page loads; printing sizes costs a second.
    reportCompressedSize: false,
    rollupOptions: {
      output: isSsrBuild ? {} : { manualChunks: chunkOfWords },
    },
  },
}));

/** One chunk of sentences per language, so that a browser downloads only the one its person reads. */
function chunkOfWords(id: string): string | undefined {
  const locale = /\/app\/[^/]+\/words\/(en|uk|ru|zh)\.ts$/.exec(id)?.[1];
  return locale && `words-${locale}`;
}
