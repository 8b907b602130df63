import type { Answers, Product } from "~/catalog/product";
import { TITLE_MAX } from "./idea";
import type { IdeaKind } from "./idea-clock";

/** The title of one half of a text that is both, told apart by what its kind is called; the title gives way where both do not fit. */
export function titleOfHalf(title: string, kind: string): string {
  const ending = ` · ${kind}`;
  const room = TITLE_MAX - ending.length;
  if (title.length <= room) return title + ending;
  // Never through the middle of a sign that takes two units.
  const cut = title.slice(0, room - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.trimEnd()}…${ending}`;
}

/** Whether two titles read alike. */
export const isSameTitle = (one: string, other: string) =>
  one.trim().toLocaleLowerCase("en") === other.trim().toLocaleLowerCase("en");

/** What an idea was sent as, beside its words, as its row holds it. */
export type Sent = {
  kind: IdeaKind;
  productId: string | null;
  answerDueAt: Date | null;
  answeredAt: Date | null;
  answers: Answers;
  /** Split from it, or what it was split from. */
  beside: readonly { id: string; title: string; kind: IdeaKind }[];
};

/** The same as its page shows it. */
export type IdeaFacts = Omit<Sent, "productId"> & {
  /** The moment these were read, which says whether an answer is late. */
  readAt: Date;
  product: Pick<Product, "name" | "questions"> | null;
};
