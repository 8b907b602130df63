import { beforeEach, expect, test } from "vitest";
import { viewTeam } from "~/accounts/account-teams.server";
import { personNotices } from "~/accounts/person-notices.server";
import { addGuestComment } from "~/ideas/guest-ideas.server";
import { ideaNotices } from "~/ideas/idea-notices.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { recordEvent } from "~/kernel/events.server";
import { asSystem } from "~/kernel/system-tx.server";
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
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { tellPeople } from "./notification.jobs.server";

/** Who is told of what: exactly those whom it concerns, and never more than they may know. */

const SOURCES = { idea: ideaNotices, person: personNotices };
type Person = ClientActor | StaffActor;

const idea = metisIdeas.in_work;
beforeEach(async () => {
  await asSuperuser("delete from notifications");
  await asSuperuser("delete from idea_followers where idea_id = any ($1)", [[idea, stifferJoint, brixIdea]]);
  await asSuperuser("delete from idea_support where idea_id = any ($1)", [[idea, stifferJoint, brixIdea]]);
  // Its author has left: who else hears is what most tests are about.
  await asSuperuser("update ideas set visibility = 'account', owner_id = null, author_id = $2 where id = $1", [
    idea,
    removedMember.personId,
  ]);
});

const follow = (who: Person, ideaId = idea) =>
  asSuperuser("insert into idea_followers (idea_id, person_id, account_id) values ($1, $2, $3)", [
    ideaId,
    who.personId,
    who.side === "client" ? who.accountId : null,
  ]);

async function support(who: ClientActor, words: string | null = null, ideaId = idea): Promise<string> {
  const [row] = await asSuperuser<{ id: string }>(
    "insert into idea_support (idea_id, account_id, person_id, comment) values ($1, $2, $3, $4) returning id",
    [ideaId, who.accountId, who.personId, words],
  );
  return row?.id ?? "";
}

async function comment(author: Person, body: string, mentions: readonly Person[] = []): Promise<string> {
  const [row] = await asSuperuser<{ id: string }>(
    `insert into idea_comments (idea_id, account_id, author_id, body, mentions) values ($1, $2, $3, $4, $5) returning id`,
    [idea, accounts.metis, author.personId, body, mentions.map(({ personId }) => personId)],
  );
  return row?.id ?? "";
}

/** Records an event as that person and tells whom it concerns. */
async function happens(
  who: Person,
  name: string,
  facts: Record<string, unknown>,
  options: { id?: string; account?: string; audience?: "both" | "staff" } = {},
): Promise<void> {
  const subject = { kind: "idea", id: options.id ?? idea, accountId: options.account ?? accounts.metis };
  await asActor(who, (tx) => recordEvent(tx, who, name, subject, facts, null, options.audience ?? "both"));
  await tellNewest();
}

async function tellNewest(): Promise<void> {
  const [row] = await asSuperuser<{ id: string }>("select max(id)::text as id from events");
  await tellPeople(SOURCES, row?.id ?? "");
  // A job may run twice.
  await tellPeople(SOURCES, row?.id ?? "");
}

type Told = {
  person: string;
  kind: string;
  path: string;
  says: string;
  who: string | null;
  facts: object;
  mail: string;
};
const told = () =>
  asSuperuser<Told>(
    `select person_id as person, kind, path, facts ->> 'says' as says, facts ->> 'who' as who, facts, mail_state as mail
     from notifications order by person_id, id`,
  );
const whoIsTold = async () => (await told()).map(({ person, kind }) => `${person} ${kind}`);
const line = (who: Person, kind: string) => `${who.personId} ${kind}`;

test("a comment is told to those who follow or support, once each, and not to its author", async () => {
  await follow(metisOwner);
  await follow(metisApprover);
  await follow(designer);
  await support(metisOwner);
  const id = await comment(metisApprover, "At 60 cm reach.");
  await happens(metisApprover, "idea.commented", { comment: id });
  expect(await whoIsTold()).toEqual([line(metisOwner, "comment"), line(designer, "comment")].sort());
  const [owner, staff] = await told();
  expect(owner).toMatchObject({ path: `/ideas/${idea}#${id}`, says: "commented", mail: "instant" });
  expect(owner?.facts).toMatchObject({ excerpt: "At 60 cm reach." });
  expect(staff?.path).toBe(`/staff/ideas/${idea}#${id}`);
});

test("what was said is told with the names of those it mentions", async () => {
  await follow(metisOwner);
  const id = await comment(designer, `Hello @{${metisOwner.personId}}`, [metisOwner]);
  await happens(designer, "idea.commented", { comment: id });
  const facts = (await told()).map(({ facts }) => facts);
  expect(facts.length).toBeGreaterThan(0);
  for (const one of facts) expect(one).toMatchObject({ excerpt: "Hello @Оксана Левчук" });
});

test("the author hears what becomes of their idea without following it", async () => {
  await asSuperuser("update ideas set author_id = $2 where id = $1", [idea, metisApprover.personId]);
  await happens(designer, "idea.status_changed", { from: "planned", to: "in_work" });
  const id = await comment(designer, "Soon.");
  await happens(designer, "idea.commented", { comment: id });
  expect(await whoIsTold()).toEqual([line(metisApprover, "status"), line(metisApprover, "comment")]);
});

test("who is mentioned is told that, and not also of the comment", async () => {
  await follow(metisOwner);
  const id = await comment(designer, "What do you think?", [metisOwner, metisViewer, designer]);
  await happens(designer, "idea.commented", { comment: id, mentions: [metisOwner.personId] });
  expect(await whoIsTold()).toEqual([line(metisOwner, "mention"), line(metisViewer, "mention")]);
});

test("a mention of somebody who may not see the idea, or was removed, tells nobody", async () => {
  const id = await comment(designer, "Hello", [brixOwner, hanlinEngineer, removedMember]);
  await happens(designer, "idea.commented", { comment: id });
  expect(await whoIsTold()).toEqual([]);
});

test("an internal note reaches no client, whoever it mentions, and no mail", async () => {
  await follow(metisOwner);
  const [row] = await asSuperuser<{ id: string }>(
    `insert into idea_notes (idea_id, account_id, author_id, body, mentions) values ($1, $2, $3, 'Werkzeugkosten', $4) returning id`,
    [idea, accounts.metis, designer.personId, [metisOwner.personId, manager.personId]],
  );
  await happens(designer, "idea.noted", { note: row?.id }, { audience: "staff" });
  expect(await whoIsTold()).toEqual([line(manager, "mention")]);
  expect((await told())[0]?.mail).toBe("none");
});

test("an event for staff alone is never told to a client, even by a module that says so", async () => {
  const leaky = {
    noticesOf: async () =>
      [
        {
          personId: metisOwner.personId,
          kind: "comment",
          subjectId: idea,
          path: "/ideas",
          facts: { says: "commented", title: "x", who: null },
        },
      ] as const,
    mayStillSee: async () => [],
  };
  await asActor(designer, (tx) =>
    recordEvent(tx, designer, "idea.noted", { kind: "idea", id: idea, accountId: accounts.metis }, {}, null, "staff"),
  );
  const [row] = await asSuperuser<{ id: string }>("select max(id)::text as id from events");
  await tellPeople({ idea: leaky }, row?.id ?? "");
  expect(await told()).toEqual([]);
});

test("a change of status is told to supporters and followers; Brix, who has nothing to do with it, hears nothing", async () => {
  await support(metisOwner);
  await follow(metisViewer);
  await happens(designer, "idea.status_changed", { from: "planned", to: "in_work" });
  expect(await whoIsTold()).toEqual([line(metisOwner, "status"), line(metisViewer, "status")]);
  expect((await told())[0]?.facts).toMatchObject({ to: { en: "In work", uk: "У роботі", zh: "进行中" } });
});

test("who withdrew their support or stopped following is told no more", async () => {
  const id = await support(metisOwner);
  await asSuperuser("update idea_support set withdrawn_at = now() where id = $1", [id]);
  await happens(designer, "idea.status_changed", { from: "planned", to: "in_work" });
  expect(await told()).toEqual([]);
});

test("supporters of another account hear of a shared idea's status, and nothing of its discussion or its people", async () => {
  await asSuperuser("update ideas set visibility = 'all_customers' where id = $1", [idea]);
  await support(hanlinEngineer);
  await follow(brixOwner);
  const id = await comment(metisOwner, "Our own words");
  await happens(metisOwner, "idea.commented", { comment: id });
  expect(await told()).toEqual([]);
  await happens(designer, "idea.status_changed", { from: "planned", to: "in_work" });
  expect(await whoIsTold()).toEqual([line(hanlinEngineer, "status"), line(brixOwner, "status")]);
  expect(JSON.stringify(await told())).not.toMatch(/Metis|Our own words/);
});

test("the author hears that another account supports, without its name or words; of a colleague with both", async () => {
  await asSuperuser("update ideas set visibility = 'all_customers', author_id = $2 where id = $1", [
    idea,
    metisOwner.personId,
  ]);
  const foreign = await support(hanlinEngineer, "In our plant too");
  await happens(hanlinEngineer, "idea.supported", { support: foreign }, { account: accounts.hanlin });
  const [notice] = await told();
  expect(notice).toMatchObject({ person: metisOwner.personId, kind: "support", who: null, mail: "daily" });
  expect(JSON.stringify(notice)).not.toMatch(/plant/);
  const near = await support(metisApprover, "And here");
  await happens(metisApprover, "idea.supported", { support: near });
  expect((await told()).at(-1)?.facts).toMatchObject({ excerpt: "And here", who: expect.any(String) });
});

test("a merge is told to those who follow; the title of another account's idea stays there", async () => {
  await follow(metisOwner);
  await follow(designer);
  await happens(admin, "idea.merged", { into: brixIdea });
  const [owner, staff] = await told();
  expect(owner).toMatchObject({ person: metisOwner.personId, kind: "merge", says: "merged" });
  expect(owner?.facts).not.toHaveProperty("other");
  expect(staff?.facts).toHaveProperty("other");
  await asSuperuser("delete from notifications");
  await happens(admin, "idea.unmerged", { from: stifferJoint });
  expect(await told()).toEqual([]);
  await happens(admin, "idea.unmerged", { into: stifferJoint });
  expect((await told())[0]).toMatchObject({ says: "unmerged", facts: { other: expect.stringContaining("joint") } });
});

test("when an idea is shared no more, other accounts lose what they were told of it", async () => {
  await asSuperuser("update ideas set visibility = 'all_customers' where id = $1", [idea]);
  await follow(metisOwner);
  await support(hanlinEngineer);
  await happens(designer, "idea.status_changed", { from: "planned", to: "in_work" });
  expect(await told()).toHaveLength(2);
  await asSuperuser("update ideas set visibility = 'account' where id = $1", [idea]);
  await happens(metisOwner, "idea.visibility_changed", { to: "account" });
  expect(await whoIsTold()).toEqual([line(metisOwner, "status")]);
});

test("a new idea is told to those who look after its account, and to the substitute of one who is away", async () => {
  await asSuperuser("delete from account_team where account_id = $1", [accounts.metis]);
  await asSuperuser("delete from absences");
  await asSuperuser(
    "insert into account_team (account_id, person_id, role) values ($1, $2, 'lead'), ($1, $3, 'design')",
    [accounts.metis, manager.personId, designer.personId],
  );
  await asSuperuser(
    "insert into absences (person_id, substitute_id, from_day, to_day) values ($1, $2, current_date - 1, current_date + 1)",
    [manager.personId, admin.personId],
  );
  await happens(metisOwner, "idea.submitted", { title: "x" });
  expect(await whoIsTold()).toEqual([line(designer, "idea"), line(admin, "idea")].sort());
  expect((await told())[0]).toMatchObject({ path: `/staff/ideas/${idea}`, says: "suggested", mail: "daily" });
});

test("who stands in is the same as on the account's page: one further on while the substitute is away too, by days of their zones", async () => {
  await asSuperuser("delete from account_team where account_id = $1", [accounts.metis]);
  await asSuperuser("delete from absences");
  await asSuperuser("insert into account_team (account_id, person_id, role) values ($1, $2, 'lead')", [
    accounts.metis,
    manager.personId,
  ]);
  // On the Line Islands it is another day than in UTC for most of every day.
  await asSuperuser("update person_contacts set zone = 'Pacific/Kiritimati' where person_id = $1", [manager.personId]);
  const away = (who: Person, instead: Person | null, day: string) =>
    asSuperuser(
      `insert into absences (person_id, substitute_id, from_day, to_day)
       values ($1, $2, ${day}, ${day})`,
      [who.personId, instead?.personId ?? null],
    );
  await away(manager, designer, "(now() at time zone 'Pacific/Kiritimati')::date");
  await asSuperuser("update person_contacts set zone = 'UTC' where person_id = $1", [designer.personId]);
  await away(designer, admin, "(now() at time zone 'UTC')::date");
  await happens(metisOwner, "idea.submitted", { title: "x" });
  expect(await whoIsTold()).toEqual([line(admin, "idea")]);
  expect((await viewTeam(designer, accounts.metis))?.answering).toMatchObject({ name: await nameOf(admin) });

  // Nobody stands in: it waits for whoever is away, rather than for nobody.
  await asSuperuser("delete from absences");
  await asSuperuser("delete from notifications");
  await away(manager, null, "(now() at time zone 'Pacific/Kiritimati')::date");
  await happens(metisOwner, "idea.submitted", { title: "y" });
  expect(await whoIsTold()).toEqual([line(manager, "idea")]);
});

const nameOf = async ({ personId }: Person) =>
  (await asSuperuser<{ name: string }>("select display_name as name from people where id = $1", [personId]))[0]?.name;

test("a guest's comment is told under the name of the guest", async () => {
  await follow(metisOwner, stifferJoint);
  expect(await addGuestComment(metisGuest, "From outside")).toMatchObject({ ok: true });
  await tellNewest();
  const [owner] = (await told()).filter(({ person }) => person === metisOwner.personId);
  expect(owner).toMatchObject({ says: "commented", who: "Ida Reuter" });
});

test("while an idea's owner and the one who stands in for them are away, whoever stands in for that one hears of it", async () => {
  await asSuperuser("delete from account_team where account_id = $1", [accounts.metis]);
  await asSuperuser("delete from absences");
  await asSuperuser("update ideas set owner_id = $2 where id = $1", [idea, designer.personId]);
  const away = (who: Person, substitute: Person, from = -1, to = 1) =>
    asSuperuser(
      `insert into absences (person_id, substitute_id, from_day, to_day)
       values ($1, $2, current_date + $3::int, current_date + $4::int)`,
      [who.personId, substitute.personId, from, to],
    );
  await away(designer, manager);
  await away(manager, admin);
  await away(admin, designer, 3, 5);
  await happens(metisOwner, "idea.submitted", { title: "x" });
  expect(await whoIsTold()).toEqual([line(admin, "idea")]);
  // Nobody is left who is here: it waits for the owner.
  await asSuperuser("delete from notifications");
  await asSuperuser("delete from absences");
  await away(designer, manager);
  await away(manager, designer);
  await happens(metisOwner, "idea.submitted", { title: "x" });
  expect(await whoIsTold()).toEqual([line(designer, "idea")]);
});

test("whoever invited somebody hears that they came", async () => {
  const joined = { kind: "person", id: metisViewer.personId, accountId: accounts.metis };
  await asSuperuser(
    `insert into invitations (account_id, email, role, language, invited_by, expires_at, accepted_at, person_id)
     values ($1, 'new@metis.example', 'viewer', 'uk', $2, now() + interval '1 day', now(), $3)`,
    [accounts.metis, metisOwner.personId, metisViewer.personId],
  );
  await asSystem("test", (tx) => recordEvent(tx, metisViewer, "person.joined", joined, {}));
  await tellNewest();
  expect(await whoIsTold()).toEqual([line(metisOwner, "invitation")]);
  expect((await told())[0]?.path).toBe("/people");
});

test("the demo's past tells nobody, and an event that happens now is told by a job of its own", async () => {
  const jobs = () =>
    asSuperuser<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where task_identifier = 'tell_people'",
    );
  const [before] = await jobs();
  await asActor(designer, (tx) =>
    recordEvent(tx, designer, "idea.status_changed", { kind: "idea", id: idea, accountId: accounts.metis }, {}),
  );
  expect((await jobs())[0]?.n).toBe((before?.n ?? 0) + 1);
  await asSuperuser(
    `insert into events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_side, audience, facts,
       happened_at, prev_hash, hash)
     values ($1, $2, 1, 'idea.tested', 'idea', $2, 'staff', 'both', '{}', now() - interval '1 day', sha256(''), sha256(''))`,
    [accounts.metis, stifferJoint],
  );
  expect((await jobs())[0]?.n).toBe((before?.n ?? 0) + 1);
});
