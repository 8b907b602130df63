import type { ClientActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { tokeniseEach } from "~/kernel/search-tokens";
import { isEnough, SIMILAR_MAX, SIMILAR_TEXT, type SimilarIdea, worthShowing } from "./idea-similar";
import { findSimilar } from "./idea-similar.queries.server";

const TYPED_MAX = 200;
/** Each word is looked for by itself. A title may have more of them; words of the text come in below this. */
const WORDS_WITH_TEXT = 8;

/**
 * Ideas like what is being typed, so that nobody suggests twice what they could support; none before there is a word. What a
 * short title leaves open the beginning of the text says.
 */
export async function similarIdeas(client: ClientActor, typed: string, more = ""): Promise<SimilarIdea[]> {
  const title = typed.slice(0, TYPED_MAX).trim();
  const text = more.slice(0, SIMILAR_TEXT).trim();
  const ofTitle = isEnough(title) ? tokeniseEach(title) : [];
  const room = Math.max(0, WORDS_WITH_TEXT - ofTitle.length);
  const ofText = isEnough(text) ? tokeniseEach(text).filter((word) => !ofTitle.includes(word)) : [];
  const words = [...ofTitle, ...ofText.slice(0, room)];
  if (words.length === 0) return [];
  // One idea that holds every word of a title is worth looking for; with the text's it would hardly hold them all.
  const every = ofTitle.length > 0 ? ofTitle : words;
  const question = { words, every, typed: (title || text).toLowerCase(), take: SIMILAR_MAX * 2 };
  const found = await asActor(client, (tx) => findSimilar(tx, client, question));
  return worthShowing(found).map(({ score: _, ...idea }) => idea);
}
