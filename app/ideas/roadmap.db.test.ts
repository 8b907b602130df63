import { describe, expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { LOCALES } from "~/kernel/locale";
import { asSuperuser } from "../../tests/database";
import { auditor, designer, hanlinIdea, ideaId, metisIdeas, stifferJoint, support } from "../../tests/personas";
import { discardDraft, publicRoadmap, writeRoadmap, writtenFor, writtenRoadmap } from "./roadmap.server";

const typed = { what: "save", revision: 0, titles: { en: "A quieter relay" }, texts: {} } as const;
const titles = async () => (await publicRoadmap("en")).map(({ title }) => title);

describe("the public roadmap", () => {
  test("shows what is published and nothing else, never a customer's words, name or id", async () => {
    const shown = JSON.stringify(await Promise.all(LOCALES.map(publicRoadmap)));
    expect(await titles()).toContain("A stiffer joint for long arms");
    for (const hidden of [
      "Power by USB-C",
      "Joints that do not rust",
      "Metis",
      "Hanlin",
      "Brix",
      "Stiffer joint",
      stifferJoint,
    ]) {
      expect(shown).not.toContain(hidden);
    }
  });

  test("stands in each language, in English where nobody wrote it", async () => {
    const uk = await publicRoadmap("uk");
    expect(uk.map(({ title }) => title)).toContain("Жорсткіший шарнір для довгих плечей");
    const clamp = (await publicRoadmap("ru")).find(({ title }) => title === "A clamp for thicker desks");
    expect(clamp).toMatchObject({
      language: "en",
      kind: "intent",
      words: "The clamp shall hold desktops up to 40 mm.",
    });
  });

  test("moves an entry with its idea, and shows none that was declined", async () => {
    const kind = async () =>
      (await publicRoadmap("en")).find(({ title }) => title === "A stiffer joint for long arms")?.kind;
    expect(await kind()).toBe("intent");
    await asSuperuser("update ideas set status = 'under_review' where id = $1", [stifferJoint]);
    expect(await kind()).toBe("signal");
    await asSuperuser("update ideas set status = 'declined' where id = $1", [stifferJoint]);
    expect(await kind()).toBeUndefined();
    await asSuperuser("update ideas set status = 'planned' where id = $1", [stifferJoint]);
  });
});

describe("words for the roadmap", () => {
  test("are published and taken back by those who decide about ideas, and the log says so to staff", async () => {
    const id = ideaId(10);
    expect(await writeRoadmap(designer, id, typed)).toEqual({ ok: true });
    expect(await titles()).not.toContain("A quieter relay");
    const entry = await writtenFor(designer, id);
    expect(entry).toMatchObject({ revision: 1, publishedAt: null });
    expect(await writeRoadmap(designer, id, { ...typed, what: "publish", revision: 1 })).toEqual({ ok: true });
    expect(await titles()).toContain("A quieter relay");
    expect(await writeRoadmap(designer, id, { ...typed, what: "unpublish", revision: 2 })).toEqual({ ok: true });
    expect(await titles()).not.toContain("A quieter relay");
    const told = await asSuperuser<{ name: string; audience: string }>(
      "select name, audience from events where subject_id = $1 and name like '%roadmap' order by id",
      [id],
    );
    expect(told).toEqual([
      { name: "idea.put_on_roadmap", audience: "staff" },
      { name: "idea.taken_off_roadmap", audience: "staff" },
    ]);
  });

  test("are thrown away while nobody reads them, as they were seen, and never what is published", async () => {
    const id = ideaId(11);
    expect(await writeRoadmap(designer, id, typed)).toEqual({ ok: true });
    expect(await discardDraft(support, id, 1)).toEqual({ ok: false, why: "may-not" });
    expect(await discardDraft(designer, id, 7)).toEqual({ ok: false, why: "stale", theirs: "A quieter relay" });
    expect(await writeRoadmap(designer, id, { ...typed, what: "publish", revision: 1 })).toEqual({ ok: true });
    expect(await discardDraft(designer, id, 2)).toMatchObject({ why: "stale" });
    const forced = asActor(designer, async (tx) => {
      const { numDeletedRows } = await tx.deleteFrom("roadmapEntries").where("ideaId", "=", id).executeTakeFirst();
      return numDeletedRows;
    });
    expect(await forced).toBe(0n);
    expect(await writeRoadmap(designer, id, { ...typed, what: "unpublish", revision: 2 })).toEqual({ ok: true });
    expect(await discardDraft(designer, id, 3)).toEqual({ ok: true });
    expect(await writtenFor(designer, id)).toMatchObject({ revision: 0 });
    expect(await discardDraft(designer, id, 3)).toEqual({ ok: false, why: "not-found" });
  });

  test("that a colleague changed meanwhile are not written over", async () => {
    const outcome = await writeRoadmap(designer, metisIdeas.under_review, { ...typed, revision: 7 });
    expect(outcome).toEqual({ ok: false, why: "stale", theirs: "Warmer light in the evening" });
    expect(await writeRoadmap(designer, metisIdeas.under_review, typed)).toMatchObject({ why: "stale" });
  });

  test("are not for those who do not decide, nor for ideas that are not there", async () => {
    for (const person of [support, auditor]) {
      expect(await writeRoadmap(person, ideaId(8), typed)).toEqual({ ok: false, why: "may-not" });
    }
    expect(await writeRoadmap(designer, ideaId(99), typed)).toEqual({ ok: false, why: "not-found" });
    expect((await writtenRoadmap(auditor)).map(({ ideaId: id }) => id)).toContain(hanlinIdea);
  });
});
