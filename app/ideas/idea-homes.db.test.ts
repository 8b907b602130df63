import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  admin,
  brixIdea,
  brixOwner,
  designer,
  hanlinEngineer,
  metisIdeas,
  metisOwner,
  metisViewer,
} from "../../tests/personas";
import { portalHome, staffHome } from "./idea-homes.server";
import { addComment } from "./idea-said.server";

const waiting = async (actor: typeof metisOwner) => (await portalHome(actor)).waiting.map(({ id }) => id);

test("an idea waits for its author when we spoke last, until they or a colleague answer", async () => {
  await addComment(designer, brixIdea, "Which colour would you take?");
  expect((await portalHome(brixOwner)).waiting[0]).toMatchObject({
    id: brixIdea,
    body: "Which colour would you take?",
  });
  expect(await waiting(metisOwner)).not.toContain(brixIdea);
  expect(await waiting(hanlinEngineer)).not.toContain(brixIdea);
  await addComment(brixOwner, brixIdea, "Green.");
  expect(await waiting(brixOwner)).not.toContain(brixIdea);
});

test("what waits is the author's alone, and nothing waits for who suggested nothing", async () => {
  await addComment(designer, metisIdeas.new, "Thank you.");
  expect(await waiting(metisViewer)).toEqual([]);
});

test("a home says since when its news are news: not at the first visit, and from the second on", async () => {
  expect((await portalHome(metisOwner)).since).toBeNull();
  await asSuperuser("update person_visits set seen_at = now() - interval '2 days' where person_id = $1", [
    metisOwner.personId,
  ]);
  const { since, news } = await portalHome(metisOwner);
  expect(Math.round((Date.now() - (since?.getTime() ?? 0)) / 86_400_000)).toBe(2);
  expect(news.some(({ happenedAt }) => since && happenedAt > since)).toBe(true);
});

test("staff see first what is most overdue, and only what they look after as theirs", async () => {
  await asSuperuser(
    "update ideas set answered_at = null, answer_due_at = created_at + interval '1 day' where id = $1",
    [metisIdeas.under_review],
  );
  await asSuperuser("update ideas set owner_id = $2 where id = $1", [metisIdeas.planned, admin.personId]);
  const home = await staffHome(admin);
  expect(home.unanswered.find(({ id }) => id === metisIdeas.under_review)).toMatchObject({
    late: true,
    account: "Metis",
  });
  const due = home.unanswered.map(({ dueAt }) => dueAt.getTime());
  expect(due).toEqual([...due].sort((a, b) => a - b));
  expect(home.mine.map(({ id }) => id)).toContain(metisIdeas.planned);
  expect((await staffHome(designer)).mine.map(({ id }) => id)).not.toContain(metisIdeas.planned);
});
