import { expect, test } from "vitest";
import { asActor } from "~/kernel/actor-tx.server";
import { asSuperuser } from "../../tests/database";
import {
  accounts,
  auditor,
  brixOwner,
  designer,
  hanlinEngineer,
  hanlinIdea,
  metisApprover,
  metisIdeas,
  metisOwner,
  products,
  removedMember,
  stifferJoint,
} from "../../tests/personas";
import { findAccountsAndPeople } from "../accounts/finder.server";
import { findProducts } from "../catalog/products.server";
import { findIdeas, findLists, findSaid } from "./idea-finder.server";
import { addComment, addNote, editSaid } from "./idea-said.server";
import { keepView } from "./idea-views.server";

const titles = async (...asked: Parameters<typeof findIdeas>) =>
  (await findIdeas(...asked)).flatMap(({ hits }) => hits.map(({ id }) => id));

test("a client finds the own account's ideas, and of others only what all customers see, without whose it is", async () => {
  await asSuperuser("update ideas set visibility = 'all_customers' where id = $1", [stifferJoint]);
  await asSuperuser("update ideas set visibility = 'account' where id = $1", [hanlinIdea]);
  const [hidden] = await asSuperuser<{ title: string }>("select title from ideas where id = $1", [hanlinIdea]);

  expect(await titles(metisOwner, "stiffer joi", 6)).toContain(stifferJoint);
  const [, shared] = await findIdeas(hanlinEngineer, "stiffer joi", 6);
  expect(shared).toMatchObject({ label: "ideas.finder.shared" });
  expect(shared?.hits.find(({ id }) => id === stifferJoint)).toMatchObject({
    title: "Stiffer joint",
    detail: null,
    to: `/ideas/${stifferJoint}`,
  });
  for (const stranger of [metisOwner, brixOwner]) {
    expect(await titles(stranger, hidden?.title ?? "", 6)).not.toContain(hanlinIdea);
  }
  expect(await titles(hanlinEngineer, hidden?.title ?? "", 6)).toContain(hanlinIdea);
});

test("whoever was removed finds nothing", async () => {
  expect(await titles(removedMember, "stiffer joint", 6)).toEqual([]);
});

test("staff find ideas of every account, with its name, and accounts and people by a part of their name", async () => {
  const [ideas] = await findIdeas(auditor, "stiffer joint", 6);
  expect(ideas?.hits[0]).toMatchObject({ detail: "Metis", to: `/staff/ideas/${stifferJoint}` });
  const found = await findAccountsAndPeople(designer, "eti", 6);
  expect(found[0]?.hits).toContainEqual(
    expect.objectContaining({ title: "Metis", to: `/staff/accounts/${accounts.metis}` }),
  );
  expect(await findAccountsAndPeople(designer, "%", 6)).toMatchObject([{ hits: [] }, { hits: [] }]);
});

test("clients find their own colleagues, and no account and nobody else", async () => {
  const people = async (...asked: Parameters<typeof findAccountsAndPeople>) =>
    (await findAccountsAndPeople(...asked)).flatMap(({ hits }) => hits);
  expect(await people(metisOwner, "taras", 6)).toEqual([
    { id: metisApprover.personId, title: "Taras Hnatiuk", detail: null, to: `/people/${metisApprover.personId}` },
  ]);
  for (const typed of ["Metis", "Lena Hartmann", "陈立伟", "%", "_"])
    expect(await people(metisOwner, typed, 6)).toEqual([]);
  for (const stranger of [brixOwner, hanlinEngineer, removedMember]) {
    expect(await people(stranger, "taras", 6)).toEqual([]);
  }
});

test("both sides find products, which lead to the ideas about them; whoever was removed finds none", async () => {
  for (const [reader, list] of [
    [metisOwner, "/ideas"],
    [auditor, "/staff/ideas"],
  ] as const) {
    const [found] = await findProducts(reader, "nid", 6);
    expect(found?.hits).toEqual([
      { id: products.nido, title: "Nido", detail: null, to: `${list}?product=${products.nido}` },
    ]);
    expect(await findProducts(reader, "%", 6)).toMatchObject([{ hits: [] }]);
  }
  expect(await findProducts(removedMember, "nid", 6)).toMatchObject([{ hits: [] }]);
});

test.each(["", " ", "'", "& | !", "<script>", "\\", "(((", "a:*b"])(
  "what cannot be searched for finds nothing and breaks nothing: %s",
  async (typed) => {
    expect(Array.isArray(await findIdeas(metisOwner, typed, 6))).toBe(true);
    expect(Array.isArray(await findIdeas(designer, typed, 6))).toBe(true);
  },
);

test("a visit ends after half an hour away, and the next one knows when; another person's is another's", async () => {
  const visit = async (actor: typeof metisOwner) =>
    asActor(
      actor,
      async (tx) =>
        (await tx.selectNoFrom((eb) => eb.fn<Date | null>("private.come_home", []).as("at")).executeTakeFirst())?.at,
    );
  const away = (minutes: number) =>
    asSuperuser("update person_visits set seen_at = now() - $2 * interval '1 minute' where person_id = $1", [
      metisOwner.personId,
      minutes,
    ]);
  expect(await visit(metisOwner)).toBeNull();
  await away(20);
  expect(await visit(metisOwner)).toBeNull();
  await away(31);
  const before = await visit(metisOwner);
  expect(Date.now() - (before?.getTime() ?? 0)).toBeGreaterThan(30 * 60_000);
  expect(await visit(metisOwner)).toEqual(before);
  expect(await visit(hanlinEngineer)).toBeNull();
});

test("what is said is found by its words in the four languages, by whoever may read it, and leads to where it stands", async () => {
  const idea = metisIdeas.in_work;
  const comment = async (words: string) => {
    const outcome = await addComment(metisOwner, idea, words);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.id;
  };
  const ids = [
    await comment("@Lena Hartmann, the quokka bracket rattles"),
    await comment("Наша кронштейна-куокка деренчить"),
    await comment("Кронштейн-квокка дребезжит"),
    await comment("短尾矮袋鼠支架在响"),
  ];
  const found = async (who: Parameters<typeof findSaid>[0], typed: string) =>
    (await findSaid(who, typed, 6)).flatMap(({ label, hits }) => hits.map((hit) => ({ label, ...hit })));
  for (const [at, typed] of ["quokka rattle", "деренчит", "дребезжать", "矮袋鼠"].entries()) {
    const id = ids[at];
    expect(await found(metisApprover, typed)).toEqual([expect.objectContaining({ id, to: `/ideas/${idea}#${id}` })]);
    expect(await found(auditor, typed)).toEqual([expect.objectContaining({ id, to: `/staff/ideas/${idea}#${id}` })]);
    for (const stranger of [brixOwner, hanlinEngineer, removedMember]) expect(await found(stranger, typed)).toEqual([]);
  }
  const [first] = await found(metisOwner, "quokka");
  expect(first).toMatchObject({ title: "@Lena Hartmann, the quokka bracket rattles", label: "ideas.page.comments" });
  expect(await found(metisOwner, "hartmann"), "who is mentioned is no word of it").toEqual([]);

  expect((await editSaid(metisOwner, { ideaId: idea, place: "comment", id: ids[0] ?? "" }, "It hums")).ok).toBe(true);
  expect(await found(metisOwner, "quokka")).toEqual([]);
  expect(await found(metisOwner, "hums")).toHaveLength(1);
});

test("signs that stand for whole phrases are taken, however many there are", async () => {
  const outcome = await addComment(metisOwner, metisIdeas.in_work, `numbat ${"\uFDFA".repeat(4_990)}`);
  expect(outcome.ok).toBe(true);
  expect((await findSaid(metisApprover, "numbat", 6)).flatMap(({ hits }) => hits)).toHaveLength(1);
});

test("internal notes, saved views and tags are found by staff, and by no customer", async () => {
  const note = await addNote(designer, metisIdeas.in_work, "Ask the wombat foundry first");
  expect(note.ok).toBe(true);
  const [, notes] = await findSaid(auditor, "wombats", 6);
  expect(notes).toMatchObject({ label: "ideas.staff.notes", hits: [{ title: "Ask the wombat foundry first" }] });
  for (const client of [metisOwner, metisApprover, brixOwner]) {
    expect((await findSaid(client, "wombat", 6)).flatMap(({ hits }) => hits)).toEqual([]);
    expect(await findLists(client, "a", 6)).toEqual([]);
  }
  await asSuperuser("insert into tags (name, created_by) values ('50% wombat', $1)", [designer.personId]);
  await keepView(designer, { name: "Wombat ideas", query: "sort=accounts", shared: false });
  const lists = async (who: typeof designer, typed: string) =>
    (await findLists(who, typed, 6)).map(({ hits }) => hits.map(({ title }) => title));
  expect(await lists(designer, "wombat")).toEqual([["Wombat ideas"], ["50% wombat"]]);
  expect(await lists(auditor, "wombat"), "another one's own view is theirs").toEqual([[], ["50% wombat"]]);
  expect(await lists(designer, "50%")).toEqual([[], ["50% wombat"]]);
  expect(await lists(designer, "_")).toEqual([[], []]);
});
