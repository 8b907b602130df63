import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import * as accountFinder from "~/accounts/finder.queries.server";
import * as invitations from "~/accounts/invitation.queries.server";
import * as people from "~/accounts/person.queries.server";
import * as personData from "~/accounts/person-data.queries.server";
import * as ideas from "~/ideas/idea.queries.server";
import * as care from "~/ideas/idea-care.queries.server";
import * as finder from "~/ideas/idea-finder.queries.server";
import * as homes from "~/ideas/idea-home.queries.server";
import { EVERYTHING, type Place, PORTAL_SORTS, STAFF_SORTS, type StaffSort } from "~/ideas/idea-list";
import * as home from "~/ideas/idea-list.queries.server";
import * as page from "~/ideas/idea-page.queries.server";
import * as portal from "~/ideas/idea-portal-list.queries.server";
import { similarIdeas } from "~/ideas/idea-similars.server";
import * as lists from "~/ideas/idea-staff-list.queries.server";
import * as support from "~/ideas/idea-support.queries.server";
import * as talk from "~/ideas/idea-talk.queries.server";
import { THREADS_UNSEEN } from "~/ideas/idea-thread";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { STAFF_PAGE_SIZE } from "~/kernel/cursor";
import { tokenise, tokeniseEach, tokeniseQuery } from "~/kernel/search-tokens";
import { fillLarge } from "../../bench/seed-large";
import { adminUrl, asSuperuser } from "../database";
import { accounts, designer, metisApprover, metisOwner } from "../personas";
import { plansOf, type Step, stepsOf } from "./explaining";

/** With 100,000 ideas, no page reads a table from end to end: not as a client, and not as staff. */

const common = tokeniseQuery("lamp arm");
const rare = tokeniseQuery("squeak wob");
/** Tables with fewer rows than this fit in a few pages, which are read at once. */
const SMALL = 2_500;

let large = new Set<string>();
let middle = "";
let first = "";

beforeAll(async () => {
  await fillLarge(adminUrl, { ideas: 100_000, accounts: 2_000, events: 100_000 });
  const counted = await asSuperuser<{ name: string }>(
    `select relname::text as name from pg_class where relkind = 'r' and reltuples > $1`,
    [SMALL],
  );
  large = new Set(counted.map((row) => row.name));
  const found = await asSuperuser<{ id: string }>(
    "select id from ideas where account_id = $1 order by id desc offset 900",
    [accounts.metis],
  );
  first = found[0]?.id ?? "";
  middle = found[Math.floor(found.length / 2)]?.id ?? "";
}, 400_000);

type Query = (tx: ActorTx) => Promise<unknown>;

const NARROWED = {
  words: null,
  status: null,
  kind: null,
  product: null,
  mine: false,
  sort: "newest" as const,
  place: null,
  take: 21,
};
const ASKED = { ...EVERYTHING, words: null, reader: designer.personId, moment: new Date("2026-11-22T12:00:00Z") };
const NEWEST = { before: null, take: 21 };
const FIRST = { place: null, take: STAFF_PAGE_SIZE + 1, tags: true };
const STATUSES = ["new", "under_review", "planned", "in_work", "done", "declined"];

/** Somewhere in the middle of a list in this order. */
const placeIn = (sort: StaffSort): Place => ({
  id: middle,
  key: sort === "newest" ? null : ["activity", "due"].includes(sort) ? "1760000000000000" : "1",
});

function portalLists(sort: (typeof PORTAL_SORTS)[number]): [string, Query][] {
  const narrowed = { ...NARROWED, sort };
  const own: Query = (tx) => portal.listOwnIdeas(tx, metisOwner, { ...narrowed, place: placeIn(sort) });
  const shared: Query = (tx) => portal.listSharedIdeas(tx, metisOwner, { ...narrowed, place: placeIn(sort) });
  return [
    [`the list by ${sort}`, (tx) => portal.listOwnIdeas(tx, metisOwner, narrowed)],
    [`the list by ${sort}, a later page`, own],
    [
      `the list by ${sort} of one status`,
      (tx) => portal.listOwnIdeas(tx, metisOwner, { ...narrowed, status: "planned" }),
    ],
    ...(sort === "activity" ? [] : [[`shared ideas by ${sort}`, shared] satisfies [string, Query]]),
  ];
}

function staffLists(sort: StaffSort): [string, Query][] {
  const asked = { ...ASKED, sort };
  const later = {
    ...FIRST,
    get place() {
      return placeIn(sort);
    },
  };
  return [
    [`the list by ${sort}`, (tx) => lists.listIdeasForStaff(tx, asked, FIRST)],
    [`the list by ${sort}, a later page`, (tx) => lists.listIdeasForStaff(tx, asked, later)],
    [`the list by ${sort} of one status`, (tx) => lists.listIdeasForStaff(tx, { ...asked, status: "planned" }, FIRST)],
    [
      `the list by ${sort} of one account`,
      (tx) => lists.listIdeasForStaff(tx, { ...asked, account: accounts.metis }, FIRST),
    ],
  ];
}

const alone = () => ({ id: middle, gathered: [] });
const gatheredOnes = () => ({ id: middle, gathered: [{ id: first, title: "" }] });

const ofBoth: Record<string, Query> = {
  "an idea": (tx) => page.findIdeaPage(tx, middle, metisOwner, THREADS_UNSEEN),
  "a shared idea": (tx) => page.findSharedIdea(tx, middle, metisOwner),
  "who supports an idea": (tx) => page.listEvidence(tx, middle, metisOwner, { before: null, take: 21, whole: false }),
  "whether an idea is there": (tx) => support.findSeen(tx, middle),
  "an idea before a change": (tx) => ideas.findIdeaHead(tx, middle),
  "comments of an idea": (tx) => talk.listSaid(tx, alone(), metisOwner, NEWEST),
  "older comments of an idea and one merged into it": (tx) =>
    talk.listSaid(tx, gatheredOnes(), metisOwner, { before: first, take: 21 }),
  "a picture of an idea": (tx) => ideas.findFile(tx, middle),
  "what happened to a person": (tx) => people.listSteps(tx, metisApprover.personId, 12),
  "who is invited to an account": (tx) => invitations.listOpenInvitations(tx, accounts.metis, new Date()),
  "how an idea came to its status": (tx) =>
    page.listSteps(tx, { id: middle, accountId: accounts.metis }, { before: null, take: 50 }),
  "who may be mentioned": (tx) => ideas.listMentionables(tx, accounts.metis, "per", 8),
};

const ofClients: Record<string, Query> = {
  ...ofBoth,
  colleagues: (tx) => people.listColleagues(tx, accounts.metis, { after: null, take: 21 }),
  "colleagues, a later page": (tx) =>
    people.listColleagues(tx, accounts.metis, { after: metisApprover.personId, take: 21 }),
  "a colleague": (tx) => people.findColleague(tx, accounts.metis, metisApprover.personId),
  "what waits for one": (tx) => homes.listWaitingFor(tx, metisOwner, 5),
  ...Object.fromEntries(PORTAL_SORTS.flatMap(portalLists)),
  "ideas one follows or supports": (tx) => portal.listFollowedIdeas(tx, metisOwner, { ...NARROWED, sort: "accounts" }),
  search: (tx) => portal.listOwnIdeas(tx, metisOwner, { ...NARROWED, words: common }),
  "search among shared ideas": (tx) => portal.listSharedIdeas(tx, metisOwner, { ...NARROWED, words: common }),
  "how many ideas a list has": (tx) =>
    portal.portalFacets(tx, { asking: metisOwner, narrowed: NARROWED, shared: false }),
  "the newest ideas": (tx) => home.listAccountIdeas(tx, accounts.metis, 6),
  "one's own ideas": (tx) => home.listIdeasOf(tx, metisOwner, 6),
  news: (tx) => home.listNews(tx, { take: 8, since: new Date("2026-11-20T12:00:00Z") }),
};

const ofStaff: Record<string, Query> = {
  ...ofBoth,
  "people of an account": (tx) => personData.listPeople(tx, accounts.metis, { after: null, take: STAFF_PAGE_SIZE + 1 }),
  "further people of an account": (tx) =>
    personData.listPeople(tx, accounts.metis, { after: metisApprover.personId, take: STAFF_PAGE_SIZE + 1 }),
  staff: (tx) => people.listStaff(tx, { after: null, take: STAFF_PAGE_SIZE + 1 }),
  "a person": (tx) => people.findPerson(tx, metisApprover.personId),
  "what waits for a first answer": (tx) => homes.listUnanswered(tx, 6),
  "ideas one looks after": (tx) => homes.listOwned(tx, designer.personId, 6),
  "ideas that the palette finds": (tx) => finder.findStaffIdeas(tx, rare ?? "", 6),
  "people that the palette finds": (tx) => accountFinder.findPeople(tx, "levch", 6),
  ...Object.fromEntries(STAFF_SORTS.flatMap(staffLists)),
  "search for common words": (tx) => lists.listIdeasForStaff(tx, { ...ASKED, words: common }, FIRST),
  "search for rare words": (tx) => lists.listIdeasForStaff(tx, { ...ASKED, words: rare }, FIRST),
  "late answers": (tx) => lists.listIdeasForStaff(tx, { ...ASKED, due: "late", sort: "due" }, FIRST),
  "the list of one owner": (tx) => lists.listIdeasForStaff(tx, { ...ASKED, owner: "me" }, FIRST),
  "the board": (tx) => lists.listCards(tx, { ...ASKED, sort: "accounts" }, { ...FIRST, statuses: STATUSES }),
  "how many stand in a column": (tx) => lists.countByStatus(tx, ASKED, STATUSES),
  "what a list is narrowed by, and how many it has": (tx) => lists.staffFacets(tx, { ...ASKED, status: "planned" }),
  "how many stand where": (tx) => lists.countByStatus(tx, null, STATUSES),
  "what clients said last": (tx) => home.listClientComments(tx, 6),
  "what is said about an idea, internal notes too": (tx) =>
    talk.listSaidAndNoted(tx, { id: middle, gathered: [] }, designer, { said: NEWEST, noted: NEWEST }),
  "an idea with what staff know of it": (tx) => page.findStaffIdeaPage(tx, middle, designer, THREADS_UNSEEN),
  "who supports an idea and what was merged into it": (tx) =>
    page.listEvidence(tx, middle, designer, { before: null, take: 21, whole: true }),
  "ideas to merge into": (tx) => care.listMergeTargets(tx, first, rare ?? "", 10),
  "what two ideas become together": (tx) => care.previewMerge(tx, first, middle),
  "who moved an idea": (tx) => ideas.lastMover(tx, { id: middle, accountId: accounts.metis }),
};

const readsToTheEnd = (plan: Step) =>
  stepsOf(plan).filter((step) => step["Node Type"] === "Seq Scan" && large.has(step["Relation Name"] ?? ""));

async function expectIndexes(actor: ClientActor | StaffActor, query: Query): Promise<void> {
  const plans = await asActor(actor, (tx) => plansOf(tx, query));
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.flatMap(readsToTheEnd)).toEqual([]);
}

describe("as a client", () => {
  test.each(Object.keys(ofClients))("%s comes from an index", async (name) => {
    await expectIndexes(metisOwner, ofClients[name] as Query);
  });
});

describe("as staff", () => {
  test.each(Object.keys(ofStaff))("%s comes from an index", async (name) => {
    await expectIndexes(designer, ofStaff[name] as Query);
  });
});

test.each([
  ["words of every other idea", "lamp arm", null],
  ["words of a few", "squeak wobble housing", null],
  ["a word begun", "squ", null],
  ["words and a status", "lamp", "planned"],
])("a client's search for %s reads a small part of the ideas", async (_what, typed, status) => {
  const { rows } = await asActor(metisOwner, (tx) =>
    sql<{ "QUERY PLAN": [{ Plan: Step }] }>`explain (analyze, buffers, format json)
      select private.search_idea_list(false, ${tokeniseQuery(typed)}, ${status}, null, null, null, ${"newest"}, null, null, 26)`.execute(
      tx,
    ),
  );
  const [plan] = Object.values(rows[0] ?? {}) as [[{ Plan: Step }]];
  const [pages] = await asSuperuser<{ all: number }>(
    `select pg_relation_size('ideas') / current_setting('block_size')::int as all`,
  );
  const read = plan[0].Plan["Shared Hit Blocks"] + plan[0].Plan["Shared Read Blocks"];
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(Number(pages?.all) / 10);
});

test.each(["lamp arm squeak wobble housing", "the lamp and the arm of the lamp", "squ", "台灯支架生锈"])(
  "looking for ideas like %j reads a small part of them",
  async (typed) => {
    const words = tokeniseEach(typed);
    const { rows } = await asActor(metisOwner, (tx) =>
      sql<{ "QUERY PLAN": [{ Plan: Step; "Execution Time": number }] }>`explain (analyze, buffers, format json)
      select * from private.similar_ideas(${words}::text[], ${words.join(" & ")}, ${typed}, 10)`.execute(tx),
    );
    const [plan] = Object.values(rows[0] ?? {}) as [[{ Plan: Step; "Execution Time": number }]];
    const [pages] = await asSuperuser<{ all: number }>(
      `select pg_relation_size('ideas') / current_setting('block_size')::int as all`,
    );
    const read = plan[0].Plan["Shared Hit Blocks"] + plan[0].Plan["Shared Read Blocks"];
    expect(read).toBeLessThan(Number(pages?.all));
    // Half of what a person may wait for is the way there and back.
    expect(plan[0]["Execution Time"]).toBeLessThan(250);
  },
);

describe("ideas like what is typed, among 100,000", () => {
  const said = {
    en: "lamp arm squeak wobble housing",
    uk: "лампа хитається на високому столі",
    ru: "лампа качается на высоком столе",
    zh: "台灯支架在潮湿环境下生锈",
  };

  // Besides what the large world holds in each language, hundreds of the account's ideas and thousands that all customers see
  // say just this: many that match is the slow case.
  beforeAll(async () => {
    const others = Object.values(said).slice(1);
    for (const [at, sentence] of others.entries()) {
      const tokens = tokenise(sentence).replaceAll("'", "");
      await asSuperuser(`begin; set local session_replication_role = replica;
        update ideas set title = '${sentence} ' || right(id::text, 4), search_tokens = '${tokens}' where id in (
          select id from ideas where account_id = '${accounts.metis}' order by id limit 300 offset ${at * 300});
        update shared_ideas set title = '${sentence} ' || right(idea_id::text, 4), search_tokens = '${tokens}' where idea_id in (
          select idea_id from shared_ideas order by idea_id limit 4000 offset ${at * 4_000});
        commit`);
    }
    await asSuperuser("analyze ideas, shared_ideas");
  }, 120_000);

  test.each(Object.entries(said))("are found within 500 ms in %s", async (language, typed) => {
    let best = Infinity;
    let found: Awaited<ReturnType<typeof similarIdeas>> = [];
    // The quickest of three: what else this machine does is not what is measured.
    for (let run = 0; run < 3; run += 1) {
      const from = performance.now();
      found = await similarIdeas(metisOwner, typed, language === "en" ? "The shade of the desk lamp is loose" : "");
      best = Math.min(best, performance.now() - from);
    }
    expect(found.length).toBeGreaterThan(0);
    if (language !== "en") expect(found[0]?.title).toContain(typed);
    expect(best).toBeLessThan(500);
  });
});

test("the session door finds a session without reading a table", async () => {
  const [row] = await asSuperuser<{ body: string }>(`select prosrc as body from pg_proc where proname = 'whoami'`);
  const asked = /return query (.+);/s.exec(row?.body ?? "")?.[1] ?? "";
  const body = asked.replaceAll(/asking_(user|session)/g, `'${metisOwner.userId}'::uuid`);
  const [plan] = await asSuperuser<{ "QUERY PLAN": [{ Plan: Step }] }>(`explain (format json) ${body}`);
  expect(plan?.["QUERY PLAN"].flatMap(({ Plan }) => readsToTheEnd(Plan))).toEqual([]);
});

test("what policies ask of every statement is planned once a connection", async () => {
  const anew = await asSuperuser(`select distinct p.proname from pg_proc p
    join pg_language l on l.oid = p.prolang and l.lanname = 'sql'
    join pg_policies policy on concat(policy.qual, policy.with_check) ~ ('private\\.' || p.proname || '\\(')
    where p.pronamespace = 'private'::regnamespace`);
  expect(anew).toEqual([]);
});

test("the test itself sees a table that is read from end to end", async () => {
  const unindexed: Query = (tx) => tx.selectFrom("ideas").select("id").where("bodyText", "like", "%x%").execute();
  const [plan] = await asActor(designer, (tx) => plansOf(tx, unindexed));
  expect(plan && readsToTheEnd(plan)).toHaveLength(1);
});
