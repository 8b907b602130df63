import { readAnswers } from "~/catalog/product";
import { knownProduct, productOf } from "~/catalog/products.server";
import { cleanRichText } from "~/collab/rich-text-clean";
import { plainText } from "~/collab/rich-text-plain";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type ActorTx, asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { tokenise } from "~/kernel/search-tokens";
import { mayMoveStatus, maySubmit } from "./idea";
import { findIdeaHead, insertIdea } from "./idea.queries.server";
import { claimAttachments } from "./idea-attachments.server";
import { answerDue, type IdeaKind, otherKind } from "./idea-clock";
import { type IdeaFacts, isSameTitle, type Sent, titleOfHalf } from "./idea-submission";
import { findOriginal, insertSplit } from "./idea-submission.queries.server";
import { richFromTyped } from "./idea-text";

/** Suggesting an idea, and parting one text into two ideas. */

export type Submission = {
  title: string;
  text: string;
  product?: string | null;
  /** What was typed into the field of this name, for the product's questions. */
  answer?: (field: string) => string;
  /** "both": two ideas with the same text, each on its own clock. */
  kind?: IdeaKind | "both";
  /** What each kind is called in the sender's language, for the titles of "both". */
  kinds?: Readonly<Record<IdeaKind, string>>;
  visibility?: "account" | "all_customers";
  attachments?: readonly string[];
};

export type SubmitOutcome =
  | { ok: true; id: string; beside: string | null }
  | { ok: false; why: "may-not-submit" }
  /** Codes by the name of a field. */
  | { ok: false; why: "refused"; errors: Record<string, string> };

class Refused extends Error {
  constructor(readonly errors: Record<string, string>) {
    super("refused");
  }
}

/** Suggests an idea for the client's account, or a suggestion and a complaint at once. */
export async function submitIdea(client: ClientActor, sent: Submission): Promise<SubmitOutcome> {
  if (!maySubmit(client)) return { ok: false, why: "may-not-submit" };
  const { kind = "suggestion", product = null, visibility = "account", attachments = [] } = sent;
  // Two of one title could not be told apart in any list.
  const wordsAs = (as: IdeaKind) =>
    wordsOf(kind === "both" ? titleOfHalf(sent.title, sent.kinds?.[as] ?? as) : sent.title, sent.text);
  try {
    return await asActor(client, async (tx) => {
      const fields = await answersTo(tx, product, sent.answer ?? (() => ""));
      const shared = { visibility, productId: product, fields };
      const one = kind === "both" ? "suggestion" : kind;
      const first = await insertAs(tx, client, { ...shared, ...wordsAs(one) }, one);
      if (!(await claimAttachments(tx, attachments, { ideaId: first })))
        throw new Refused({ attachments: "files-gone" });
      if (kind !== "both") return { ok: true, id: first, beside: null };
      const other = { ...shared, ...wordsAs("complaint"), splitFrom: first };
      return { ok: true, id: first, beside: await insertAs(tx, client, other, "complaint") };
    });
  } catch (error) {
    if (error instanceof Refused) return { ok: false, why: "refused", errors: error.errors };
    throw error;
  }
}

function wordsOf(title: string, text: string) {
  const body = richFromTyped(text);
  const bodyText = plainText(body);
  return { title, body, bodyText, searchTokens: tokenise(`${title}\n${bodyText}`) };
}

async function answersTo(tx: ActorTx, productId: string | null, answer: (field: string) => string) {
  if (productId === null) return {};
  const product = await productOf(tx, productId);
  if (product?.state !== "active") throw new Refused({ product: "not-offered" });
  const read = readAnswers(product, answer);
  if (!read.ok) throw new Refused(read.errors);
  return read.answers;
}

type Shared = Omit<Parameters<typeof insertIdea>[1], "accountId" | "authorId" | "kind" | "answerDueAt">;

async function insertAs(tx: ActorTx, client: ClientActor, shared: Shared, kind: IdeaKind): Promise<string> {
  const { accountId, personId: authorId } = client;
  const id = await insertIdea(tx, { ...shared, accountId, authorId, kind, answerDueAt: answerDue(kind, now()) });
  const { title, splitFrom } = shared;
  const facts = { title, kind, ...(splitFrom ? { split_from: splitFrom } : {}) };
  await recordEvent(tx, client, "idea.submitted", { kind: "idea", id, accountId }, facts);
  return id;
}

export type SplitOutcome =
  | { ok: true; id: string }
  | { ok: false; why: "not-found" | "may-not-split" | "changed-meanwhile" | "same-title" };

/**
 * Parts an idea in two: what staff write becomes one of the other kind, of the same author and product, beside it. What was
 * sent stays as it was, so the second one has a title of its own. The request quotes the revision its author was looking at.
 */
export async function splitIdea(
  staff: StaffActor,
  id: string,
  part: { title: string; text: string; revision: number },
): Promise<SplitOutcome> {
  return asActor<SplitOutcome>(staff, async (tx) => {
    const idea = await findIdeaHead(tx, id);
    if (!idea) return { ok: false, why: "not-found" };
    if (!mayMoveStatus(staff)) return { ok: false, why: "may-not-split" };
    if (isSameTitle(part.title, (await findOriginal(tx, id))?.title ?? "")) return { ok: false, why: "same-title" };
    const made = await insertSplit(tx, id, part.revision, wordsOf(part.title, part.text), (kind) => {
      const other = otherKind(kind);
      return { kind: other, answerDueAt: answerDue(other, now()) };
    });
    if (!made) return { ok: false, why: "changed-meanwhile" };
    const { accountId } = idea;
    await recordEvent(tx, staff, "idea.split", { kind: "idea", id, accountId }, { into: made.id, kind: made.kind });
    await recordEvent(tx, staff, "idea.split", { kind: "idea", id: made.id, accountId }, { from: id, kind: made.kind });
    return { ok: true, id: made.id };
  });
}

/** An idea as it was sent, for parting it; undefined when it does not exist. */
export async function viewSplit(staff: StaffActor, id: string) {
  const found = await asActor(staff, (tx) => findOriginal(tx, id));
  return found && { ...found, body: cleanRichText(found.body), maySplit: mayMoveStatus(staff) };
}

/** What an idea was sent as, with its product, within a transaction of its reader. */
export async function factsOf(tx: ActorTx, { productId, ...sent }: Sent): Promise<IdeaFacts> {
  const product = productId === null ? undefined : await knownProduct(tx, productId);
  return { ...sent, readAt: now(), product: product ?? null };
}
