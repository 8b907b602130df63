import { sql } from "kysely";
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

/** The idea as it was sent. */
export function findOriginal(tx: ActorTx, id: string) {
  return tx
    .selectFrom("ideas as i")
    .where("i.id", "=", id)
    .select(["i.id", "i.title", "i.body", "i.revision", sql<IdeaKind>`i.kind`.as("kind")])
    .executeTakeFirst();
}
