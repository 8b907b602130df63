import type { Answers, Product } from "~/catalog/product";
import type { IdeaKind } from "./idea-clock";

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
