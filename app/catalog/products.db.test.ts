import { expect, test } from "vitest";
import { auditor, designer, manager, metisOwner, products, support } from "../../tests/personas";
import {
  activeProducts,
  addProduct,
  allProducts,
  moveProduct,
  renameProduct,
  setProductState,
} from "./products.server";

const names = async () => (await allProducts(designer)).map(({ name }) => name);
const seen = async (id: string) => {
  const found = (await allProducts(designer)).find((product) => product.id === id);
  if (!found) throw new Error("not there");
  return found;
};

test("a product is called otherwise by those who say what is made, once, and by no other's name", async () => {
  const { revision } = await seen(products.nido);
  const wanted = { id: products.nido, revision, name: "Nido 2" };
  for (const reader of [support, auditor]) {
    expect(await renameProduct(reader, wanted)).toEqual({ ok: false, why: "not-allowed" });
  }
  expect(await renameProduct(designer, { ...wanted, name: "Aria" })).toEqual({ ok: false, why: "name-taken" });
  expect(await renameProduct(designer, wanted)).toEqual({ ok: true });
  expect(await renameProduct(manager, { ...wanted, name: "Nido 3" })).toEqual({ ok: false, why: "changed-meanwhile" });
  expect((await seen(products.nido)).name).toBe("Nido 2");
});

test("products go one place up or down, stay at the ends, and keep their order for everybody", async () => {
  expect(await addProduct(designer, "Lyra")).toEqual({ ok: true });
  const before = await names();
  const [first = "", second = ""] = before;
  const idOf = async (name: string) => (await allProducts(designer)).find((one) => one.name === name)?.id ?? "";
  expect(await moveProduct(designer, { id: await idOf(second), to: "up" })).toEqual({ ok: true });
  expect(await names()).toEqual([second, first, ...before.slice(2)]);
  expect(await moveProduct(designer, { id: await idOf(second), to: "up" })).toEqual({ ok: true });
  expect((await names())[0]).toBe(second);
  expect(await moveProduct(designer, { id: await idOf("Lyra"), to: "down" })).toEqual({ ok: true });
  expect((await names()).at(-1)).toBe("Lyra");
  expect(await moveProduct(support, { id: await idOf(first), to: "up" })).toEqual({ ok: false, why: "not-allowed" });
  const nowhere = "00000000-0000-4000-8000-000000000000";
  expect(await moveProduct(designer, { id: nowhere, to: "up" })).toEqual({ ok: false, why: "not-found" });
  expect((await activeProducts(metisOwner)).slice(0, 2).map(({ name }) => name)).toEqual([second, first]);
});

test("two who move products at once are both answered, and none is lost or shown twice", async () => {
  const before = await names();
  const all = await allProducts(designer);
  const moves = all.flatMap(({ id }) => [
    moveProduct(designer, { id, to: "up" }),
    moveProduct(manager, { id, to: "down" }),
  ]);
  expect((await Promise.all(moves)).every(({ ok }) => ok)).toBe(true);
  expect([...(await names())].sort()).toEqual([...before].sort());
});

test("what is no longer made is offered to no new idea, and comes back when it is made again", async () => {
  const offered = async () => (await activeProducts(metisOwner)).map(({ id }) => id);
  const id = products.ariaLong;
  expect(await offered()).toContain(id);
  const stop = { id, revision: (await seen(id)).revision, state: "discontinued" } as const;
  expect(await setProductState(designer, stop)).toEqual({ ok: true });
  expect(await offered()).not.toContain(id);
  const resume = { id, revision: (await seen(id)).revision, state: "active" } as const;
  expect(await setProductState(designer, resume)).toEqual({ ok: true });
  expect(await offered()).toContain(id);
});
