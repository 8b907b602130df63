import { fileURLToPath, pathToFileURL } from "node:url";
import { defineConfig, type Plugin } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/** A file of ours finds its neighbours (migrations, the seed) from where it was written, not from where it is bundled. */
const ownAddress: Plugin = {
  name: "own-address",
  transform(code, id) {
    if (!id.startsWith(root) || id.includes("/node_modules/") || !code.includes("import.meta.url")) return null;
    return { code: code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)), map: null };
  },
};

/** The server as a few files: compiling it anew at each start took longer than starting it. */
export default defineConfig({
  plugins: [ownAddress],
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  publicDir: false,
  build: {
    ssr: "server/main.ts",
    target: "node20",
    outDir: `${process.env.TANDEM_BUILD_FOLDER ?? "build"}/start`,
    minify: false,
    reportCompressedSize: false,
  },
});
