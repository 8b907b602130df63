// `npm start` and `npm run dev`. Needs only Node: installs, builds, then becomes the server.
import { build, installPackages, orRefuse, ROOT, requireNode } from "./bootstrap.mjs";

await orRefuse(async () => {
  requireNode();
  process.chdir(ROOT);
  await installPackages();
  if (process.argv.includes("--dev")) {
    const { register } = await import("tsx/esm/api");
    register();
    const { start } = await import("./main.ts");
    await start({ dev: true });
    return;
  }
  await build();
  if (process.argv.includes("--build-only")) return;
  const { start } = await import("../build/start/main.js");
  await start({ dev: false });
});
