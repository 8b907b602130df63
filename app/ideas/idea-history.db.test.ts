import { expect, test } from "vitest";
import { asSuperuser } from "../../tests/database";
import {
  auditor,
  brixIdea,
  brixOwner,
  designer,
  hanlinIdea,
  manager,
  metisIdeas,
  metisOwner,
  products,
  removedMember,
  support,
} from "../../tests/personas";
import { careChoices, mergeIdeas, setProduct, setTags, unmergeIdeas } from "./idea-care.server";
import { olderOf } from "./idea-page.schema";
import { splitIdea } from "./idea-submissions.server";
import { viewIdea, viewStaffIdea } from "./ideas.server";

const idea = metisIdeas.in_work;
const OK = { ok: true };
const page = async (id: string, history: string | null = null) => {
  const found = await viewStaffIdea(designer, id, { history });
  if (!found) throw new Error("no such idea");
  return found;
};
const revisionOf = async (id: string) => (await page(id)).idea.revision;

test("staff say which product an idea is about; its account reads that, and who changed it from what", async () => {
  await asSuperuser("update ideas set product_id = null where id = $1", [idea]);
  const seen = await revisionOf(idea);
  expect(await setProduct(designer, idea, { product: products.nido, revision: seen })).toEqual(OK);
  expect(await setProduct(manager, idea, { product: null, revision: seen })).toEqual({
    ok: false,
    why: "changed-meanwhile",
  });
  expect(await setProduct(manager, idea, { product: products.aria, revision: await revisionOf(idea) })).toEqual(OK);
  const ofAccount = await viewIdea(metisOwner, idea);
  expect(ofAccount?.idea.product).toBe("Aria");
  expect(ofAccount?.history.rows.slice(0, 2)).toMatchObject([
    { name: "idea.product_changed", from: "Nido", to: "Aria", who: "Amara Okafor" },
    { name: "idea.product_changed", from: null, to: "Nido", who: "Lena Hartmann" },
  ]);
  expect(await setProduct(designer, idea, { product: null, revision: await revisionOf(idea) })).toEqual(OK);
  expect((await viewIdea(metisOwner, idea))?.idea.product).toBeNull();
});

test("of two ideas that were merged or parted each says which of the two it is", async () => {
  const [source, target] = [metisIdeas.new, metisIdeas.under_review];
  const seen = async (id: string) => ({ id, revision: await revisionOf(id) });
  const newest = async (id: string) => (await viewIdea(metisOwner, id))?.history.rows[0];
  expect(await mergeIdeas(designer, await seen(source), await seen(target))).toEqual(OK);
  expect(await newest(source)).toMatchObject({ name: "idea.merged", second: false });
  expect(await newest(target)).toMatchObject({ name: "idea.merged", second: true });
  expect(await unmergeIdeas(designer, await seen(source))).toEqual(OK);
  expect(await newest(source)).toMatchObject({ name: "idea.unmerged", second: false });
  expect(await newest(target)).toMatchObject({ name: "idea.unmerged", second: true });
  const part = { title: "Only the other half", text: "As it says.", revision: await revisionOf(source) };
  const parted = await splitIdea(designer, source, part);
  expect(await newest(source)).toMatchObject({ name: "idea.split", second: false });
  const half = await viewIdea(metisOwner, parted.ok ? parted.id : "");
  expect(half?.history.rows.find(({ name }) => name === "idea.split")).toMatchObject({ second: true });

  // Of another account's idea only staff read what was merged into it.
  expect(await mergeIdeas(designer, await seen(source), await seen(brixIdea))).toEqual(OK);
  expect((await page(brixIdea)).history.rows[0]).toMatchObject({ name: "idea.merged", second: true });
  expect((await page(source)).history.rows[0]).toMatchObject({ name: "idea.merged", second: false });
  expect((await viewIdea(brixOwner, brixIdea))?.history.rows.map(({ name }) => name)).not.toContain("idea.merged");
  expect(await unmergeIdeas(designer, await seen(source))).toEqual(OK);
});

test("a product is said by those who shape ideas, and one that is made no more is given to none", async () => {
  const revision = await revisionOf(idea);
  const request = { product: products.aria, revision };
  for (const staff of [support, auditor])
    expect(await setProduct(staff, idea, request)).toEqual({ ok: false, why: "may-not" });
  for (const product of [products.vela, hanlinIdea]) {
    expect(await setProduct(designer, idea, { product, revision })).toEqual({ ok: false, why: "no-such-product" });
  }
  expect(await setProduct(designer, products.aria, request)).toEqual({ ok: false, why: "not-found" });
  expect((await careChoices(designer, idea)).products.map(({ name }) => name)).not.toContain("Vela");
  // It stays where it stands.
  await asSuperuser("update ideas set product_id = $1 where id = $2", [products.vela, idea]);
  const choices = await careChoices(designer, idea);
  expect([choices.product, choices.products.some(({ id }) => id === products.vela)]).toEqual([products.vela, true]);
  expect(await setProduct(designer, idea, { product: products.vela, revision: await revisionOf(idea) })).toEqual(OK);
  // A client's own connection does not write it, whatever the door.
  const grants = await asSuperuser(
    "select has_column_privilege('authenticated', 'public.ideas', 'product_id', 'update') as may",
  );
  expect(grants).toEqual([{ may: false }]);
});

test("a long history comes in stretches, none of its steps twice and none lost, and staff's own never for a client", async () => {
  for (let at = 0; at < 34; at += 1) await setTags(designer, idea, [`turn ${at}`]);
  const newest = await page(idea);
  expect(newest.history.rows).toHaveLength(30);
  const { next } = newest.history;
  expect(olderOf(`http://x/?history=${next}`).history).toBe(next);
  const older = await page(idea, next);
  const all = [...newest.history.rows, ...older.history.rows];
  const [{ n } = { n: 0 }] = await asSuperuser<{ n: number }>(
    "select count(*)::int as n from events where subject_id = $1 and name = 'idea.tagged'",
    [idea],
  );
  expect(all.filter(({ name }) => name === "idea.tagged")).toHaveLength(n);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(all.at(-1)?.name).toBe("idea.submitted");
  expect(older.history.next).toBeNull();
  const ofClient = await viewIdea(metisOwner, idea, { history: next });
  expect(JSON.stringify(ofClient?.history)).not.toContain("turn");
  expect(await viewIdea(brixOwner, idea, { history: next })).toBeUndefined();
  expect(await viewIdea(removedMember, idea, { history: next })).toBeUndefined();
  for (const bad of ["0' or 1=1", "-1", "9".repeat(30), ""]) {
    expect(olderOf(`http://x/?history=${encodeURIComponent(bad)}`).history).toBeNull();
  }
});
