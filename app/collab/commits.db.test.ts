import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { afterAll, expect, test } from "vitest";
import * as Y from "yjs";
import { type CollabStore, createStore } from "./collab.queries.server";
import { Commits, type Writer } from "./commits.server";
import { LIMITS } from "./limits";

const store = createStore(process.env.JOBS_DATABASE_URL ?? "");
const silent = pino({ level: "silent" });

afterAll(() => store.end());

/** Documents of their own that have something to store as often as they are told to. Out: how many statements there were. */
async function storing(documents: number, until: (statements: number) => boolean) {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, "x");
  const payload = Y.encodeStateAsUpdate(doc);
  let statements = 0;
  const counting: CollabStore = {
    ...store,
    append: (flushes) => {
      statements += 1;
      return store.append(flushes);
    },
  };
  const commits = new Commits(counting, silent);
  const ids = await Promise.all(
    Array.from({ length: documents }, async () => {
      const room = `idea:${randomUUID()}:brief`;
      await store.create(room, payload);
      return (await store.load(room))?.id ?? "";
    }),
  );
  const began = performance.now();
  let over = false;
  const stopped = ids.map(
    (id) =>
      new Promise<void>((done, failed) => {
        const writer: Writer = {
          launch: () => ({ id, payload, authors: [], project: null }),
          stored: () => {
            over ||= until(statements);
            if (over) done();
            else commits.add(writer);
          },
          lost: failed,
        };
        commits.add(writer);
      }),
  );
  await Promise.all(stopped);
  return { statements, ms: performance.now() - began };
}

test("a few edits after a pause are stored one after the other without waiting, however fast they come", async () => {
  const times: number[] = [];
  // A busy machine makes it longer, never shorter.
  for (let round = 0; round < 5; round++) {
    times.push((await storing(1, (statements) => statements === LIMITS.commitsAtOnce)).ms);
  }
  expect(Math.min(...times)).toBeLessThan(((LIMITS.commitsAtOnce - 1) * LIMITS.commitGap) / 2);
});

test("while much is written there is one statement a gap at most, and it carries what every document has", async () => {
  const { statements, ms } = await storing(20, (count) => count >= 30);
  expect(statements).toBeLessThanOrEqual(ms / LIMITS.commitGap + LIMITS.commitsAtOnce + 1);
  expect(statements).toBeLessThan(40);
});
