import { beforeAll, expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import { brixOwner, hanlinEngineer, metisOwner, removedMember, stifferJoint } from "../../tests/personas";
import { similarIdeas } from "./idea-similars.server";
import { submitIdea } from "./idea-submissions.server";

const titles = async (who: Parameters<typeof similarIdeas>[0], typed: string) =>
  (await similarIdeas(who, typed)).map(({ title }) => title);

test("a wobbling lamp arm finds the stiffer joint first, though neither word stands in its title", async () => {
  expect((await titles(metisOwner, "lamp arm wobbles"))[0]).toBe("Stiffer joint");
  // Before the last word is whole, too.
  expect((await titles(metisOwner, "lamp arm wobb"))[0]).toBe("Stiffer joint");
  expect((await titles(metisOwner, "the arm of my lamp is wobbling"))[0]).toBe("Stiffer joint");
});

test("a title that says little finds by what its text says, and the title's own words come first", async () => {
  const more = async (typed: string, text: string) =>
    (await similarIdeas(metisOwner, typed, text)).map(({ title }) => title);
  expect(await more("A small wish", "")).not.toContain("Stiffer joint");
  expect((await more("A small wish", "The lamp arm wobbles at full reach."))[0]).toBe("Stiffer joint");
  expect((await more("", "The lamp arm wobbles at full reach."))[0]).toBe("Stiffer joint");
  // What stands further down is not looked at.
  expect(await more("A small wish", `${" ".repeat(10)}${"-".repeat(200)} lamp arm wobbles`)).not.toContain(
    "Stiffer joint",
  );
});

/** None of the demo world's accounts writes Russian; this is as if Brix had. */
beforeAll(async () => {
  const title = "Лампа качается, когда стол высокий";
  const made = await submitIdea(brixOwner, { title, text: "Особенно у окна." });
  if (!made.ok) throw new Error(made.why);
});

test.each([
  ["Ukrainian", metisOwner, "затискачі для товстих столів", "Затискач для столів 40 мм"],
  ["Russian", brixOwner, "лампа качается на высоком столе", "Лампа качается, когда стол высокий"],
  ["Chinese", hanlinEngineer, "台灯支架生锈了", "台灯支架在潮湿环境下生锈"],
  ["English, mistyped", metisOwner, "stifer joimt", "Stiffer joint"],
])("%s finds what it means", async (_language, who, typed, title) => {
  expect((await titles(who, typed))[0]).toBe(title);
});

test("another account's idea is found when all customers see it, with its counts, and else does not exist", async () => {
  await asSuperuser("update ideas set visibility = 'account' where id = $1", [stifferJoint]);
  expect(await titles(brixOwner, "stiffer joint wobbles")).not.toContain("Stiffer joint");
  await asSuperuser("update ideas set visibility = 'all_customers' where id = $1", [stifferJoint]);
  const [found] = await similarIdeas(brixOwner, "stiffer joint wobbles");
  expect(found).toMatchObject({ id: stifferJoint, own: false, accounts: expect.any(Number), supported: false });
  expect(Object.keys(found ?? {}).sort()).toEqual(["accounts", "id", "own", "people", "status", "supported", "title"]);
});

test("nothing is found for who was removed, for signs alone, and before there is a word", async () => {
  expect(await similarIdeas(removedMember, "lamp arm wobbles")).toEqual([]);
  expect(await similarIdeas(metisOwner, "la")).toEqual([]);
  expect(await similarIdeas(metisOwner, "'); drop table ideas; -- & | ! <-> :*")).toEqual(expect.any(Array));
  expect(await similarIdeas(metisOwner, "???!!!")).toEqual([]);
});
