import { sql } from "kysely";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { cleanRichText } from "~/collab/rich-text-clean";
import { plainText } from "~/collab/rich-text-plain";
import { boardRoom, parseRoom } from "~/collab/room";
import type { ClientActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { tokenise } from "~/kernel/search-tokens";
import { adminUrl, asSuperuser } from "../../tests/database";
import {
  accounts,
  admin,
  auditor,
  brixIdea,
  brixOwner,
  designer,
  hanlinEngineer,
  hanlinIdea,
  ideaId,
  manager,
  metisApprover,
  metisIdeas,
  metisOwner,
  metisViewer,
  notesOnlyWords,
  removedMember,
  stifferJoint,
  support,
} from "../../tests/personas";
import { viewBoard } from "./boards.server";
import { portalHome, staffHome } from "./idea-homes.server";
import { listIdeas, listStaffIdeas } from "./idea-lists.server";
import { addComment, addNote } from "./idea-said.server";
import { submitIdea } from "./idea-submissions.server";
import { mentionables, moveStatus, roomAccess, viewIdea, viewStaffIdea } from "./ideas.server";

const all = { q: "", status: null, after: null };
const search = (client: ClientActor, q: string) => listIdeas(client, { ...all, q });
const titles = ({ rows }: { rows: readonly { title: string }[] }) => rows.map(({ title }) => title);
const idea = async (id: string) => (await viewStaffIdea(designer, id, {}))?.idea;

/** Locks an idea's row as somebody else's transaction would, until released. */
async function holdIdea(id: string): Promise<() => Promise<void>> {
  const other = new pg.Client({ connectionString: adminUrl });
  await other.connect();
  await other.query("begin");
  await other.query("select 1 from ideas where id = $1 for update", [id]);
  return async () => {
    await other.query("rollback");
    await other.end();
  };
}

/** How many statements wait for a lock in this file's database. */
const waiting = async () =>
  (
    await asSuperuser<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  )[0]?.n;

describe("another account's idea does not exist", () => {
  test("as a page, in a list, in a search, among people to mention, as a room", async () => {
    expect(await viewIdea(brixOwner, stifferJoint)).toBeUndefined();
    expect(titles(await listIdeas(brixOwner, all))).not.toContain("Stiffer joint");
    expect(titles(await search(brixOwner, "stiffer joint"))).toEqual([]);
    expect(titles(await search(metisOwner, "stiffer joint"))).toEqual(["Stiffer joint"]);
    expect(await mentionables(brixOwner, stifferJoint, "")).toBeUndefined();
    const room = parseRoom(`idea:${stifferJoint}:brief`);
    expect(room && (await roomAccess(brixOwner, room))).toBe("none");
  });

  test("for writing", async () => {
    expect(await addComment(brixOwner, stifferJoint, "hello")).toEqual({ ok: false, why: "not-found" });
    expect(await addComment(metisOwner, brixIdea, "hello")).toEqual({ ok: false, why: "not-found" });
  });

  test("and neither does an idea that nobody made, for staff as well", async () => {
    const nowhere = ideaId(99);
    expect(await viewIdea(metisOwner, nowhere)).toBeUndefined();
    expect(await viewStaffIdea(designer, nowhere, {})).toBeUndefined();
    expect(await addNote(designer, nowhere, "x")).toEqual({ ok: false, why: "not-found" });
    expect(await moveStatus(designer, nowhere, { to: "planned", revision: 1 })).toEqual({
      ok: false,
      why: "not-found",
    });
  });

  test("a removed member sees and writes nothing, whatever their session says", async () => {
    expect(await viewIdea(removedMember, stifferJoint)).toBeUndefined();
    expect((await listIdeas(removedMember, all)).rows).toEqual([]);
    expect((await portalHome(removedMember)).news).toEqual([]);
    await expect(submitIdea(removedMember, { title: "Still here", text: "?" })).rejects.toThrow(/row-level security/);
  });
});

describe("who only reads is refused in words, and changes nothing", () => {
  test("a viewer suggests nothing and comments nowhere, yet sees everything of the account", async () => {
    expect(await submitIdea(metisViewer, { title: "Mine", text: "x" })).toEqual({ ok: false, why: "may-not-submit" });
    expect(await addComment(metisViewer, stifferJoint, "x")).toEqual({ ok: false, why: "may-not-comment" });
    const page = await viewIdea(metisViewer, stifferJoint);
    expect(page).toMatchObject({ mayComment: false, mayEditBrief: false, idea: { title: "Stiffer joint" } });
    expect(page?.comments.rows).toHaveLength(6);
  });

  test("an auditor reads notes and writes none", async () => {
    const page = await viewStaffIdea(auditor, stifferJoint, {});
    expect(page?.notes.rows).toHaveLength(3);
    expect(page).toMatchObject({ mayNote: false, mayComment: false, moves: [] });
    expect(await addNote(auditor, stifferJoint, "x")).toEqual({ ok: false, why: "may-not-note" });
    expect(await addComment(auditor, stifferJoint, "x")).toEqual({ ok: false, why: "may-not-comment" });
  });

  test("support comments and notes, and does not move a status", async () => {
    expect(await moveStatus(support, stifferJoint, { to: "in_work", revision: 3 })).toMatchObject({
      ok: false,
      why: "not-yours-to-move",
    });
    expect((await idea(stifferJoint))?.status).toBe("planned");
  });

  test("each role may do with a brief what it may", async () => {
    const room = parseRoom(`idea:${stifferJoint}:brief`);
    if (!room) throw new Error("no room");
    const people = [metisOwner, metisApprover, metisViewer, designer, support, auditor, removedMember];
    const rights = await Promise.all(people.map((person) => roomAccess(person, room)));
    expect(rights).toEqual(["edit", "edit", "view", "edit", "view", "view", "none"]);
  });

  test("a board is open as the brief is, and what staff draw beside it to staff alone", async () => {
    const people = [metisOwner, metisViewer, brixOwner, designer, support, auditor, removedMember];
    const rights = (part: "board" | "staff-layer") =>
      Promise.all(
        people.map((person) =>
          roomAccess(person, { name: boardRoom(stifferJoint, part), kind: "idea", id: stifferJoint, part }),
        ),
      );
    expect(await rights("board")).toEqual(["edit", "view", "none", "edit", "view", "view", "none"]);
    expect(await rights("staff-layer")).toEqual(["none", "none", "none", "edit", "view", "view", "none"]);
    expect(await viewBoard(brixOwner, stifferJoint)).toBeUndefined();
    expect(await viewBoard(metisViewer, stifferJoint)).toMatchObject({ layer: "board", mayEdit: false, items: [] });
  });
});

describe("internal notes", () => {
  test("are nowhere in what a client's pages are made of, nor is a trace that they were written", async () => {
    await addNote(designer, stifferJoint, "Kallmeier delivers again");
    const found = await search(metisOwner, "Kallmeier");
    const seen = JSON.stringify([
      await portalHome(metisOwner),
      await portalHome(metisViewer),
      await listIdeas(metisOwner, all),
      await viewIdea(metisOwner, stifferJoint),
      await viewIdea(metisOwner, metisIdeas.in_work),
      await viewIdea(metisOwner, metisIdeas.declined),
      await viewIdea(hanlinEngineer, hanlinIdea),
      await viewIdea(brixOwner, brixIdea),
      found,
    ]);
    expect(found.rows).toEqual([]);
    for (const word of [...notesOnlyWords, "idea.noted"]) expect(seen).not.toContain(word);
    const staffSees = JSON.stringify(await viewStaffIdea(designer, stifferJoint, {}));
    expect(staffSees).toContain("Kallmeier delivers again");
  });
});

test("the log of an account tells its people nothing of staff's own, whatever is asked for", async () => {
  const ask = (client: ClientActor) =>
    asActor(client, async (tx) => {
      const names = ["idea.noted", "idea.submitted"];
      const { rows } = await sql<{ name: string; account: string }>`
        select name, account_id as account from events
        where id in (select private.newest_events(${names}::text[], 100))`.execute(tx);
      return new Set(rows.map(({ name, account }) => `${name} ${account}`));
    });
  expect(await ask(metisOwner)).toEqual(new Set([`idea.submitted ${accounts.metis}`]));
  expect(await ask(removedMember)).toEqual(new Set());
});

describe("suggesting an idea", () => {
  test("keeps its text, makes it findable at once and writes down who did it", async () => {
    const made = await submitIdea(hanlinEngineer, {
      title: "台灯自动关闭",
      text: "下班以后\n\n- 十分钟没有人\n- 自动关灯",
    });
    if (!made.ok) throw new Error(made.why);
    const page = await viewIdea(hanlinEngineer, made.id);
    expect(page?.idea).toMatchObject({
      title: "台灯自动关闭",
      status: "new",
      revision: 1,
      author: "陈立伟",
      account: "Hanlin",
    });
    expect(page?.text.body.content.map(({ type }) => type)).toEqual(["paragraph", "bulletList"]);
    expect(page?.text.brief).toEqual(page?.text.body);
    expect(titles(await search(hanlinEngineer, "关灯"))).toEqual(["台灯自动关闭"]);
    const events = await asSuperuser("select name, actor_id, account_id, facts from events where subject_id = $1", [
      made.id,
    ]);
    expect(events).toEqual([
      {
        name: "idea.submitted",
        actor_id: hanlinEngineer.personId,
        account_id: accounts.hanlin,
        facts: { title: "台灯自动关闭", kind: "suggestion" },
      },
    ]);
  });

  test("puts it on top of its author's ideas and of every list it belongs to, and is no news to its author", async () => {
    const made = await submitIdea(brixOwner, { title: "Lamp that folds", text: "For a suitcase." });
    if (!made.ok) throw new Error(made.why);
    const home = await portalHome(brixOwner);
    expect(home.ideas[0]?.id).toBe(made.id);
    expect(home.news.map(({ ideaId }) => ideaId)).not.toContain(made.id);
    expect((await listIdeas(brixOwner, all)).rows[0]?.id).toBe(made.id);
    expect((await listStaffIdeas(designer, { ...all, account: null })).rows[0]?.id).toBe(made.id);
    expect((await staffHome(designer)).unanswered.map(({ id }) => id)).not.toContain(made.id);
  });
});

describe("comments", () => {
  test("are counted, dated and read by both sides", async () => {
    const before = await viewIdea(metisOwner, metisIdeas.new);
    const said = await addComment(metisOwner, metisIdeas.new, "Ще одне: світло має бути теплим.");
    const answered = await addComment(support, metisIdeas.new, "Noted, thank you.");
    expect([said.ok, answered.ok]).toEqual([true, true]);
    const after = await viewIdea(metisViewer, metisIdeas.new);
    expect(after?.idea.commentCount).toBe((before?.idea.commentCount ?? 0) + 2);
    expect(after?.comments.rows.map(({ body, side }) => [body, side]).slice(0, 2)).toEqual([
      ["Noted, thank you.", "staff"],
      ["Ще одне: світло має бути теплим.", "client"],
    ]);
    expect(after && before && after.idea.lastActivityAt > before.idea.lastActivityAt).toBe(true);
    expect((await staffHome(designer)).comments[0]?.body).toBe("Ще одне: світло має бути теплим.");
  });

  test("come twenty at a time, and the older ones lose and repeat none", async () => {
    for (let number = 1; number <= 25; number++) await addComment(brixOwner, brixIdea, `Comment ${number}`);
    const first = await viewIdea(brixOwner, brixIdea);
    const second = await viewIdea(brixOwner, brixIdea, { comments: first?.comments.next ?? null });
    const bodies = [...(first?.comments.rows ?? []), ...(second?.comments.rows ?? [])].map(({ body }) => body);
    expect(first?.comments.rows).toHaveLength(20);
    expect(second?.comments.next).toBeNull();
    expect(bodies).toHaveLength(27);
    expect(bodies.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, index) => `Comment ${25 - index}`));
  });
});

describe("the status", () => {
  test("of two who move it at once one wins, and the other is told who won and where it stands", async () => {
    const id = metisIdeas.under_review;
    const revision = (await idea(id))?.revision ?? 0;
    // Both have read the idea before either may write: the row is held until both wait for it.
    const release = await holdIdea(id);
    const both = Promise.all([
      moveStatus(designer, id, { to: "planned", revision }),
      moveStatus(manager, id, { to: "declined", revision }),
    ]);
    await expect.poll(waiting).toBe(2);
    await release();
    const outcomes = await both;
    const won = outcomes.findIndex(({ ok }) => ok);
    const winner =
      won === 0 ? { name: "Lena Hartmann", status: "planned" } : { name: "Amara Okafor", status: "declined" };
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes[1 - won]).toMatchObject({ why: "moved-meanwhile", mover: winner.name, status: winner.status });
    expect(await idea(id)).toMatchObject({ status: winner.status, revision: revision + 1 });
    const moves = await asSuperuser(
      "select facts from events where subject_id = $1 and name = 'idea.status_changed' order by id desc limit 1",
      [id],
    );
    expect(moves).toEqual([{ facts: { from: "under_review", to: winner.status } }]);
  });

  test("is not moved by who looked at an older revision, even long after", async () => {
    const id = metisIdeas.declined;
    expect(await moveStatus(admin, id, { to: "under_review", revision: 1 })).toMatchObject({
      ok: false,
      why: "moved-meanwhile",
      mover: "Lena Hartmann",
      status: "declined",
    });
  });

  test("has a history told by its own account's log alone", async () => {
    const step = (account: string, seq: number) =>
      asSuperuser(
        `insert into events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side, audience,
           facts, happened_at, prev_hash, hash)
         values ($1, $1, $2, 'idea.status_changed', 'idea', $3, $4, 'client', 'both', '{"to": "done"}', now(),
           sha256(''), sha256(''))`,
        [account, seq, brixIdea, metisOwner.personId],
      );
    const told = async () => (await viewStaffIdea(admin, brixIdea, {}))?.history.rows.length ?? 0;
    const before = await told();
    await step(accounts.metis, 900_001);
    expect(await told()).toBe(before);
    await step(accounts.brix, 900_001);
    expect(await told()).toBe(before + 1);
  });

  test("takes no leap: an idea under review is not done in one step", async () => {
    const { revision = 0 } = (await idea(hanlinIdea)) ?? {};
    expect(await moveStatus(designer, hanlinIdea, { to: "done", revision })).toMatchObject({ why: "no-such-move" });
  });
});

describe("lists", () => {
  test("pages follow each other without a gap or a repetition", async () => {
    const pages: string[][] = [];
    for (let after: string | null = null; pages.length < 5; ) {
      const page: Awaited<ReturnType<typeof listIdeas>> = await listIdeas(metisOwner, { ...all, after });
      pages.push(page.rows.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }
    const [row] = await asSuperuser<{ ids: string[] }>(
      "select array_agg(id order by id desc) as ids from ideas where account_id = $1",
      [accounts.metis],
    );
    expect(pages.map((page) => page.length)).toEqual([20, 5]);
    expect(pages.flat()).toEqual(row?.ids);
  });

  test("a status narrows the list, a search with a status both", async () => {
    const done = await listIdeas(metisOwner, { ...all, status: "done" });
    expect(done.rows).toHaveLength(4);
    expect(new Set(done.rows.map(({ status }) => status))).toEqual(new Set(["done"]));
    expect(titles(await listIdeas(metisOwner, { ...all, q: "base", status: "done" }))).toEqual([
      "Cable that leaves through the base",
    ]);
    expect(titles(await listIdeas(metisOwner, { ...all, q: "base", status: "new" }))).toEqual([
      "Arm lock for trams and ships",
    ]);
  });

  test("staff narrow it to one account; an account that is none has no ideas", async () => {
    const hanlin = await listStaffIdeas(designer, { ...all, account: accounts.hanlin });
    expect(hanlin.account).toBe("Hanlin");
    expect(new Set(hanlin.rows.map(({ account }) => account))).toEqual(new Set(["Hanlin"]));
    expect(await listStaffIdeas(designer, { ...all, account: ideaId(1) })).toMatchObject({
      rows: [],
      next: null,
      account: null,
    });
  });

  test("staff's counts are those of the lists they open", async () => {
    const { counts } = await staffHome(designer);
    for (const { status, count } of counts) {
      expect((await listStaffIdeas(designer, { ...all, status, account: null })).rows).toHaveLength(count);
    }
  });
});

describe("search", () => {
  test("finds words of title, text and brief, in four languages and whatever their endings", async () => {
    expect(titles(await search(metisOwner, "lamp arm wobble"))).toEqual(["Stiffer joint"]);
    expect(titles(await search(metisOwner, "затискачі"))).toEqual(["Затискач для столів 40 мм"]);
    expect(titles(await search(metisOwner, "washers creep"))).toEqual(["Stiffer joint"]);
    expect(titles(await search(hanlinEngineer, "生锈"))).toEqual(["台灯支架在潮湿环境下生锈"]);
    const made = await submitIdea(metisApprover, { title: "Ёмкость для скрепок", text: "На основании лампы." });
    expect(made.ok).toBe(true);
    expect(titles(await search(metisViewer, "емкости"))).toEqual(["Ёмкость для скрепок"]);
  });

  test("words of one question may stand in title and brief", async () => {
    expect(titles(await search(metisOwner, "stiffer washer"))).toEqual(["Stiffer joint"]);
  });

  test("staff find the same over all accounts", async () => {
    const found = await listStaffIdeas(support, { ...all, q: "plum", account: null });
    expect(titles(found)).toEqual(["Autumn colours for the shop window"]);
  });

  test("signs and operators are words or nothing, never an error", async () => {
    for (const q of ["!!!", "a & | b", "'; drop table ideas", "<->", "\\", "%"]) {
      expect((await search(metisOwner, q)).rows).toBeInstanceOf(Array);
    }
    expect((await search(metisOwner, "!!!")).rows).toEqual([]);
  });
});

test("people to mention are the account's and staff, found by any part of their name, and nobody who was removed", async () => {
  const names = async (typed: string) => (await mentionables(metisOwner, stifferJoint, typed))?.map(({ name }) => name);
  expect(await names("левч")).toEqual(["Оксана Левчук"]);
  expect(await names("hart")).toEqual(["Lena Hartmann"]);
  expect(await names("Denys")).toEqual([]);
  expect(await names("Marieke")).toEqual([]);
  expect(await names("%")).toEqual([]);
  expect(await names("ha\u0000rt")).toEqual(["Lena Hartmann"]);
});

test("the demo ideas are stored as the application would have stored them", async () => {
  const rows = await asSuperuser<{ title: string; body: unknown; body_text: string; search_tokens: string }>(
    "select title, body, body_text, search_tokens from ideas where id < $1",
    [ideaId(99)],
  );
  expect(rows).toHaveLength(38);
  for (const row of rows) {
    expect(row.body_text).toBe(plainText(cleanRichText(row.body)));
    expect(row.search_tokens).toBe(tokenise(`${row.title}\n${row.body_text}`));
  }
});
