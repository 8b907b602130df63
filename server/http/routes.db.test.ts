import type { ActionFunctionArgs, ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import type { Visitor } from "~/accounts/visitor";
import { limiter } from "~/kernel/limits.server";
import { brixOwner, metisOwner } from "../../tests/personas";
import { guardedBuild } from "./routes";

const ROUTE = "routes/api.test";
const action = async () => Response.json("done");
const build = guardedBuild({
  routes: { [ROUTE]: { id: ROUTE, path: "x", module: { action } } },
} as unknown as ServerBuild);

/** What an action answers somebody at an address: its status, and how long to wait. */
async function write(clientAddress: string, actor: Visitor["actor"] = null) {
  const request = new Request("http://localhost:3000/x", { method: "POST" });
  const context = { visitor: { actor, viewing: null }, clientAddress, requestId: "1" };
  const args = { request, context, params: {} } as unknown as ActionFunctionArgs;
  const answer = (await build.routes[ROUTE]?.module.action?.(args)) as Response;
  return { status: answer.status, wait: Number(answer.headers.get("retry-after")) };
}

// The counters are those that the routes count with: what stands here of their size is what is promised, and is not used.
const addresses = limiter("write.address", { points: 600, seconds: 60 });
const people = limiter("write.person", { points: 120, seconds: 60 });

test("one address writes six hundred times a minute, whoever writes there; a neighbour is not held back", async () => {
  expect(await addresses.take("192.0.2.50", 598)).toBeNull();
  expect((await write("192.0.2.50")).status).toBe(200);
  expect((await write("192.0.2.50", metisOwner)).status).toBe(200);
  for (const actor of [null, metisOwner, brixOwner]) {
    const refused = await write("192.0.2.50", actor);
    expect(refused.status).toBe(429);
    expect(refused.wait).toBeGreaterThan(0);
    expect(refused.wait).toBeLessThanOrEqual(60);
  }
  expect((await write("192.0.2.51", metisOwner)).status).toBe(200);
});

test("one person writes a hundred and twenty times a minute, from however many addresses; a colleague is not held back", async () => {
  expect(await people.take("0b000000-0000-4000-8000-0000000000fe", 119)).toBeNull();
  const somebody = { ...metisOwner, personId: "0b000000-0000-4000-8000-0000000000fe" };
  expect((await write("192.0.2.61", somebody)).status).toBe(200);
  const refused = await write("192.0.2.62", somebody);
  expect(refused.status).toBe(429);
  expect(refused.wait).toBeGreaterThan(0);
  expect((await write("192.0.2.62", brixOwner)).status).toBe(200);
});
