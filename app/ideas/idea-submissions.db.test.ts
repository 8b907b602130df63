import { expect, test } from "vitest";
import { answerField } from "~/catalog/product";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixOwner,
  designer,
  manager,
  metisApprover,
  metisOwner,
  metisViewer,
  products,
  support,
} from "../../tests/personas";
import { answerDue } from "./idea-clock";
import { addComment } from "./idea-said.server";
import { splitIdea, submitIdea, viewSplit } from "./idea-submissions.server";
import { moveStatus, viewIdea, viewStaffIdea } from "./ideas.server";

const typed = { title: "The arm sinks", text: "After an hour it is 4 cm lower. And a scale on the arm would help." };

async function sent(more: Partial<Parameters<typeof submitIdea>[1]> = {}) {
  const outcome = await submitIdea(metisOwner, { ...typed, ...more });
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome;
}
const facts = async (who: ClientActor | StaffActor, id: string) =>
  (await (who.side === "staff" ? viewStaffIdea(who, id) : viewIdea(who, id)))?.facts;

test("a complaint and a suggestion are each sent with the time a first answer is aimed at, and both sides see it", async () => {
  for (const kind of ["complaint", "suggestion"] as const) {
    const { id } = await sent({ kind });
    for (const reader of [metisViewer, designer]) {
      const seen = await facts(reader, id);
      expect(seen).toMatchObject({ kind, answeredAt: null });
      const aimed = answerDue(kind, new Date());
      expect(Math.abs(Number(seen?.answerDueAt) - aimed.getTime())).toBeLessThan(60_000);
    }
    expect(await facts(brixOwner, id)).toBeUndefined();
  }
});

test("the first words of ours stop the clock, a colleague's do not; so does a change of status", async () => {
  const { id } = await sent({ kind: "complaint" });
  await addComment(metisApprover, id, "Here too.");
  expect((await facts(metisOwner, id))?.answeredAt).toBeNull();
  await addComment(support, id, "We are looking.");
  const first = (await facts(metisOwner, id))?.answeredAt;
  expect(first).toBeInstanceOf(Date);
  await addComment(designer, id, "Still looking.");
  expect((await facts(metisOwner, id))?.answeredAt).toEqual(first);

  const other = await sent();
  expect(await moveStatus(designer, other.id, { to: "under_review", revision: 1 })).toEqual({ ok: true });
  expect((await facts(metisOwner, other.id))?.answeredAt).toBeInstanceOf(Date);
});

test("one text that is both becomes two ideas that know each other, each on its own clock", async () => {
  const { id, beside } = await sent({ kind: "both" });
  expect(beside).not.toBeNull();
  const [one, two] = [await facts(metisOwner, id), await facts(metisOwner, beside ?? "")];
  const titles = await asSuperuser("select title from ideas where id = any($1) order by id", [[id, beside]]);
  expect(titles).toEqual([{ title: "The arm sinks · suggestion" }, { title: "The arm sinks · complaint" }]);
  expect(one).toMatchObject({ kind: "suggestion", beside: [{ id: beside, kind: "complaint" }] });
  expect(two).toMatchObject({ kind: "complaint", beside: [{ id, kind: "suggestion" }] });
  expect(Number(two?.answerDueAt)).toBeLessThan(Number(one?.answerDueAt));
});

test("answers go along with the idea; a missing one and a product that is no longer made are refused at their field", async () => {
  const field = answerField(products.aria, "mounting");
  const answer = (name: string) => (name === field ? "clamp" : "");
  const { id } = await sent({ product: products.aria, answer });
  expect(await facts(designer, id)).toMatchObject({ product: { name: "Aria" }, answers: { mounting: "clamp" } });
  expect(await submitIdea(metisOwner, { ...typed, product: products.aria })).toMatchObject({
    errors: { [field]: "required" },
  });
  expect(await submitIdea(metisOwner, { ...typed, product: products.vela })).toMatchObject({
    errors: { product: "not-offered" },
  });
});

test("a file that is no longer there refuses the whole idea, and nothing of it is kept", async () => {
  const gone = "0f000000-0000-4000-8000-00000000dead";
  const title = "With a file that is gone";
  expect(await submitIdea(metisOwner, { ...typed, title, attachments: [gone] })).toEqual({
    ok: false,
    why: "refused",
    errors: { attachments: "files-gone" },
  });
  expect(await asSuperuser("select from ideas where title = $1", [title])).toEqual([]);
});

test("staff split an idea in two: the second is of the other kind and of the same author, the first stays as it was", async () => {
  const { id } = await sent({ kind: "complaint", product: products.nido });
  const before = await viewSplit(designer, id);
  const part = { title: "A scale on the arm", text: "Printed in cm.", revision: before?.revision ?? 0 };
  const outcome = await splitIdea(designer, id, part);
  if (!outcome.ok) throw new Error(outcome.why);
  expect(await facts(metisOwner, outcome.id)).toMatchObject({
    kind: "suggestion",
    product: { name: "Nido" },
    beside: [{ id, kind: "complaint" }],
  });
  expect(await viewSplit(designer, id)).toEqual({ ...before, revision: part.revision + 1 });
  const [made] = await asSuperuser("select author_id, account_id from ideas where id = $1", [outcome.id]);
  expect(made).toEqual({ author_id: metisOwner.personId, account_id: metisOwner.accountId });
  const said = await asSuperuser(
    "select subject_id, facts from events where name = 'idea.split' and account_id = $1 order by id",
    [metisOwner.accountId],
  );
  expect(said).toEqual([
    { subject_id: id, facts: { into: outcome.id, kind: "suggestion" } },
    { subject_id: outcome.id, facts: { from: id, kind: "suggestion" } },
  ]);
});

test("the halves of one text are told apart in the sender's language, and a title that fills its line gives way", async () => {
  const kinds = { suggestion: "Предложение", complaint: "Жалоба" };
  const { id, beside } = await sent({ kind: "both", title: "💡".repeat(70), kinds });
  const titles = await asSuperuser<{ title: string }>("select title from ideas where id = any($1) order by id", [
    [id, beside],
  ]);
  expect(titles.map(({ title }) => title)).toEqual([
    expect.stringMatching(/^(💡)+… · Предложение$/u),
    expect.stringMatching(/^(💡)+… · Жалоба$/u),
  ]);
  for (const { title } of titles) expect(title.length).toBeLessThanOrEqual(140);
});

test("a second idea is not made with the title of the first", async () => {
  const { id } = await sent();
  const part = { title: ` ${typed.title.toUpperCase()} `, text: "Half.", revision: 1 };
  expect(await splitIdea(designer, id, part)).toEqual({ ok: false, why: "same-title" });
  expect(await asSuperuser("select from ideas where split_from = $1", [id])).toEqual([]);
});

test("of two who split an idea at once, or one who presses twice, one makes a second idea", async () => {
  const { id } = await sent();
  const part = { title: "Half of it", text: "Half.", revision: 1 };
  const outcomes = await Promise.all([splitIdea(designer, id, part), splitIdea(manager, id, part)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await splitIdea(designer, id, part)).toEqual({ ok: false, why: "changed-meanwhile" });
  expect(await asSuperuser("select from ideas where split_from = $1", [id])).toHaveLength(1);
});

test("who reads only, or answers tickets, splits nothing; nor does anybody who looked at an older state", async () => {
  const { id } = await sent();
  const part = { title: "Two", text: "Two.", revision: 1 };
  for (const reader of [auditor, support]) {
    expect(await splitIdea(reader, id, part)).toEqual({ ok: false, why: "may-not-split" });
  }
  expect(await splitIdea(designer, id, { ...part, revision: 7 })).toEqual({ ok: false, why: "changed-meanwhile" });
});
