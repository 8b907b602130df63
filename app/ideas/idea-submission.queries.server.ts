import { sql } from "kysely";
import type { Answers } from "~/catalog/product";
import type { RichDoc } from "~/collab/rich-text";
import type { ActorTx } from "~/kernel/actor-tx.server";
import type { IdeaKind } from "./idea-clock";

type Words = { title: string; body: RichDoc; bodyText: string; searchTokens: string };

/** Writes the second idea of a split; undefined when the first is not at this revision any more. */
export async function insertSplit(
  tx: ActorTx,
  original: string,
  revision: number,
  { title, body, bodyText, searchTokens }: Words,
  clockOf: (kind: IdeaKind) => { kind: IdeaKind; answerDueAt: Date },
): Promise<{ id: string; kind: IdeaKind } | undefined> {
  const known = await tx
    .selectFrom("ideas")
    .select(sql<IdeaKind>`kind`.as("kind"))
    .where("id", "=", original)
    .executeTakeFirst();
  if (!known) return undefined;
  const { kind, answerDueAt } = clockOf(known.kind);
  const { rows } = await sql<{ id: string | null }>`select private.split_idea(${original}::uuid, ${revision}, ${kind},
    ${title}, ${JSON.stringify(body)}::jsonb, ${bodyText}, ${searchTokens}, ${answerDueAt}) as id`.execute(tx);
  const id = rows[0]?.id;
  return id ? { id, kind } : undefined;
}

/** Kind, clock, product and answers of an idea, and the ideas split from it or it from; undefined when it does not exist. */
export async function findFacts(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas as i")
    .where("i.id", "=", id)
    .select(["i.productId", "i.answerDueAt", "i.answeredAt"])
    .select([
      sql<IdeaKind>`i.kind`.as("kind"),
      sql<Answers>`i.fields`.as("answers"),
      sql<{ id: string; title: string; kind: IdeaKind }[]>`coalesce((
        select jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title, 'kind', o.kind) order by o.id) from ideas o
        where o.id = i.split_from or (o.split_from = i.id and o.account_id = i.account_id)), '[]')`.as("beside"),
    ])
    .executeTakeFirst();
}

/** The idea as it was sent. */
export function findOriginal(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas as i")
    .where("i.id", "=", id)
    .select(["i.id", "i.title", "i.body", "i.revision", sql<IdeaKind>`i.kind`.as("kind")])
    .executeTakeFirst();
}
