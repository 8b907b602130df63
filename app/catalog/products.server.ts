import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import type { Hits } from "~/kernel/hit";
import { type InFour, keyOf, mayEditCatalog, type Product, type ProductState, type QuestionKind } from "./product";
import * as queries from "./product.queries.server";

/** The door to products and what is asked about them. */

/** The products that a new idea may be about, with their questions. */
export function activeProducts(actor: ClientActor | StaffActor): Promise<Product[]> {
  return asActor(actor, (tx) => queries.listProducts(tx, "active"));
}

/** Every product, for staff. */
export function allProducts(staff: StaffActor): Promise<Product[]> {
  return asActor(staff, (tx) => queries.listProducts(tx, null));
}

/** The same within a transaction of another module. */
export function productsIn(tx: ActorTx): Promise<Product[]> {
  return queries.listProducts(tx, null);
}

/** Products by a part of their name; each leads to the ideas about it that the reader may see. */
export async function findProducts(
  actor: ClientActor | StaffActor,
  typed: string,
  take: number,
): Promise<Hits<"catalog.finder.products">[]> {
  const products = await asActor(actor, (tx) => queries.findByName(tx, typed, take));
  const list = actor.side === "staff" ? "/staff/ideas" : "/ideas";
  const hits = products.map(({ id, name }) => ({ id, title: name, detail: null, to: `${list}?product=${id}` }));
  return [{ label: "catalog.finder.products", hits }];
}

/** A product within a transaction of another module; undefined when there is none of this id. */
export function productOf(tx: ActorTx, id: string): Promise<Product | undefined> {
  return queries.findProduct(tx, id);
}

const KEPT_MS = 3_000;
let kept: { products: readonly Product[]; until: number } | null = null;

/**
 * The same for pages that only show it. Products change once in weeks and stand on every idea: each process reads them again
 * after a few seconds.
 */
export async function knownProduct(tx: ActorTx, id: string): Promise<Product | undefined> {
  if (!kept || kept.until <= Date.now()) {
    const products = await queries.listProducts(tx, null);
    // Whoever was removed reads none, and others are not to miss them for that.
    if (products.length === 0) return undefined;
    kept = { products, until: Date.now() + KEPT_MS };
  }
  return kept.products.find((product) => product.id === id);
}

export type CatalogOutcome =
  | { ok: true }
  | { ok: false; why: "not-allowed" | "name-taken" | "changed-meanwhile" | "not-found" };

/** Adds a product. */
export async function addProduct(staff: StaffActor, name: string): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const id = await asActor(staff, (tx) => queries.insertProduct(tx, name));
  return id ? { ok: true } : { ok: false, why: "name-taken" };
}

/** Calls a product otherwise, quoting the revision its author saw. */
export async function renameProduct(
  staff: StaffActor,
  { id, revision, name }: { id: string; revision: number; name: string },
): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  try {
    const done = await asActor(staff, (tx) => queries.updateProduct(tx, id, revision, { name }));
    return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "23505") return { ok: false, why: "name-taken" };
    throw error;
  }
}

/** Puts a product one place up or down in the order in which all are shown. */
export async function moveProduct(
  staff: StaffActor,
  { id, to }: { id: string; to: "up" | "down" },
): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  return asActor<CatalogOutcome>(staff, async (tx) => {
    if (!(await queries.findProduct(tx, id))) return { ok: false, why: "not-found" };
    await queries.moveProduct(tx, id, to === "up" ? -1 : 1);
    return { ok: true };
  });
}

/** Says whether a product is still made, quoting the revision its author saw. */
export async function setProductState(
  staff: StaffActor,
  { id, revision, state }: { id: string; revision: number; state: ProductState },
): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const done = await asActor(staff, (tx) => queries.updateProduct(tx, id, revision, { state }));
  return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
}

export type QuestionWish = {
  product: string;
  kind: QuestionKind;
  names: InFour;
  help: InFour | null;
  required: boolean;
  /** Names of the choices, one list a language, in the same order. */
  choices: readonly InFour[];
};

/** Asks one more thing about a product. */
export async function addQuestion(staff: StaffActor, wish: QuestionWish): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  return asActor(staff, async (tx) => {
    const product = await queries.findProduct(tx, wish.product);
    if (!product) return { ok: false, why: "not-found" };
    const key = keyOf(
      wish.names.en,
      product.questions.map((question) => question.key),
    );
    const choices: { key: string; names: InFour }[] = [];
    for (const names of wish.choices) {
      const taken = choices.map((choice) => choice.key);
      choices.push({ key: keyOf(names.en, taken), names });
    }
    const { kind, names, help, required } = wish;
    await queries.insertQuestion(tx, { productId: product.id, key, kind, names, help, required, choices });
    return { ok: true };
  });
}

/** Stops asking a question, or asks it again; answers given stay. */
export async function retireQuestion(
  staff: StaffActor,
  { id, revision, retired }: { id: string; revision: number; retired: boolean },
): Promise<CatalogOutcome> {
  if (!mayEditCatalog(staff)) return { ok: false, why: "not-allowed" };
  const done = await asActor(staff, (tx) => queries.setRetired(tx, id, revision, retired));
  return done ? { ok: true } : { ok: false, why: "changed-meanwhile" };
}
