import { fileURLToPath, pathToFileURL } from "node:url";
import type { Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * A file of ours that runs on the server finds its neighbours (migrations, the seed, the thread that sets documents) from where it
 * was written, not from where it is bundled.
 */
export const ownAddress: Plugin = {
  name: "own-address",
  apply: "build",
  transform(code, id, options) {
    if (!options?.ssr || !id.startsWith(root) || id.includes("/node_modules/")) return null;
    if (!code.includes("import.meta.url")) return null;
    return { code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)), map: null };
  },
};
