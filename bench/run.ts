/** `npm run bench -- <name> [options]`: runs one benchmark. */
const BENCHMARKS: Record<string, () => Promise<unknown>> = {
  pages: () => import("./pages"),
  lighthouse: () => import("./lighthouse"),
  start: () => import("./start"),
  collab: () => import("./collab"),
  "collab-faults": () => import("./collab-faults"),
  "collab-large": () => import("./collab-large"),
};

const [wanted = ""] = process.argv.splice(2, 1);
const benchmark = BENCHMARKS[wanted];
if (benchmark) {
  await benchmark();
} else {
  console.error(`Say which benchmark to run: npm run bench -- ${Object.keys(BENCHMARKS).join(" | ")}`);
  process.exitCode = 1;
}

export {};
