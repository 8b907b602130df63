import { beforeEach, describe, expect, test } from "vitest";
import type { ClientActor } from "~/kernel/actor";
import { asSuperuser } from "../../tests/database";
import {
  admin,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  hanlinIdea,
  ideaId,
  manager,
  metisIdeas,
  metisOwner,
  metisViewer,
  removedMember,
  support as supportStaff,
} from "../../tests/personas";
import { mergeChoices, mergeIdeas, setVisibility, unmergeIdeas } from "./idea-care.server";
import { addComment, editSaid, react, takeBack } from "./idea-said.server";
import { follow } from "./idea-support.server";
import { viewIdea, viewSharedIdea, viewStaffIdea } from "./ideas.server";

const OK = { ok: true };
const NOT_FOUND = { ok: false, why: "not-found" };
const target = metisIdeas.under_review;
/** Of the same account as the target, and of another one. */
const ours = metisIdeas.new;
const theirs = hanlinIdea;

const staffPage = async (id: string) => {
  const page = await viewStaffIdea(designer, id);
  if (!page) throw new Error("no such idea");
  return page;
};
const clientPage = async (client: ClientActor, id: string) => {
  const page = await viewIdea(client, id);
  if (!page) throw new Error("no such idea");
  return page;
};
const seen = async (id: string) => ({ id, revision: (await staffPage(id)).idea.revision });
const merge = async (source: string, into: string) => mergeIdeas(designer, await seen(source), await seen(into));
const unmerge = async (source: string) => unmergeIdeas(manager, await seen(source));
const bodies = (page: { comments: { rows: readonly { body: string }[] } }) =>
  page.comments.rows.map(({ body }) => body);
const rowsOf = (ids: readonly string[]) =>
  asSuperuser(
    "select id, comment_count, comments_together, support_accounts, support_people from ideas where id = any ($1) order by id",
    [ids],
  );
/** The counts as they are, beside the counts that one gets by counting. */
const counted = (id: string) =>
  asSuperuser<{ kept: number; own: number; whole: number; all: number }>(
    `select i.comments_together as kept, i.comment_count as own,
      (select count(*)::int from idea_comments c where c.idea_id in (select private.idea_tree(i.id))) as all,
      (select count(*)::int from idea_comments c
        where c.idea_id in (select private.idea_tree(i.id)) and c.account_id = i.account_id) as whole
     from ideas i where i.id = $1`,
    [id],
  );

async function said(who: Parameters<typeof addComment>[0], idea: string, words: string): Promise<string> {
  const outcome = await addComment(who, idea, words);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.id;
}

beforeEach(async () => {
  await asSuperuser("update ideas set merged_into = null, merged_at = null where id = any ($1)", [[ours, theirs]]);
});

describe("an idea of the same account that was merged", () => {
  test("brings its comments along, each with the idea it was said about, and they count once", async () => {
    await said(metisOwner, target, "On the other one");
    await said(designer, ours, "On the first one");
    const before = await rowsOf([ours, target]);
    const apart = await clientPage(metisOwner, target);
    const source = await clientPage(metisOwner, ours);
    expect(await merge(ours, target)).toEqual(OK);

    const together = await clientPage(metisViewer, target);
    expect(together.idea.commentCount).toBe(apart.idea.commentCount + source.idea.commentCount);
    expect(together.comments.rows.find(({ body }) => body === "On the first one")?.about).toEqual({
      id: ours,
      title: source.idea.title,
    });
    expect(together.comments.rows.find(({ body }) => body === "On the other one")?.about).toBeNull();
    expect((await staffPage(target)).idea.commentCount).toBe(together.idea.commentCount);
    // The page of the first one stays its own.
    const merged = await clientPage(metisOwner, ours);
    expect(bodies(merged)).toEqual(bodies(source));
    // Its thread says since when, and who decided that.
    expect([source.idea.joined, merged.idea.joined]).toEqual([null, { at: expect.any(String), by: "Lena Hartmann" }]);
    expect(merged.together?.id).toBe(target);

    expect(await unmerge(ours)).toEqual(OK);
    expect(await rowsOf([ours, target])).toEqual(before);
    expect(bodies(await clientPage(metisOwner, target))).toEqual(bodies(apart));
  });

  test("is answered, corrected and taken back on the page of the other; a stranger does none of that", async () => {
    const id = await said(metisOwner, ours, "Please look at this");
    await merge(ours, target);
    const where = { place: "comment", ideaId: target, id } as const;
    for (const stranger of [hanlinEngineer, brixOwner, removedMember]) {
      expect(await react(stranger, where, "agree")).toEqual(NOT_FOUND);
      expect(await editSaid(stranger, where, "mine now")).toEqual(NOT_FOUND);
      expect(await takeBack(stranger, where)).toEqual(NOT_FOUND);
    }
    // It does not stand on any other page.
    expect(await react(designer, { ...where, ideaId: metisIdeas.done }, "agree")).toEqual(NOT_FOUND);
    expect(await react(designer, where, "agree")).toEqual(OK);
    expect(await editSaid(metisOwner, where, "Please look at that")).toEqual(OK);
    const found = (await clientPage(metisOwner, target)).comments.rows.find((one) => one.id === id);
    expect(found).toMatchObject({ body: "Please look at that", reactions: [{ reaction: "agree" }] });
    const events = await asSuperuser<{ subject: string }>(
      "select subject_id as subject from events where name = 'idea.comment_edited' and facts ->> 'comment' = $1",
      [id],
    );
    expect(events).toEqual([{ subject: ours }]);
    expect(await takeBack(metisOwner, where)).toEqual(OK);
    const [after] = await counted(target);
    expect([after?.kept, after?.own]).toEqual([after?.all, after?.whole]);
  });
});

describe("an idea of another account that was merged", () => {
  test("is read and counted by staff alone: neither account learns that the other one talks", async () => {
    await said(hanlinEngineer, theirs, "Quenzel rusts in the harbour");
    const metisBefore = await clientPage(metisOwner, target);
    const hanlinBefore = await clientPage(hanlinEngineer, theirs);
    expect(await merge(theirs, target)).toEqual(OK);
    await said(designer, theirs, "Zirconium would not rust");
    await said(metisOwner, target, "Warmer light, please");

    const ofStaff = await staffPage(target);
    expect(bodies(ofStaff)).toEqual(
      expect.arrayContaining(["Quenzel rusts in the harbour", "Zirconium would not rust", "Warmer light, please"]),
    );
    const [now] = await counted(target);
    expect(ofStaff.idea.commentCount).toBe(now?.all);
    expect(ofStaff.idea.gathered.map(({ id }) => id)).toEqual([theirs]);

    const metis = await clientPage(metisOwner, target);
    expect(metis.idea.commentCount).toBe(metisBefore.idea.commentCount + 1);
    expect(metis.idea.gathered).toEqual([]);
    expect(JSON.stringify(metis)).not.toMatch(/Quenzel|Zirconium|Hanlin|台灯支架/);
    const hanlin = await clientPage(hanlinEngineer, theirs);
    expect(hanlin.idea.commentCount).toBe(hanlinBefore.idea.commentCount + 1);
    expect(JSON.stringify(hanlin)).not.toMatch(/Warmer light|Metis/);
    expect(
      await react(metisOwner, { place: "comment", ideaId: target, id: hanlin.comments.rows[0]?.id ?? "" }, "agree"),
    ).toEqual(NOT_FOUND);
    expect(await viewIdea(brixOwner, target)).toBeUndefined();
    expect(await viewIdea(removedMember, target)).toBeUndefined();
    expect(await viewStaffIdea(auditor, target)).toMatchObject({ idea: { commentCount: now?.all } });
  });

  test("shows a stranger nothing of what was said when the other one is shared with all customers", async () => {
    await said(hanlinEngineer, theirs, "Quenzel rusts in the harbour");
    await merge(theirs, target);
    expect(
      await setVisibility(admin, target, { to: "all_customers", revision: (await seen(target)).revision }),
    ).toEqual(OK);
    for (const client of [brixOwner, hanlinEngineer]) {
      expect(JSON.stringify(await viewSharedIdea(client, target))).not.toMatch(/Quenzel|Warmer/);
    }
    await setVisibility(admin, target, { to: "account", revision: (await seen(target)).revision });
  });
});

test("before it happens staff are told what comments and followers become, each once", async () => {
  for (const idea of [ours, target]) await follow(designer, idea, true);
  await follow(metisOwner, ours, true);
  const { preview } = await mergeChoices(designer, ours, { q: "", into: target });
  const [one, other] = [await staffPage(ours), await staffPage(target)];
  expect(preview?.source).toEqual({ comments: one.idea.commentCount, watchers: one.care.followers });
  expect([preview?.comments, preview?.watchers]).toEqual([other.idea.commentCount, other.care.followers]);
  expect(preview?.together.comments).toBe(one.idea.commentCount + other.idea.commentCount);
  // Whoever follows both is one.
  expect(preview?.together.watchers).toBeLessThan(one.care.followers + other.care.followers);
  await merge(ours, target);
  const both = await staffPage(target);
  expect([both.idea.commentCount, both.care.followers]).toEqual([
    preview?.together.comments,
    preview?.together.watchers,
  ]);
  await unmerge(ours);
  const after = await staffPage(target);
  expect([after.idea.commentCount, after.care.followers]).toEqual([preview?.comments, preview?.watchers]);
  expect((await mergeChoices(supportStaff, ours, { q: "", into: ideaId(999) })).preview).toBeNull();
});

test("comments that are written while two ideas are merged are all counted", async () => {
  const [source, into] = [await seen(ours), await seen(target)];
  await Promise.all([
    ...Array.from({ length: 6 }, (_, at) => said(metisOwner, at % 2 === 0 ? ours : target, `At once ${at}`)),
    mergeIdeas(designer, source, into),
  ]);
  for (const idea of [ours, target]) {
    const [now] = await counted(idea);
    expect([now?.kept, now?.own]).toEqual([now?.all, now?.whole]);
  }
  expect((await staffPage(target)).idea.gathered.map(({ id }) => id)).toEqual([ours]);
});
