import { sql } from "kysely";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { Choice, InFour, Product, ProductState, Question, QuestionKind } from "./product";

const QUESTIONS = sql<Question[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', f.id, 'key', f.key, 'kind', f.kind, 'names', f.names, 'help', f.help,
    'required', f.required, 'choices', f.choices, 'retired', f.retired_at is not null, 'revision', f.revision)
    order by f.position, f.id)
  from product_fields f where f.product_id = p.id), '[]')`;

const products = (tx: ActorTx) =>
  tx
    .selectFrom("products as p")
    .select(["p.id", "p.name", "p.revision"])
    .select([sql<ProductState>`p.state`.as("state"), QUESTIONS.as("questions")]);

/** Products with their questions, in the maker's order. `state`: only those; null for all. */
export function listProducts(tx: ActorTx, state: ProductState | null): Promise<Product[]> {
  const rows = products(tx).orderBy("p.position").orderBy("p.name").limit(500);
  return (state === null ? rows : rows.where("p.state", "=", state)).execute();
}

/** Products whose name holds what was typed, in the maker's order. */
export function findByName(tx: ActorTx, typed: string, take: number) {
  return tx
    .selectFrom("products")
    .where("name", "ilike", `%${typed.replace(/[\\%_]/g, "\\$&")}%`)
    .select(["id", "name"])
    .orderBy("position")
    .orderBy("name")
    .limit(take)
    .execute();
}

/** One product with its questions; undefined when there is none of this id. */
export function findProduct(tx: ActorTx, id: string): Promise<Product | undefined> {
  return products(tx).where("p.id", "=", id).executeTakeFirst();
}

/** Adds a product behind the others. Out: undefined when one of this name is there. */
export async function insertProduct(tx: ActorTx, name: string): Promise<string | undefined> {
  const made = await tx
    .insertInto("products")
    .values({ name, position: sql<number>`(select coalesce(max(position), 0) + 1 from products)` })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning("id")
    .executeTakeFirst();
  return made?.id;
}

/** Out: whether it still was at this revision. */
export async function updateProduct(
  tx: ActorTx,
  id: string,
  revision: number,
  change: { name?: string; state?: ProductState },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("products")
    .set(change)
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Puts a product one place up or down among all; at the end of them it stays. */
export async function moveProduct(tx: ActorTx, id: string, by: -1 | 1): Promise<void> {
  // Held in one order, so that two who move products wait for each other and never in a ring.
  await sql`select from products order by id for no key update`.execute(tx);
  await sql`
    with placed as (select id, position, row_number() over (order by position, name)::int as place from products),
    moved as (select place from placed where id = ${id}::uuid),
    wanted as (
      select p.id, case p.place when m.place then m.place + ${by} when m.place + ${by} then m.place else p.place end as place
      from placed p cross join moved m
      where m.place + ${by} between 1 and (select count(*) from placed)
    )
    update products p set position = w.place from wanted w where w.id = p.id and p.position <> w.place`.execute(tx);
}

export type NewQuestion = {
  productId: string;
  key: string;
  kind: QuestionKind;
  names: InFour;
  help: InFour | null;
  required: boolean;
  choices: readonly Choice[];
};

export async function insertQuestion(tx: ActorTx, question: NewQuestion): Promise<void> {
  const { names, help, choices, productId, ...rest } = question;
  await tx
    .insertInto("productFields")
    .values({
      ...rest,
      productId,
      names: JSON.stringify(names),
      help: help && JSON.stringify(help),
      choices: JSON.stringify(choices),
      position: sql<number>`(select coalesce(max(position), 0) + 1 from product_fields where product_id = ${productId})`,
    })
    .execute();
}

/** Out: whether it still was at this revision. */
export async function setRetired(tx: ActorTx, id: string, revision: number, retired: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("productFields")
    .set({ retiredAt: retired ? sql<Date>`now()` : null })
    .where("id", "=", id)
    .where("revision", "=", revision)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
