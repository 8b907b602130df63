import { expect, test, vi } from "vitest";
import { asSuperuser } from "../../tests/database";
import { limiter } from "./limits.server";

const kept = (key: string) => asSuperuser("select from limits.rate_limits where key like $1", [`%${key}`]);

test("the third try of two is told how long to wait, and nobody else waits for it", async () => {
  const tries = limiter("test.tries", { points: 2, seconds: 60 });
  expect([await tries.take("one"), await tries.take("one")]).toEqual([null, null]);
  const wait = await tries.take("one");
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await tries.take("other")).toBeNull();
});

test("a counter that ran out an hour ago is cleared away, one that runs stays", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const tries = limiter("test.clearing", { points: 2, seconds: 60 });
    await tries.take("fresh");
    await asSuperuser("insert into limits.rate_limits (key, points, expire) values ('test.clearing:stale', 1, $1)", [
      Date.now() - 2 * 3_600_000,
    ]);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
  } finally {
    vi.useRealTimers();
  }
  await expect.poll(() => kept("clearing:stale")).toEqual([]);
  expect(await kept("clearing:fresh")).toHaveLength(1);
});
