import pg from "pg";
import { expect, test, vi } from "vitest";
import { decisionsBesideHome, listDecisions, viewDecision } from "~/decisions/decision-pages.server";
import { portalHome, staffHome } from "~/ideas/idea-homes.server";
import { listIdeas, listStaffIdeas } from "~/ideas/idea-lists.server";
import { viewVersion, viewVersions } from "~/ideas/idea-versions.server";
import { viewIdea, viewSharedIdea, viewStaffIdea } from "~/ideas/ideas.server";
import { bellOf, listNotices } from "~/notifications/notifications.server";
import {
  demoDecisions,
  designer,
  hanlinEngineer,
  ideaId,
  metisOwner,
  stifferJoint,
  stifferJointVersion,
} from "../personas";

/** How often a page asks the database: six times at most, with who asks, which is one statement, and the bell. */
const ALLOWED = 6;
const WHO_ASKS = 1;

/** Shared with all customers by Metis. */
const SHARED = ideaId(14);

/** What opens and closes a transaction, and says whose it is. */
const FRAME = /^\s*(begin|commit|start transaction|set transaction|select set_config\('role')/i;

async function statementsOf(page: () => Promise<unknown>): Promise<string[]> {
  const asked = vi.spyOn(pg.Client.prototype, "query");
  try {
    await page();
    return asked.mock.calls
      .map(([query]: readonly unknown[]) => (typeof query === "string" ? query : (query as { text: string }).text))
      .filter((text) => !FRAME.test(text));
  } finally {
    asked.mockRestore();
  }
}

const pages = {
  "a client's home": () => portalHome(metisOwner, decisionsBesideHome(metisOwner)),
  "a client's list": () => listIdeas(metisOwner, {}),
  "a client's search": () => listIdeas(metisOwner, { q: "lamp" }),
  "an idea": () => viewIdea(metisOwner, stifferJoint),
  "an idea that another account shares": () => viewSharedIdea(hanlinEngineer, SHARED),
  "decisions of an account": () => listDecisions(metisOwner, { list: "mine", idea: null, after: null }),
  "a decision": () => viewDecision(designer, demoDecisions.asked),
  "the versions of a brief": () => viewVersions(metisOwner, stifferJoint, "brief", null),
  "a version and what it brought": () => viewVersion(metisOwner, stifferJoint, stifferJointVersion, "before"),
  "what a client was told": () => listNotices(metisOwner, "en", null),
  "home of staff": () => staffHome(designer, decisionsBesideHome(designer)),
  "staff's list": () => listStaffIdeas(designer, {}),
  "an idea as staff see it": () => viewStaffIdea(designer, stifferJoint),
};

test("the bell asks once, and writes once more when the page shows what was news", async () => {
  const open = () => bellOf(metisOwner, { path: `/ideas/${stifferJoint}`, document: true });
  expect((await bellOf(metisOwner, { path: "/", document: true })).subjects).toContain(stifferJoint);
  expect(await statementsOf(open)).toHaveLength(2);
  expect(await statementsOf(open)).toHaveLength(1);
});

test.each(Object.entries(pages))("%s asks the database six times at most", async (_name, page) => {
  // What seldom changes, as the names of statuses and products, is kept for some seconds.
  expect(await page()).toBeDefined();
  const statements = await statementsOf(page);
  expect(statements.length).toBeGreaterThan(0);
  expect(statements.length + WHO_ASKS + 1, statements.join("\n\n")).toBeLessThanOrEqual(ALLOWED);
});
