// `npm start` and `npm run dev`. Needs only Node: installs, builds, then becomes the server.
import { buildPages, installPackages, orRefuse, ROOT, requireNode } from "./bootstrap.mjs";

await orRefuse(async () => {
  requireNode();
  process.chdir(ROOT);
  await installPackages();
  if (process.argv.includes("--build-only")) return buildPages();
  const { register } = await import("tsx/esm/api");
  register();
  const { start } = await import("./main.ts");
  await start({ dev: process.argv.includes("--dev") });
});
