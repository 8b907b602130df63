import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { hasRedis } from "./tests/redis.mjs";

const alias = [
  { find: "~", replacement: fileURLToPath(new URL("./app", import.meta.url)) },
  { find: /^use-intl$/, replacement: fileURLToPath(new URL("./app/ui/intl.tsx", import.meta.url)) },
];
const TOOLS = "server/**/*.tools.test.ts";
// They want a Redis, and are the same on every PostgreSQL.
const REDIS = "app/**/*.redis.test.ts";
const exclude = ["tests/e2e/**", "node_modules/**", "build/**"];
// The PostgreSQL that we bring, what stands in for Stripe beside it, who waits how long after how many tries; and the server
// of live editing, killed, crowded and misled, which asks what app/collab/collab.db.test.ts asks of every PostgreSQL.
const ONE_POSTGRES_WILL_DO = [
  "server/local/postgres.db.test.ts",
  "server/local/stripe/**",
  "server/local/supabase/limits.db.test.ts",
  "app/collab/{collab-crash,known-failures,many-people,many-sockets}.db.test.ts",
];

export default defineConfig({
  resolve: { alias },
  test: {
    // They wait for the database half of their time, so two share two processors well; with more, what is measured as a ratio
    // of two times says little.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,server,tests,bench}/**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.db.test.ts", TOOLS, REDIS],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          // The embedded PostgreSQL comes without the tools for a backup; another one brings them.
          include: [
            "{app,server,tests}/**/*.db.test.ts",
            ...(process.env.TEST_POSTGRES_BIN ? [TOOLS] : hasRedis() ? [REDIS] : []),
          ],
          exclude: [...exclude, ...(process.env.TEST_POSTGRES_BIN ? ONE_POSTGRES_WILL_DO : [])],
          globalSetup: ["tests/postgres.global.ts"],
          setupFiles: ["tests/database.ts"],
          // Each file talks to a database of its own; a process of its own keeps pools and settings apart.
          pool: "forks",
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
