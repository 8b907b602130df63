import type { Answers, Product } from "~/catalog/product";
import type { IdeaKind } from "./idea-clock";

/** What an idea was sent as, beside its words. */
export type IdeaFacts = {
  kind: IdeaKind;
  answerDueAt: Date | null;
  answeredAt: Date | null;
  /** The moment these were read, which says whether an answer is late. */
  readAt: Date;
  product: Pick<Product, "name" | "questions"> | null;
  answers: Answers;
  /** Split from it, or what it was split from. */
  beside: readonly { id: string; title: string; kind: IdeaKind }[];
};
