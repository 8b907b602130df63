import { describe, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  admin,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  ideaId,
  manager,
  metisApprover,
  metisIdeas,
  metisOwner,
  metisViewer,
  removedMember,
} from "../../tests/personas";
import { setOwner, setTags } from "./idea-care.server";
import { addComment, addNote, editSaid, react, takeBack } from "./idea-said.server";
import { addStatus, bringBackStatus, editStatus, listStatuses, retireStatus } from "./idea-statuses.server";
import { mentionables, viewIdea, viewStaffIdea } from "./ideas.server";

const idea = metisIdeas.in_work;
const NOT_FOUND = { ok: false, why: "not-found" };

async function said(who: typeof metisOwner | typeof designer, words: string): Promise<string> {
  const outcome = await addComment(who, idea, words);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.id;
}
const newest = async () => (await viewIdea(metisOwner, idea))?.comments.rows[0];
const age = (table: string, id: string) =>
  asSuperuser(`update ${table} set created_at = now() - interval '16 minutes' where id = $1`, [id]);

describe("what was said", () => {
  test("calls people by their names and keeps their ids; who may not read it is not called", async () => {
    const id = await said(metisOwner, "@Lena Hartmann, @Taras Hnatiuk and @Marieke Vos, please look");
    const [row] = await asSuperuser("select body, mentions from idea_comments where id = $1", [id]);
    expect(row).toEqual({
      body: `@{${designer.personId}}, @{${metisApprover.personId}} and @Marieke Vos, please look`,
      mentions: expect.arrayContaining([designer.personId, metisApprover.personId]),
    });
    expect((await newest())?.mentions).toEqual({
      [designer.personId]: "Lena Hartmann",
      [metisApprover.personId]: "Taras Hnatiuk",
    });
    const [event] = await asSuperuser<{ facts: { mentions: string[] } }>(
      "select facts from events where name = 'idea.commented' and facts ->> 'comment' = $1",
      [id],
    );
    expect(event?.facts.mentions.sort()).toEqual([designer.personId, metisApprover.personId].sort());
  });

  test("is corrected and taken back by its author alone, for a quarter of an hour", async () => {
    const target = { place: "comment", ideaId: idea, id: await said(metisOwner, "Forty milimetres") } as const;
    for (const other of [metisApprover, designer]) {
      expect(await editSaid(other, target, "x")).toEqual({ ok: false, why: "may-not" });
      expect(await takeBack(other, target)).toEqual({ ok: false, why: "may-not" });
    }
    for (const stranger of [brixOwner, removedMember]) expect(await editSaid(stranger, target, "x")).toEqual(NOT_FOUND);
    expect(await editSaid(metisOwner, target, "Forty millimetres")).toEqual({ ok: true });
    expect(await newest()).toMatchObject({ body: "Forty millimetres", editedAt: expect.any(Date), changeable: true });
    await age("idea_comments", target.id);
    expect(await editSaid(metisOwner, target, "Fifty")).toEqual({ ok: false, why: "too-late" });
    expect(await takeBack(metisOwner, target)).toEqual({ ok: false, why: "too-late" });
    expect(await newest()).toMatchObject({ body: "Forty millimetres", changeable: false });
  });

  test("is gone when it was taken back, and counted no more", async () => {
    const before = (await viewIdea(metisOwner, idea))?.idea.commentCount;
    const id = await said(designer, "Wrong window, sorry");
    expect(await takeBack(designer, { place: "comment", ideaId: idea, id })).toEqual({ ok: true });
    const page = await viewIdea(metisOwner, idea);
    expect(page?.idea.commentCount).toBe(before);
    expect(JSON.stringify(page)).not.toContain("Wrong window");
  });

  test("gets each reaction of a person once, and loses it when it is given again", async () => {
    const target = {
      place: "comment",
      ideaId: idea,
      id: await said(designer, "Ten samples are on their way"),
    } as const;
    await react(metisOwner, target, "thanks");
    await react(metisApprover, target, "thanks");
    await Promise.all([react(manager, target, "great"), react(manager, target, "agree")]);
    expect((await newest())?.reactions).toEqual([
      { reaction: "agree", names: ["Amara Okafor"], mine: false },
      { reaction: "thanks", names: ["Оксана Левчук", "Taras Hnatiuk"], mine: true },
      { reaction: "great", names: ["Amara Okafor"], mine: false },
    ]);
    await react(metisOwner, target, "thanks");
    expect((await newest())?.reactions[1]).toEqual({ reaction: "thanks", names: ["Taras Hnatiuk"], mine: false });
    expect(await react(metisViewer, target, "agree")).toEqual({ ok: false, why: "may-not" });
    expect(await react(auditor, target, "agree")).toEqual({ ok: false, why: "may-not" });
    expect(await react(hanlinEngineer, target, "agree")).toEqual(NOT_FOUND);
  });
});

describe("internal notes", () => {
  test("call staff alone, are corrected like comments, and reach no client by any of that", async () => {
    const made = await addNote(designer, idea, "@Amara Okafor ask @Taras Hnatiuk about Quenzel");
    if (!made.ok) throw new Error(made.why);
    const target = { place: "note", ideaId: idea, id: made.id } as const;
    expect(await react(manager, target, "looking")).toEqual({ ok: true });
    expect(await editSaid(designer, target, "@Amara Okafor, ask about Quenzel GmbH")).toEqual({ ok: true });
    const note = (await viewStaffIdea(admin, idea))?.notes.rows[0];
    expect(note).toMatchObject({
      mentions: { [manager.personId]: "Amara Okafor" },
      reactions: [{ reaction: "looking", names: ["Amara Okafor"], mine: false }],
    });
    for (const client of [metisOwner, brixOwner]) {
      expect(await react(client, target, "agree")).toEqual(NOT_FOUND);
      expect(await editSaid(client, target, "x")).toEqual(NOT_FOUND);
      expect(await takeBack(client, target)).toEqual(NOT_FOUND);
    }
    expect(JSON.stringify(await viewIdea(metisOwner, idea))).not.toMatch(/Quenzel|looking|idea.note/);
    const lines = await asSuperuser<{ audience: string }>(
      "select distinct audience from events where facts ->> 'note' = $1",
      [made.id],
    );
    expect(lines).toEqual([{ audience: "staff" }]);
    expect((await mentionables(designer, idea, "Taras", "staff"))?.length).toBe(0);
  });

  test("tags and owner are staff's: no client's page holds them", async () => {
    const revision = (await viewStaffIdea(designer, idea))?.idea.revision ?? 0;
    expect(await setTags(designer, idea, ["Zirconium", "mechanics"])).toEqual({ ok: true });
    expect(await setOwner(designer, idea, { owner: manager.personId, revision })).toEqual({ ok: true });
    expect(await setOwner(manager, idea, { owner: null, revision })).toEqual({ ok: false, why: "changed-meanwhile" });
    const page = await viewStaffIdea(auditor, idea);
    expect(page?.care).toMatchObject({ tags: ["mechanics", "Zirconium"], owner: { name: "Amara Okafor" } });
    expect(page?.history.rows.slice(0, 2)).toMatchObject([
      { name: "idea.owner_changed", from: "Paolo Ricci", to: "Amara Okafor", who: "Lena Hartmann" },
      { name: "idea.tagged", what: "+ Zirconium" },
    ]);
    expect(JSON.stringify(await viewIdea(metisOwner, idea))).not.toMatch(/Zirconium|owner_changed|tagged/);
    expect(await setTags(auditor, idea, [])).toEqual({ ok: false, why: "may-not" });
  });
});

describe("statuses", () => {
  const names = (en: string) => ({ en, uk: `${en} uk`, ru: `${en} ru`, zh: `${en} zh` });
  const find = async (id: string) => {
    const status = (await listStatuses(admin)).find((one) => one.id === id);
    if (!status) throw new Error(`no status ${id}`);
    return status;
  };

  test("are added, renamed in four languages and reordered by admins, and by nobody else", async () => {
    const wanted = { names: names("On hold"), kind: "signal", position: 25 } as const;
    expect(await addStatus(designer, wanted)).toEqual({ ok: false, why: "may-not" });
    expect(await addStatus(admin, wanted)).toEqual({ ok: true });
    const { revision } = await find("on_hold");
    const change = { ...wanted, id: "on_hold", revision, names: names("Parked"), position: 15 };
    expect(await editStatus(admin, change)).toEqual({ ok: true });
    expect(await editStatus(admin, change)).toEqual({ ok: false, why: "changed-meanwhile" });
    expect((await listStatuses(admin)).map(({ id }) => id).slice(0, 3)).toEqual(["new", "on_hold", "under_review"]);
    expect((await find("on_hold")).names.zh).toBe("Parked zh");
  });

  test("are told apart by their names in every language", async () => {
    const wanted = { names: { ...names("Waiting"), uk: "розглядаємо" }, kind: "signal", position: 27 } as const;
    const reviewed = (await find("under_review")).names;
    expect(reviewed.uk).toBe("Розглядаємо");
    expect(await addStatus(admin, wanted)).toEqual({ ok: false, why: "name-taken", languages: ["uk"] });
    expect(await addStatus(admin, { ...wanted, names: names("Waiting") })).toEqual({ ok: true });
    const { revision } = await find("waiting");
    const change = { ...wanted, id: "waiting", revision };
    expect(await editStatus(admin, { ...change, names: reviewed })).toMatchObject({
      languages: ["en", "uk", "ru", "zh"],
    });
    expect(await editStatus(admin, { ...change, names: names("Waiting") })).toEqual({ ok: true });
  });

  test("are retired with a replacement, and every idea there says so in its history", async () => {
    const { revision } = await find("in_work");
    expect(await retireStatus(admin, { id: "in_work", instead: "in_work", revision })).toMatchObject({
      why: "no-replacement",
    });
    expect(await retireStatus(manager, { id: "in_work", instead: "planned", revision })).toMatchObject({
      why: "may-not",
    });
    expect(await retireStatus(admin, { id: "in_work", instead: "planned", revision })).toEqual({ ok: true });
    const page = await viewIdea(metisOwner, idea);
    expect(page?.idea.status).toBe("planned");
    expect(page?.history.rows[0]).toMatchObject({ name: "idea.status_changed", from: "in_work", to: "planned" });
    expect((await viewStaffIdea(designer, ideaId(15)))?.moves).not.toContain("in_work");
  });

  test("come back into use by an admin, once, unless one in use took their name; their ideas stay where they went", async () => {
    await addStatus(admin, { names: names("Trial"), kind: "signal", position: 28 });
    const retired = await retireStatus(admin, { ...(await find("trial")), instead: "planned" });
    expect(retired).toEqual({ ok: true });
    const seen = await find("trial");
    expect(await bringBackStatus(designer, seen)).toEqual({ ok: false, why: "may-not" });
    await addStatus(admin, { names: names("TRIAL"), kind: "signal", position: 29 });
    const namesake = (await listStatuses(admin)).find(({ names }) => names.en === "TRIAL");
    if (!namesake) throw new Error("no status TRIAL");
    expect(await bringBackStatus(admin, seen)).toEqual({ ok: false, why: "name-in-use" });
    await editStatus(admin, { ...namesake, names: names("Attempt") });
    expect(await bringBackStatus(admin, { ...seen, revision: seen.revision - 1 })).toMatchObject({
      why: "changed-meanwhile",
    });
    expect(await bringBackStatus(admin, seen)).toEqual({ ok: true });
    expect(await find("trial")).toMatchObject({ retired: false, names: names("Trial"), position: 28 });
    expect(await bringBackStatus(admin, await find("trial"))).toMatchObject({ why: "changed-meanwhile" });
    expect((await viewStaffIdea(designer, ideaId(15)))?.moves).toContain("trial");
  });

  test("the last of kind new cannot go, not even by two admins at once", async () => {
    const { revision } = await find("new");
    expect(await retireStatus(admin, { id: "new", instead: "planned", revision })).toMatchObject({ why: "last-new" });
    const one = await find("new");
    const to = { ...one, kind: "signal" } as const;
    expect(await editStatus(admin, to)).toEqual({ ok: false, why: "last-new" });
    await addStatus(admin, { names: names("Arrived"), kind: "new", position: 5 });
    const other = await find("arrived");
    const outcomes = await Promise.all([
      retireStatus(admin, { id: "new", instead: "planned", revision: one.revision }),
      retireStatus(admin, { id: "arrived", instead: "planned", revision: other.revision }),
    ]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
