import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { ownAddress } from "./vite.own-address";

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
