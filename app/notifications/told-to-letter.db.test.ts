import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setVisibility } from "~/ideas/idea-care.server";
import { ideaNotices } from "~/ideas/idea-notices.server";
import { moveStatus, viewStaffIdea } from "~/ideas/ideas.server";
import type { ClientActor } from "~/kernel/actor";
import { moveClock, now, resetClock } from "~/kernel/clock";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  designer,
  hanlinEngineer,
  hanlinIdea,
  metisIdeas,
  metisOwner,
} from "../../tests/personas";
import { mailNotices, tellPeople } from "./notification.jobs.server";
import { bellOf } from "./notifications.server";

/** The whole way from what happened to the letter about it. */

const SOURCES = { idea: ideaNotices };
const root = metisIdeas.in_work;
/** Hanlin's own, which is followed up together with Metis' idea. Neither account sees the other's. */
const leaf = hanlinIdea;

beforeEach(async () => {
  // A morning in Europe, whatever the hour this runs at.
  moveClock(new Date("2026-11-24T10:00:00Z").getTime() - now().getTime());
  for (const table of ["notifications", "mail_outbox", "notification_choices", "notification_settings"]) {
    await asSuperuser(`delete from ${table}`);
  }
  await asSuperuser("delete from idea_followers where idea_id = any ($1)", [[root, leaf]]);
  await asSuperuser("delete from idea_support where idea_id = any ($1)", [[root, leaf]]);
  await asSuperuser("update ideas set author_id = $2, status = 'planned' where id = $1", [root, metisOwner.personId]);
  await asSuperuser(
    "update ideas set author_id = $2, merged_into = $3, merged_at = now(), visibility = 'account' where id = $1",
    [leaf, hanlinEngineer.personId, root],
  );
});
afterEach(resetClock);

const supports = (who: ClientActor, idea: string) =>
  asSuperuser("insert into idea_support (idea_id, account_id, person_id) values ($1, $2, $3)", [
    idea,
    who.accountId,
    who.personId,
  ]);

/** A member of staff moves the root, people are told, and letters are written once their time has come. */
async function move(): Promise<void> {
  const revision = (await viewStaffIdea(designer, root))?.idea.revision ?? 0;
  expect(await moveStatus(designer, root, { to: "in_work", revision })).toMatchObject({ ok: true });
  await tellNewest();
}
async function tellNewest(): Promise<void> {
  const [event] = await asSuperuser<{ id: string }>("select max(id)::text as id from events");
  await tellPeople(SOURCES, event?.id ?? "");
}
async function mail(): Promise<void> {
  moveClock(5 * 60_000);
  const people = await asSuperuser<{ id: string }>(
    "select distinct person_id as id from notifications where mail_state <> 'none'",
  );
  for (const { id } of people) await mailNotices(SOURCES, id);
}

const told = () =>
  asSuperuser<{ person_id: string; subject_id: string; path: string; title: string }>(
    "select person_id, subject_id, path, facts ->> 'title' as title from notifications order by person_id",
  );
const letters = () =>
  asSuperuser<{ person_id: string; language: string; html: string }>(
    "select person_id, language, html from mail_outbox order by language",
  );

test("a move of an idea's status is one letter to each who supports it, in their language, and none to Brix", async () => {
  await supports(metisOwner, root);
  await supports(hanlinEngineer, leaf);
  await move();
  await mail();
  await mail();
  expect((await letters()).map(({ person_id, language }) => [person_id, language])).toEqual([
    [metisOwner.personId, "uk"],
    [hanlinEngineer.personId, "zh"],
  ]);
  expect((await told()).map(({ person_id }) => person_id)).not.toContain(brixOwner.personId);
});

test("who knows an idea by one that was merged into it hears through theirs: in the bell, by letter, and nothing of the other", async () => {
  await move();
  const mine = (await told()).find(({ person_id }) => person_id === hanlinEngineer.personId);
  expect(mine).toMatchObject({ subject_id: leaf, path: `/ideas/${leaf}`, title: "台灯支架在潮湿环境下生锈" });
  expect(await bellOf(hanlinEngineer, { path: "/ideas", document: true })).toMatchObject({
    unread: 1,
    subjects: [leaf],
  });
  await mail();
  const letter = (await letters()).find(({ person_id }) => person_id === hanlinEngineer.personId);
  expect(letter?.html).toContain(`/ideas/${leaf}`);
  expect(letter?.html).not.toContain(root);
});

test("opening the page by which somebody knows a merged idea reads what they were told of it", async () => {
  await move();
  expect(await bellOf(hanlinEngineer, { path: `/ideas/${leaf}`, document: true })).toEqual({ unread: 0, subjects: [] });
  await mail();
  expect((await letters()).map(({ person_id }) => person_id)).not.toContain(hanlinEngineer.personId);
});

test("what is told through an idea of one's own stays when the one it was merged into is shared no more", async () => {
  await move();
  for (const to of ["all_customers", "account"] as const) {
    const revision = (await viewStaffIdea(designer, root))?.idea.revision ?? 0;
    expect(await setVisibility(designer, root, { to, revision })).toEqual({ ok: true });
    await tellNewest();
  }
  expect((await told()).map(({ person_id }) => person_id)).toContain(hanlinEngineer.personId);
});

test("however many follow an idea, telling them takes a handful of statements for every few hundred", async () => {
  await asSuperuser(
    `with made as (
       insert into people (id, side, account_id, role, display_name)
       select gen_random_uuid(), 'client', $2, 'member', 'Follower ' || n from generate_series(1, 600) n returning id, account_id
     ), written as (
       insert into person_contacts (person_id, email, language, zone)
       select id, id || '@metis.example', 'en', 'Europe/Kyiv' from made
     )
     insert into idea_followers (idea_id, person_id, account_id) select $1, id, account_id from made`,
    [root, accounts.metis],
  );
  const revision = (await viewStaffIdea(designer, root))?.idea.revision ?? 0;
  await moveStatus(designer, root, { to: "in_work", revision });
  const asked = vi.spyOn(pg.Client.prototype, "query");
  await tellNewest();
  const statements = asked.mock.calls.length;
  asked.mockRestore();
  expect((await told()).length).toBeGreaterThanOrEqual(600);
  const [planned] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from graphile_worker.jobs where key like 'mail_notices:instant:%'",
  );
  expect(planned?.n).toBeGreaterThanOrEqual(600);
  expect(statements).toBeLessThanOrEqual(40);
});
