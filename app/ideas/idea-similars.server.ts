import type { ClientActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { tokeniseEach } from "~/kernel/search-tokens";
import { isEnough, SIMILAR_MAX, type SimilarIdea, worthShowing } from "./idea-similar";
import { findSimilar } from "./idea-similar.queries.server";

const TYPED_MAX = 200;

/** Ideas like what is being typed, so that nobody suggests twice what they could support; none before there is a word. */
export async function similarIdeas(client: ClientActor, typed: string): Promise<SimilarIdea[]> {
  const text = typed.slice(0, TYPED_MAX).trim();
  const words = tokeniseEach(text);
  if (!isEnough(text) || words.length === 0) return [];
  const question = { words, typed: text.toLowerCase(), take: SIMILAR_MAX * 2 };
  const found = await asActor(client, (tx) => findSimilar(tx, client, question));
  return worthShowing(found).map(({ score: _, ...idea }) => idea);
}
