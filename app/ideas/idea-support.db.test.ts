import pg from "pg";
import { describe, expect, test } from "vitest";
import type { ClientActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { adminUrl, asSuperuser } from "../../tests/database";
import {
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
  removedMember,
  stifferJoint,
  support as supportStaff,
} from "../../tests/personas";
import { mergeIdeas, setVisibility, unmergeIdeas } from "./idea-care.server";
import { addComment } from "./idea-said.server";
import { follow, giveEvidence, support, supportOnBehalf, withdraw, withdrawOnBehalf } from "./idea-support.server";
import { viewIdea, viewSharedIdea, viewStaffIdea } from "./ideas.server";

/** Metis' idea, which no other account sees. */
const privateIdea = metisIdeas.in_work;
const OK = { ok: true };
const NOT_FOUND = { ok: false, why: "not-found" };

const seen = async (id: string) => {
  const page = await viewStaffIdea(designer, id);
  if (!page) throw new Error("no such idea");
  return page;
};
const counts = async (id: string) => {
  const { idea } = await seen(id);
  return [idea.supportAccounts, idea.supportPeople];
};
const revisionOf = async (id: string) => (await seen(id)).idea.revision;

describe("support", () => {
  test("of another account counts an account, a colleague's counts a person only", async () => {
    expect(await counts(stifferJoint)).toEqual([1, 1]);
    expect(await support(metisOwner, stifferJoint)).toEqual(OK);
    expect(await counts(stifferJoint)).toEqual([2, 2]);
    expect(await support(metisApprover, stifferJoint)).toEqual(OK);
    expect(await counts(stifferJoint)).toEqual([2, 3]);
    expect(await withdraw(metisOwner, stifferJoint)).toEqual(OK);
    expect(await counts(stifferJoint)).toEqual([2, 2]);
    expect(await withdraw(metisApprover, stifferJoint)).toEqual(OK);
    expect(await counts(stifferJoint)).toEqual([1, 1]);
  });

  test("pressed by two clicks at once counts once, and two people at once count two", async () => {
    await Promise.all([
      support(metisOwner, privateIdea),
      support(metisOwner, privateIdea),
      withdraw(metisApprover, privateIdea),
    ]);
    expect(await counts(privateIdea)).toEqual([1, 1]);
    await Promise.all([
      support(metisApprover, hanlinShared),
      support(metisOwner, hanlinShared),
      support(brixOwner, hanlinShared),
    ]);
    expect(await counts(hanlinShared)).toEqual([3, 4]);
  });

  test("with words and a reason is told to its own account and to staff alone", async () => {
    await giveEvidence(hanlinEngineer, metisShared, { words: "Nanshan tower, 40 floors", uploads: [] });
    const ofHanlin = await viewSharedIdea(hanlinEngineer, metisShared);
    expect(ofHanlin?.evidence.rows[0]).toMatchObject({ comment: "Nanshan tower, 40 floors", mine: true });
    const ofMetis = JSON.stringify(await viewIdea(metisOwner, metisShared));
    expect(ofMetis).not.toContain("Nanshan");
    expect(ofMetis).not.toContain("Hanlin");
    expect(JSON.stringify(await viewSharedIdea(brixOwner, metisShared))).not.toContain("Nanshan");
    expect(JSON.stringify((await seen(metisShared)).evidence)).toContain("Nanshan tower, 40 floors");
  });

  test("is refused to who only reads, and does not exist for who does not see the idea", async () => {
    expect(await support(metisViewer, privateIdea)).toEqual({ ok: false, why: "may-not" });
    for (const stranger of [brixOwner, hanlinEngineer, removedMember]) {
      expect(await support(stranger, privateIdea)).toEqual(NOT_FOUND);
      expect(await withdraw(stranger, privateIdea)).toEqual(NOT_FOUND);
      expect(await giveEvidence(stranger, privateIdea, { words: "x", uploads: [] })).toEqual(NOT_FOUND);
      expect(await follow(stranger, privateIdea, true)).toEqual(NOT_FOUND);
    }
  });

  test("with a file that is nobody's is not kept at all", async () => {
    const before = await counts(ideaId(22));
    const outcome = await giveEvidence(metisOwner, ideaId(22), { words: "x", uploads: [ideaId(99)] });
    expect(outcome).toEqual({ ok: false, why: "files-gone" });
    expect(await counts(ideaId(22))).toEqual(before);
  });
});

/** Shared by their accounts with all customers. */
const metisShared = ideaId(14);
const hanlinShared = ideaId(26);

describe("support on behalf", () => {
  const heard = { account: "brix", person: null, source: "call", saidOn: "2026-11-02", words: "Said twice" } as const;

  test("counts the account with its source, once, until it is taken back", async () => {
    expect(await supportOnBehalf(manager, privateIdea, heard)).toEqual(OK);
    expect(await supportOnBehalf(manager, privateIdea, heard)).toEqual({ ok: false, why: "already" });
    const one = (await seen(privateIdea)).evidence.rows.find(({ account }) => account === "Brix");
    expect(one).toMatchObject({
      source: "call",
      saidOn: "2026-11-02",
      comment: "Said twice",
      onBehalfBy: "Amara Okafor",
    });
    expect(await withdrawOnBehalf(manager, privateIdea, one?.id ?? "")).toEqual(OK);
    expect((await seen(privateIdea)).evidence.rows.filter(({ account }) => account === "Brix")).toEqual([]);
  });

  test("of a person leaves them free to support by themselves, with evidence of their own, and counts them once", async () => {
    const id = metisIdeas.under_review;
    const ofOwner = { ...heard, account: "Metis", person: "owner@metis.example" };
    expect(await supportOnBehalf(manager, id, ofOwner)).toEqual(OK);
    const before = await counts(id);
    const theirs = async () => (await seen(id)).evidence.rows.filter(({ person }) => person === "Оксана Левчук");
    expect((await viewIdea(metisOwner, id))?.idea.mySupport).toBeNull();
    // Nothing of their own is there to take back, and staff's record stays what it was.
    expect(await withdraw(metisOwner, id)).toEqual(OK);
    expect(await theirs()).toMatchObject([{ comment: "Said twice", source: "call" }]);
    expect(await giveEvidence(metisOwner, id, { words: "In my own words", uploads: [] })).toEqual(OK);
    expect(await theirs()).toMatchObject([{ comment: "In my own words", source: null, onBehalfBy: null }]);
    expect(await counts(id)).toEqual(before);
    const kept = await asSuperuser(
      "select comment, withdrawn_at is null as stands from idea_support where idea_id = $1 and on_behalf_by is not null and account_id = $2",
      [id, metisOwner.accountId],
    );
    expect(kept).toEqual([{ comment: "Said twice", stands: false }]);
    expect(await withdraw(metisOwner, id)).toEqual(OK);
    expect(await counts(id)).toEqual([before[0], (before[1] ?? 0) - 1]);
  });

  test("of a person cannot be rewritten by them, whatever they send", async () => {
    const id = metisIdeas.done;
    await supportOnBehalf(manager, id, { ...heard, account: "Metis", person: "owner@metis.example" });
    const changed = await asActor(metisOwner, (tx) =>
      tx.updateTable("ideaSupport").set({ comment: "Never said" }).where("ideaId", "=", id).executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(0n);
  });

  test("of an idea that its account does not see tells that account nothing", async () => {
    await supportOnBehalf(manager, ideaId(22), { ...heard, words: "Kruislaan shop" });
    expect(await viewIdea(brixOwner, ideaId(22))).toBeUndefined();
    expect(await viewSharedIdea(brixOwner, ideaId(22))).toBeUndefined();
    expect(JSON.stringify(await viewIdea(metisOwner, ideaId(22)))).not.toMatch(/Kruislaan|Brix/);
    const lines = await asSuperuser("select audience from events where subject_id = $1 and facts ? 'source'", [
      ideaId(22),
    ]);
    expect(lines).toEqual([{ audience: "staff" }]);
  });

  test("is for designers, managers and admins; names nobody who is not there", async () => {
    expect(await supportOnBehalf(supportStaff, privateIdea, heard)).toEqual({ ok: false, why: "may-not" });
    expect(await supportOnBehalf(auditor, privateIdea, heard)).toEqual({ ok: false, why: "may-not" });
    expect(await supportOnBehalf(designer, privateIdea, { ...heard, account: "Nobody" })).toMatchObject({
      why: "no-such-account",
    });
    const stranger = { ...heard, person: "owner@metis.example" };
    expect(await supportOnBehalf(designer, privateIdea, stranger)).toMatchObject({ why: "no-such-person" });
  });
});

describe("an idea shared with all customers", () => {
  test("shows other accounts what it says and who counts, and nothing of whose it is", async () => {
    const page = await viewSharedIdea(brixOwner, stifferJoint);
    expect(page?.shared).toMatchObject({ title: "Stiffer joint", status: "planned" });
    const bytes = JSON.stringify(page);
    for (const word of [
      "Metis",
      "Hnatiuk",
      "Левчук",
      "washer",
      "batch 26-03",
      "Kallmeier",
      "Lena",
      metisOwner.accountId,
    ]) {
      expect(bytes).not.toContain(word);
    }
    expect(await viewIdea(brixOwner, stifferJoint)).toBeUndefined();
    expect(await viewSharedIdea(removedMember, stifferJoint)).toBeUndefined();
  });

  test("is gone for the others at once when it is taken back, and their support stays counted", async () => {
    const id = ideaId(15);
    expect(await counts(id)).toEqual([3, 3]);
    await follow(hanlinEngineer, id, true);
    const back = { to: "account", revision: await revisionOf(id) } as const;
    expect(await setVisibility(metisApprover, id, back)).toEqual({ ok: false, why: "may-not" });
    expect(await setVisibility(metisOwner, id, { ...back, revision: 1 })).toEqual({
      ok: false,
      why: "changed-meanwhile",
    });
    expect(await setVisibility(metisOwner, id, back)).toEqual(OK);
    expect(await viewSharedIdea(hanlinEngineer, id)).toBeUndefined();
    expect(await support(brixOwner, id)).toEqual(NOT_FOUND);
    expect(await counts(id)).toEqual([3, 3]);
    const followers = await asSuperuser<{ n: number }>(
      "select count(*)::int as n from idea_followers where idea_id = $1 and person_id = $2",
      [id, hanlinEngineer.personId],
    );
    expect(followers).toEqual([{ n: 0 }]);
  });

  test("is shared by its author, an owner or staff who shape, never by another account", async () => {
    const mine = { to: "all_customers", revision: await revisionOf(brixIdea) } as const;
    expect(await setVisibility(metisOwner, brixIdea, mine)).toEqual(NOT_FOUND);
    expect(await setVisibility(supportStaff, brixIdea, mine)).toEqual({ ok: false, why: "may-not" });
    expect(await setVisibility(brixOwner, brixIdea, mine)).toEqual(OK);
    expect((await viewSharedIdea(metisViewer, brixIdea))?.shared.title).toBe("Autumn colours for the shop window");
    expect(await setVisibility(designer, brixIdea, { to: "account", revision: await revisionOf(brixIdea) })).toEqual(
      OK,
    );
    expect(await viewSharedIdea(metisViewer, brixIdea)).toBeUndefined();
  });
});

describe("merging", () => {
  const source = hanlinIdea;
  const target = metisIdeas.under_review;
  const both = async () => ({
    source: { id: source, revision: await revisionOf(source) },
    target: { id: target, revision: await revisionOf(target) },
  });
  const rowsOf = (id: string) =>
    asSuperuser(
      "select title, status, visibility, owner_id, merged_into, comment_count, support_accounts, support_people from ideas where id = $1",
      [id],
    );

  test("counts supporters once, and taking it back restores both exactly", async () => {
    await support(metisOwner, target);
    const before = [await rowsOf(source), await rowsOf(target)];
    const ids = await both();
    expect(await mergeIdeas(designer, ids.source, ids.target)).toEqual(OK);
    // Metis twice (two people), Hanlin once on behalf of one.
    expect(await counts(target)).toEqual([2, 3]);
    expect(await counts(source)).toEqual([1, 1]);
    await support(hanlinEngineer, source);
    expect(await counts(target)).toEqual([2, 3]);
    const again = { id: source, revision: await revisionOf(source) };
    expect(await unmergeIdeas(manager, again)).toEqual(OK);
    expect([await rowsOf(source), await rowsOf(target)]).toEqual(before);
  });

  test("shows each side its own page with the other's status, and neither learns of the other account", async () => {
    const ids = await both();
    await mergeIdeas(designer, ids.source, ids.target);
    const page = await viewIdea(hanlinEngineer, source);
    expect(page?.together).toEqual({ status: "under_review", id: null, title: null });
    expect(page?.idea.title).toBe("台灯支架在潮湿环境下生锈");
    expect(JSON.stringify(page)).not.toMatch(/Metis|Тепліше/);
    const other = JSON.stringify(await viewIdea(metisOwner, target));
    expect(other).not.toMatch(/Hanlin|陈立伟|台灯支架/);
    const seenByStaff = await seen(target);
    expect(seenByStaff.care.mergedHere.map(({ id }) => id)).toEqual([source]);
    await unmergeIdeas(designer, { id: source, revision: await revisionOf(source) });
  });

  test("of two who merge at once one wins, and what was merged is not merged again", async () => {
    const ids = await both();
    const third = { id: ideaId(28), revision: await revisionOf(ideaId(28)) };
    const outcomes = await Promise.all([
      mergeIdeas(designer, ids.source, ids.target),
      mergeIdeas(manager, ids.target, ids.source),
      mergeIdeas(manager, ids.source, third),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const { rows } = await merged();
    expect(rows).toHaveLength(1);
    for (const { id, revision } of rows) await unmergeIdeas(designer, { id, revision });
  });

  test("is for designers, managers and admins, who quote what they saw", async () => {
    const ids = await both();
    expect(await mergeIdeas(supportStaff, ids.source, ids.target)).toEqual({ ok: false, why: "may-not" });
    expect(await mergeIdeas(designer, { ...ids.source, revision: 99 }, ids.target)).toEqual({
      ok: false,
      why: "changed-meanwhile",
    });
    expect(await mergeIdeas(designer, ids.source, ids.source)).toEqual({ ok: false, why: "same" });
    expect(await unmergeIdeas(designer, ids.source)).toEqual({ ok: false, why: "not-merged" });
  });

  /** The ideas of this block that are merged now. */
  async function merged() {
    const database = new pg.Client({ connectionString: adminUrl });
    await database.connect();
    const result = await database.query<{ id: string; revision: number }>(
      "select id, revision from ideas where merged_into is not null and id = any ($1)",
      [[source, target, ideaId(28)]],
    );
    await database.end();
    return result;
  }
});

test("who is told of an idea is told once, through the page they know", async () => {
  const watchers = await asSuperuser<{ person_id: string; idea_id: string }>(
    "select * from private.idea_watchers($1)",
    [ideaId(9)],
  );
  const of = ({ personId }: ClientActor) => watchers.filter(({ person_id }) => person_id === personId);
  // Merged in the demo world: Hanlin knows its own idea, and reads there what is said of that one.
  expect(of(hanlinEngineer)).toMatchObject([{ idea_id: ideaId(36) }]);
  expect(of(metisApprover)).toMatchObject([{ idea_id: ideaId(9) }]);
  expect(of(brixOwner)).toEqual([]);
});

test("what stays private of a shared idea tells other accounts' open pages nothing; what they see of it does", async () => {
  const heard: string[] = [];
  const listener = new pg.Client({ connectionString: adminUrl });
  await listener.connect();
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.query("listen tandem_live");
  const toClients = async () => {
    await listener.query("select 1");
    return heard.splice(0).filter((payload) => payload.includes('"clients"'));
  };
  await addComment(metisOwner, metisShared, "Between us and the maker");
  await asSuperuser("update ideas set brief_tokens = 'secret', last_activity_at = now() where id = $1", [metisShared]);
  expect(await toClients()).toEqual([]);
  await support(brixOwner, metisShared);
  expect((await toClients()).length).toBeGreaterThan(0);
  await listener.end();
});
