import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  brixOwner,
  designer,
  hanlinEngineer,
  hanlinIdea,
  metisGuest,
  metisIdeas,
  metisOwner,
  metisViewer,
  revokedGuest,
  stifferJoint,
} from "../../tests/personas";
import type { Actor, ClientActor, StaffActor } from "./actor";
import { asActor } from "./actor-tx.server";
import { recordEvent } from "./events.server";
import { type LiveHub, openLiveHub, type Since } from "./live.server";

type Page = {
  told: string[];
  last: () => string | null;
  ended: boolean;
  leave: () => void;
  now: Actor | null;
};

let hub: LiveHub;
const FRESH: Since = { ms: 0 };

beforeEach(async () => {
  hub = openLiveHub();
  await listening();
});
afterEach(async () => {
  hub.close();
  await expect.poll(listeners).toHaveLength(0);
});

/** A page of somebody, as the hub knows one. */
function open(actor: Actor, since: Since = FRESH): Page {
  let last: string | null = null;
  const page: Page = { told: [], last: () => last, ended: false, leave: () => undefined, now: actor };
  page.leave = hub.open(
    {
      actor,
      holder: actor.side === "guest" ? actor.grantId : actor.personId,
      again: async () => page.now,
      send(text) {
        const data = /^data: (.*)$/m.exec(text)?.[1];
        if (data) page.told.push(...(JSON.parse(data) as { topics: string[] }).topics);
        last = /^id: (.*)$/m.exec(text)?.[1] ?? last;
      },
      end() {
        page.ended = true;
      },
    },
    since,
  );
  return page;
}

const idea = (id: string, accountId: string) => ({ kind: "idea", id, accountId });

function happens(actor: ClientActor | StaffActor, id: string, accountId: string, audience: "both" | "staff" = "both") {
  return asActor(actor, (tx) => recordEvent(tx, actor, "idea.tested", idea(id, accountId), {}, null, audience));
}

const listeners = () =>
  asSuperuser<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'tandem listen' and datname = current_database() and state = 'idle' and query = 'listen \"tandem_access\"'",
  );
const listening = () => expect.poll(listeners, { timeout: 5_000 }).toHaveLength(1);
const hears = (page: Page, topic: string) => expect.poll(() => page.told, { timeout: 2_000 }).toContain(topic);

describe("an open page", () => {
  test("is told what happens in its account, and staff's pages too", async () => {
    const pages = [open(metisViewer), open(designer)];
    await happens(metisOwner, stifferJoint, accounts.metis);
    for (const page of pages) {
      await hears(page, `idea:${stifferJoint}`);
      expect(page.told).toContain("ideas");
    }
  });

  test("of another account is told nothing", async () => {
    const stranger = open(brixOwner);
    const own = open(metisOwner);
    await happens(metisOwner, stifferJoint, accounts.metis);
    await happens(hanlinEngineer, hanlinIdea, accounts.hanlin);
    await hears(own, `idea:${stifferJoint}`);
    expect(stranger.told).toEqual([]);
    expect(own.told).not.toContain(`idea:${hanlinIdea}`);
  });

  test("of a client is not told what only staff may know", async () => {
    const client = open(metisOwner);
    const staff = open(designer);
    await happens(designer, stifferJoint, accounts.metis, "staff");
    await hears(staff, `idea:${stifferJoint}`);
    await happens(designer, hanlinIdea, accounts.hanlin);
    await hears(staff, `idea:${hanlinIdea}`);
    expect(client.told).toEqual([]);
  });

  test("is told of a person's own things alone, and every client of what all share", async () => {
    const [mine, colleague, stranger] = [open(metisOwner), open(metisViewer), open(brixOwner)];
    await asSuperuser("select private.say_live('person', $1, null, 'person')", [metisOwner.personId]);
    await hears(mine, `person:${metisOwner.personId}`);
    await asSuperuser("select private.say_live('idea', $1, null, 'clients')", [hanlinIdea]);
    await hears(stranger, `idea:${hanlinIdea}`);
    expect(colleague.told.filter((topic) => topic.startsWith("person"))).toEqual([]);
    expect(stranger.told).toEqual([`idea:${hanlinIdea}`, "ideas"]);
  });

  test("is told nothing that was rolled back", async () => {
    const page = open(metisOwner);
    const undone = asActor(metisOwner, async (tx) => {
      await recordEvent(tx, metisOwner, "idea.tested", idea(stifferJoint, accounts.metis), {});
      throw new Error("no");
    });
    await expect(undone).rejects.toThrow("no");
    await asSuperuser("select private.say_live('person', $1, null, 'person')", [metisOwner.personId]);
    await hears(page, `person:${metisOwner.personId}`);
    expect(page.told).not.toContain("ideas");
  });
});

describe("a guest's page", () => {
  const own = `idea:${stifferJoint}`;

  test("is told of the one idea that the grant opens, and by its name alone", async () => {
    const page = open(metisGuest);
    await happens(designer, stifferJoint, accounts.metis);
    await hears(page, own);
    expect(new Set(page.told)).toEqual(new Set([own]));
  });

  test("is told nothing of what only staff may know, of other ideas, of people, and of what customers share", async () => {
    const [page, staff] = [open(metisGuest), open(designer)];
    await happens(designer, stifferJoint, accounts.metis, "staff");
    await happens(metisOwner, metisIdeas.done, accounts.metis);
    await happens(hanlinEngineer, hanlinIdea, accounts.hanlin);
    await asSuperuser("select private.say_live('idea', $1, null, 'clients')", [stifferJoint]);
    await asSuperuser("select private.say_live('person', $1, null, 'person')", [metisOwner.personId]);
    // Told last, in the order in which it happened.
    await happens(designer, hanlinIdea, accounts.hanlin, "staff");
    const last = () => staff.told.filter((topic) => topic === `idea:${hanlinIdea}`);
    await expect.poll(last, { timeout: 5_000 }).toHaveLength(2);
    expect(page.told).toEqual([]);
  });

  test("that comes back asks for all it shows, and a new one for what it missed while it was made", async () => {
    const before = open(metisGuest);
    await happens(metisOwner, stifferJoint, accounts.metis);
    await hears(before, own);
    before.leave();
    expect(hub.size()).toBe(0);
    const last = before.last();
    const [back, slow, quick] = [
      open(metisGuest, { event: BigInt(last ?? 0) }),
      open(metisGuest, { ms: 600_000 }),
      open(metisGuest),
    ];
    const lasts = () => [back, slow, quick].map((page) => page.last());
    await expect.poll(lasts, { timeout: 5_000 }).toEqual([last, last, last]);
    expect([back, slow, quick].map((page) => page.told)).toEqual([[own], [own], []]);
  });

  test("ends within a second of its grant being changed, and no other guest's does", async () => {
    const [page, other] = [open(metisGuest), open({ ...metisGuest, grantId: revokedGuest.grantId })];
    await asSuperuser("select pg_notify('tandem_access', json_build_object('grant', $1::text, 'gone', true)::text)", [
      metisGuest.grantId,
    ]);
    await expect.poll(() => page.ended, { timeout: 1_000 }).toBe(true);
    expect(other.ended).toBe(false);
  });
});

describe("a page that comes back", () => {
  test("is told what its reader missed since the event it names, and nothing else", async () => {
    const before = open(metisOwner);
    await happens(metisOwner, stifferJoint, accounts.metis);
    await hears(before, `idea:${stifferJoint}`);
    before.leave();
    await happens(designer, stifferJoint, accounts.metis, "staff");
    await happens(hanlinEngineer, hanlinIdea, accounts.hanlin);
    const nothingNew = open(metisOwner, { event: BigInt(before.last() ?? 0) });
    await expect.poll(() => nothingNew.last()).toBe(before.last());
    expect(nothingNew.told).toEqual([`person:${metisOwner.personId}`, "shared"]);

    await happens(designer, stifferJoint, accounts.metis);
    const back = open(metisOwner, { event: BigInt(before.last() ?? 0) });
    await hears(back, `idea:${stifferJoint}`);
    expect(BigInt(back.last() ?? 0)).toBeGreaterThan(BigInt(before.last() ?? 0));
    expect(back.told).not.toContain(`idea:${hanlinIdea}`);
  });

  test("is told to read everything when too much has happened", async () => {
    for (let time = 0; time < 100; time += 1) await happens(metisOwner, stifferJoint, accounts.metis);
    const page = open(metisOwner, { event: 1n });
    await hears(page, "*");
  });

  test("for the first time is told what happened while it was under way", async () => {
    await happens(metisOwner, stifferJoint, accounts.metis);
    const slow = open(metisViewer, { ms: 5_000 });
    await hears(slow, `idea:${stifferJoint}`);
    const old = open(hanlinEngineer, { ms: 0 });
    await expect.poll(() => old.last()).not.toBeNull();
    expect(old.told).toEqual([]);
  });
});

test("what happens while the connection to the database is cut is told after it, by the same rules", async () => {
  const [own, stranger, staff] = [open(metisOwner), open(brixOwner), open(designer)];
  await happens(metisOwner, stifferJoint, accounts.metis);
  await hears(own, "ideas");
  for (const page of [own, staff]) page.told.length = 0;
  const [line] = await listeners();
  await asSuperuser("select pg_terminate_backend($1, 2000)", [line?.pid]);
  await happens(metisOwner, stifferJoint, accounts.metis);
  await happens(designer, hanlinIdea, accounts.hanlin, "staff");
  await hears(own, `idea:${stifferJoint}`);
  await hears(staff, `idea:${hanlinIdea}`);
  await listening();
  expect((await listeners())[0]?.pid).not.toBe(line?.pid);
  expect(stranger.told.filter((topic) => topic.includes(stifferJoint) || topic.includes(hanlinIdea))).toEqual([]);
  own.told.length = 0;
  await happens(metisOwner, stifferJoint, accounts.metis);
  await hears(own, `idea:${stifferJoint}`);
});

describe("a page whose reader", () => {
  const accessChanged = (person: string) =>
    asSuperuser("select pg_notify('tandem_access', $1)", [JSON.stringify({ person })]);

  test("may not read any more is closed within a second, and only theirs", async () => {
    const [removed, other] = [open(metisOwner), open(metisViewer)];
    removed.now = null;
    await accessChanged(metisOwner.personId);
    await expect.poll(() => removed.ended, { timeout: 1_000 }).toBe(true);
    expect(other.ended).toBe(false);
  });

  test("moved to another account is closed, and one whose role changed stays", async () => {
    const [moved, promoted] = [open(metisOwner), open(metisViewer)];
    moved.now = { ...metisOwner, accountId: accounts.brix };
    promoted.now = { ...metisViewer, role: "member" };
    await accessChanged(metisViewer.personId);
    await accessChanged(metisOwner.personId);
    await expect.poll(() => moved.ended, { timeout: 1_000 }).toBe(true);
    expect(promoted.ended).toBe(false);
  });
});

test("a message that cannot be understood silences nobody", async () => {
  const page = open(metisOwner);
  for (const payload of ["", "{", '{"k":1}', '{"aud":"all"}']) {
    await asSuperuser("select pg_notify('tandem_live', $1)", [payload]);
    await asSuperuser("select pg_notify('tandem_access', $1)", [payload]);
  }
  await happens(metisOwner, stifferJoint, accounts.metis);
  await hears(page, `idea:${stifferJoint}`);
});

test("only what has a reader can be told", async () => {
  for (const [kind, account, audience] of [
    ["Idea!", null, "clients"],
    ["idea", null, "both"],
    ["idea", null, "everybody"],
  ]) {
    await expect(
      asSuperuser("select private.say_live($1, $2, $3, $4)", [kind, stifferJoint, account, audience]),
    ).rejects.toThrow("cannot be told");
  }
});
