import { readdirSync, readFileSync } from "node:fs";
import type { ActionFunctionArgs, ServerBuild } from "@remix-run/node";
import { expect, test } from "vitest";
import type { Visitor } from "~/accounts/visitor";
import { accounts, manager } from "../../tests/personas";
import { guardedBuild } from "./routes";

const ROUTES = new URL("../../app/routes/", import.meta.url);
const writing = readdirSync(ROUTES)
  .filter((file) =>
    /export async function action\b|export const action\b/.test(readFileSync(new URL(file, ROUTES), "utf8")),
  )
  .map((file) => `routes/${file.replace(/\.tsx?$/, "")}`);

const view = "0f000000-0000-4000-8000-00000000a505";
const endsAt = new Date(Date.now() + 60_000);
/** A manager who looks as Metis. */
const viewing: Visitor = {
  actor: { side: "client", userId: manager.userId, personId: view, accountId: accounts.metis, role: "viewer", view },
  person: { id: view, name: "Somebody", side: "client", accountName: "Metis", locale: null, zone: "UTC" },
  sessionId: view,
  mailboxProvedAt: null,
  identityProvedAt: null,
  hasSecondFactor: false,
  viewing: {
    id: view,
    accountId: accounts.metis,
    accountName: "Metis",
    endsAt,
    staff: manager,
    staffName: "Amara Okafor",
  },
};

test("whoever looks as a customer sends nothing to any page or door, except to leave", async () => {
  expect(writing.length).toBeGreaterThan(30);
  const ran: string[] = [];
  const routes = Object.fromEntries(
    writing.map((id) => {
      const action = async () => ran.push(id);
      return [
        id,
        { id, path: "x", module: { action, ...(id.startsWith("routes/api.") ? {} : { default: () => null }) } },
      ];
    }),
  );
  const build = guardedBuild({ routes } as unknown as ServerBuild);
  for (const id of writing) {
    const request = new Request("http://localhost:3000/x", {
      method: "POST",
      body: new URLSearchParams({ comment: "x" }),
    });
    const context = { visitor: viewing, clientAddress: "192.0.2.7", requestId: "1" };
    const args = { request, context, params: {} } as unknown as ActionFunctionArgs;
    const answer: unknown = await build.routes[id]?.module.action?.(args);
    const status = answer instanceof Response ? answer.status : (answer as { init?: { status: number } }).init?.status;
    if (!ran.includes(id)) expect(status, id).toBe(403);
  }
  expect(ran.sort()).toEqual(["routes/_auth.logout", "routes/api.view"]);
});
