import { defineConfig } from "@playwright/test";

const chrome = process.env.CHROME_PATH;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/e2e",
  // Each worker has an installation of its own; journeys wait more than they work, so two share two cores well.
  workers: 2,
  // What passes on a second try passes, and is named at the end of the run: a machine that stands still for ten seconds
  // is no reason to refuse a change, a journey that is named again and again is one to mend.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    browserName: "chromium",
    // Chromium refuses its sandbox to root.
    launchOptions: {
      ...(chrome && { executablePath: chrome }),
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
    // A navigation through a worker that is being installed can wait for ever under a debugger; the journey that is about
    // the offline page allows it.
    serviceWorkers: "block",
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
});
