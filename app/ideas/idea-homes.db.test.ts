import { expect, test } from "vitest";
import { viewClosing } from "~/accounts/account-closings.server";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { readNotices } from "~/notifications/notifications.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  admin,
  brixIdea,
  brixOwner,
  designer,
  hanlinEngineer,
  manager,
  metisApprover,
  metisGuest,
  metisIdeas,
  metisOwner,
  metisViewer,
} from "../../tests/personas";
import { addGuestComment } from "./guest-ideas.server";
import { mergeIdeas, setVisibility } from "./idea-care.server";
import { portalHome, staffHome } from "./idea-homes.server";
import { COUNTED_TO } from "./idea-list";
import { addComment, takeBack } from "./idea-said.server";
import { support, supportOnBehalf } from "./idea-support.server";
import { moveStatus, viewStaffIdea } from "./ideas.server";

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

test("whom words mention stands by name on either side's home, however they were written down", async () => {
  await addComment(designer, brixIdea, "Marieke, @Lena Hartmann draws it today.");
  expect((await portalHome(brixOwner)).waiting[0]?.body).toBe("Marieke, @Lena Hartmann draws it today.");
  await addComment(brixOwner, brixIdea, `${"We wait. ".repeat(21)}Thank you, @Lena Hartmann`);
  const [newest] = (await staffHome(designer)).comments;
  expect(newest?.body).toMatch(/^We wait\. .*…$/);
  await addComment(brixOwner, brixIdea, "Thank you, @Lena Hartmann.");
  expect((await staffHome(designer)).comments[0]?.body).toBe("Thank you, @Lena Hartmann.");
});

test("what waits is the author's alone, and nothing waits for who suggested nothing", async () => {
  await addComment(designer, metisIdeas.new, "Thank you.");
  expect(await waiting(metisViewer)).toEqual([]);
});

/** As the job does it that tells people of an event: of this comment, that it mentions somebody. */
const tell = (who: typeof metisOwner, commentId: string) =>
  asSuperuser(
    `insert into notifications (person_id, account_id, kind, event_id, subject_kind, subject_id, path, facts, mail_state)
     select $1, $2, 'mention', e.id, 'idea', e.subject_id, '/ideas/' || e.subject_id || '#' || $3, '{}', 'none'
     from events e where e.name = 'idea.commented' and e.facts ->> 'comment' = $3`,
    [who.personId, who.accountId, commentId],
  );

test("words that mention one wait, on anybody's idea of the account, until they are opened or answered", async () => {
  const say = async (who: typeof metisOwner, words: string) => {
    const said = await addComment(who, metisIdeas.in_work, words);
    if (!said.ok) throw new Error(said.why);
    return said.id;
  };
  const mine = async () => (await portalHome(metisApprover)).waiting.filter(({ mentioned }) => mentioned);
  const asked = await say(metisOwner, "Which size do we need?");
  expect(await mine()).toEqual([]);
  await tell(metisApprover, asked);
  expect(await mine()).toMatchObject([
    { id: metisIdeas.in_work, commentId: asked, body: "Which size do we need?", who: expect.any(String) },
  ]);
  expect((await portalHome(metisViewer)).waiting).toEqual([]);

  await say(metisApprover, "The long one.");
  expect(await mine()).toEqual([]);

  const again = await say(metisOwner, "And which colour?");
  await tell(metisApprover, again);
  expect((await mine()).map(({ commentId }) => commentId)).toEqual([again]);
  await readNotices(metisApprover, { subjectId: metisIdeas.in_work });
  expect(await mine()).toEqual([]);
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

test("what is new is counted whether or not it is shown, up to a hundred", async () => {
  const before = async () => {
    await asSuperuser("update person_visits set seen_at = now() - interval '1 hour' where person_id = $1", [
      brixOwner.personId,
    ]);
    return portalHome(brixOwner);
  };
  const subject = { kind: "idea", id: brixIdea, accountId: accounts.brix };
  const happens = (times: number, who: typeof designer | typeof brixOwner = designer) =>
    asActor(who, async (tx) => {
      for (let at = 0; at < times; at += 1) await recordEvent(tx, who, "idea.commented", subject, {});
    });
  await portalHome(brixOwner);
  const { fresh: already } = await before();
  await happens(20);
  const home = await before();
  expect(home.news).toHaveLength(8);
  expect(home.fresh).toBe(already + 20);
  // What one did oneself is no news, and pushes none away.
  await happens(20, brixOwner);
  expect(await before()).toMatchObject({ fresh: already + 20, news: home.news });
  await happens(90);
  expect((await before()).fresh).toBe(100);
});

test("news tell what else became of an idea, each with what its sentence needs, and of what one supports", async () => {
  const seen = async (id: string) => (await viewStaffIdea(designer, id))?.idea.revision ?? 0;
  const idea = metisIdeas.new;
  const newest = async (actor: typeof metisOwner) => (await portalHome(actor)).news[0];

  expect(await setVisibility(metisOwner, idea, { to: "all_customers", revision: await seen(idea) })).toEqual({
    ok: true,
  });
  const shared = { name: "idea.visibility_changed", ideaId: idea, to: "all_customers", onBehalf: false };
  expect(await newest(metisApprover)).toMatchObject(shared);
  expect(await newest(metisOwner)).not.toMatchObject(shared);
  expect(await newest(brixOwner)).not.toMatchObject({ ideaId: idea });

  // Whose the idea is stays unsaid; what it is called does not.
  expect(await support(brixOwner, idea)).toEqual({ ok: true });
  const title = (await viewStaffIdea(designer, idea))?.idea.title;
  expect((await portalHome(brixOwner)).news.filter(({ ideaId }) => ideaId === idea)).toEqual([]);
  const heard = { account: "Brix", person: null, source: "call", saidOn: "2026-11-20", words: "Brix asked" } as const;
  expect(await supportOnBehalf(manager, idea, heard)).toEqual({ ok: true });
  expect(await newest(brixOwner)).toMatchObject({ name: "idea.supported", ideaId: idea, title, onBehalf: true });
  expect(await newest(metisApprover)).toMatchObject(shared);

  const other = metisIdeas.under_review;
  const both = [
    { id: idea, revision: await seen(idea) },
    { id: other, revision: await seen(other) },
  ] as const;
  expect(await mergeIdeas(designer, ...both)).toEqual({ ok: true });
  const lines = (await portalHome(metisOwner)).news.filter(({ name }) => name === "idea.merged");
  expect(lines.map(({ ideaId, second }) => ({ ideaId, second }))).toEqual(
    expect.arrayContaining([
      { ideaId: idea, second: false },
      { ideaId: other, second: true },
    ]),
  );
});

test("an idea that was merged waits for no first answer of its own, neither at home nor when its account is closed", async () => {
  await asSuperuser("delete from idea_followers");
  await asSuperuser(
    `update ideas set kind = 'complaint', answered_at = null, answer_due_at = created_at + interval '1 day',
       merged_into = null, merged_at = null where id = $1`,
    [brixIdea],
  );
  const waits = async () => (await staffHome(admin)).unanswered.some(({ id }) => id === brixIdea);
  const duties = async () => (await viewClosing(admin, accounts.brix))?.duties;
  const open = (await duties()) ?? 0;
  expect(await waits()).toBe(true);
  expect(open).toBeGreaterThan(0);
  await asSuperuser("update ideas set merged_into = $2, merged_at = now() where id = $1", [brixIdea, metisIdeas.done]);
  expect(await waits()).toBe(false);
  expect(await duties()).toBe(open - 1);
  // A suggestion is good to answer, and no duty that keeps an account open.
  await asSuperuser("update ideas set kind = 'suggestion', merged_into = null, merged_at = null where id = $1", [
    brixIdea,
  ]);
  expect(await waits()).toBe(true);
  expect(await duties()).toBe(open - 1);
});

test("an answer that was taken back was none; the next word of ours or a change of status counts then", async () => {
  const [made] = await asSuperuser<{ id: string }>(
    `insert into ideas (account_id, author_id, title, body, body_text, answer_due_at)
     values ($1, $2, 'A longer cord', '{}', '', now() - interval '1 day') returning id`,
    [accounts.brix, brixOwner.personId],
  );
  const idea = made?.id ?? "";
  const waits = async () => (await staffHome(admin)).unanswered.some(({ id }) => id === idea);
  const say = async (words: string) => {
    const said = await addComment(designer, idea, words);
    if (!said.ok) throw new Error(said.why);
    return said.id;
  };
  const takeBackOne = (id: string) => takeBack(designer, { place: "comment", ideaId: idea, id });
  const first = await say("Thank you.");
  expect(await waits()).toBe(false);
  expect(await takeBackOne(first)).toEqual({ ok: true });
  expect(await waits()).toBe(true);

  const second = await say("We look at it.");
  const third = await say("And at more.");
  await takeBackOne(second);
  const [answered] = await asSuperuser(
    "select i.answered_at = c.created_at as by_it from ideas i join idea_comments c on c.id = $2 where i.id = $1",
    [idea, third],
  );
  expect(answered).toEqual({ by_it: true });

  const revision = (await viewStaffIdea(designer, idea))?.idea.revision ?? 0;
  expect(await moveStatus(designer, idea, { to: "under_review", revision })).toMatchObject({ ok: true });
  await takeBackOne(third);
  expect(await waits()).toBe(false);
});

test("staff's home shows what a guest said last, under the guest's name and as a guest's", async () => {
  const said = await addGuestComment(metisGuest, "Seen from outside");
  if (!said.ok) throw new Error(said.why);
  expect((await staffHome(designer)).comments[0]).toMatchObject({
    id: said.id,
    author: "Ida Reuter",
    byGuest: true,
    account: "Metis",
    body: "Seen from outside",
  });
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

test("staff are told how many ideas stand where up to a thousand, and beyond it that there are more", async () => {
  const planned = async () => (await staffHome(designer)).counts.find(({ status }) => status === "planned")?.count ?? 0;
  const before = await planned();
  const more = (count: number) =>
    asSuperuser(
      `insert into ideas (account_id, author_id, title, body, body_text, status)
       select $1, $2, 'Shade ' || number, '{"type": "doc", "content": []}', '', 'planned' from generate_series(1, $3::int) number`,
      [accounts.brix, brixOwner.personId, count],
    );
  await more(COUNTED_TO - before);
  expect(await planned()).toBe(COUNTED_TO);
  await more(20);
  expect(await planned()).toBe(COUNTED_TO + 1);
});
