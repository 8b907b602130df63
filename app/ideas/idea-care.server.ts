import { productOf, productsIn } from "~/catalog/products.server";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { type Line, recordEvent, recordInOrder } from "~/kernel/events.server";
import { tokeniseQuery } from "~/kernel/search-tokens";
import { mayShape, mayShare } from "./idea";
import * as queries from "./idea-care.queries.server";
import type { Visibility } from "./idea-page";
import type { Outcome } from "./idea-support.server";

/** The door to what is decided about an idea: who sees it, who looks after it, its tags, and merging. */

const NOT_FOUND = { ok: false, why: "not-found" } as const;
const CHANGED = { ok: false, why: "changed-meanwhile" } as const;
const MAY_NOT = { ok: false, why: "may-not" } as const;

/**
 * Shows an idea to all customers, or to its own account alone again. Taken back, it does not exist for the others from that
 * moment on; that they supported it stays counted.
 */
export function setVisibility(
  actor: ClientActor | StaffActor,
  id: string,
  request: { to: Visibility; revision: number },
): Promise<Outcome> {
  return asActor<Outcome>(actor, async (tx) => {
    const idea = await queries.findForSharing(tx, id);
    if (!idea) return NOT_FOUND;
    if (!mayShare(actor, idea)) return MAY_NOT;
    if (idea.revision !== request.revision) return CHANGED;
    if (idea.visibility === request.to) return { ok: true };
    if (!(await queries.setVisibility(tx, id, request.revision, request.to))) return CHANGED;
    const facts = { from: idea.visibility, to: request.to };
    await recordEvent(tx, actor, "idea.visibility_changed", { kind: "idea", id, accountId: idea.accountId }, facts);
    return { ok: true };
  });
}

/** Says which of us looks after an idea; null: nobody. */
export function setOwner(
  staff: StaffActor,
  id: string,
  request: { owner: string | null; revision: number },
): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const idea = await queries.findForStaff(tx, id);
    if (!idea) return NOT_FOUND;
    if (!mayShape(staff)) return MAY_NOT;
    const { owner } = request;
    if (owner !== null && !(await queries.listColleagues(tx)).some((colleague) => colleague.id === owner)) {
      return { ok: false, why: "no-such-person" };
    }
    if (idea.revision !== request.revision) return CHANGED;
    if (idea.ownerId === owner) return { ok: true };
    if (!(await queries.setOwner(tx, id, request.revision, owner))) return CHANGED;
    const facts = { from: idea.ownerId, to: owner };
    const subject = { kind: "idea", id, accountId: idea.accountId };
    await recordEvent(tx, staff, "idea.owner_changed", subject, facts, null, "staff");
    return { ok: true };
  });
}

/**
 * Says which product an idea is about; null: none. What was answered about another product is kept with the idea and shown
 * again with that one. A product that is made no more stays where it stands, and is given to no other idea.
 */
export function setProduct(
  staff: StaffActor,
  id: string,
  request: { product: string | null; revision: number },
): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const idea = await queries.findForStaff(tx, id);
    if (!idea) return NOT_FOUND;
    if (!mayShape(staff)) return MAY_NOT;
    const { product } = request;
    if (product !== null && product !== idea.productId && (await productOf(tx, product))?.state !== "active") {
      return { ok: false, why: "no-such-product" };
    }
    if (idea.revision !== request.revision) return CHANGED;
    if (idea.productId === product) return { ok: true };
    if (!(await queries.setProduct(tx, id, request.revision, product))) return CHANGED;
    const facts = { from: idea.productId, to: product };
    await recordEvent(tx, staff, "idea.product_changed", { kind: "idea", id, accountId: idea.accountId }, facts);
    return { ok: true };
  });
}

/** Gives an idea these tags and no others; new names become new tags. */
export function setTags(staff: StaffActor, id: string, names: readonly string[]): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const idea = await queries.findForStaff(tx, id);
    if (!idea) return NOT_FOUND;
    if (!mayShape(staff)) return MAY_NOT;
    const before = await queries.listTagsOf(tx, id);
    const wanted = await queries.ensureTags(tx, names, staff.personId);
    const added = wanted.filter((tag) => !before.some((other) => other.id === tag.id));
    const removed = before.filter((tag) => !wanted.some((other) => other.id === tag.id));
    if (added.length + removed.length === 0) return { ok: true };
    await queries.tagIdea(tx, id, idsOf(added), staff.personId);
    await queries.untagIdea(tx, id, idsOf(removed));
    const tags = [...added.map(({ name }) => `+ ${name}`), ...removed.map(({ name }) => `− ${name}`)].join(", ");
    const subject = { kind: "idea", id, accountId: idea.accountId };
    await recordEvent(tx, staff, "idea.tagged", subject, { tags }, null, "staff");
    return { ok: true };
  });
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

/** What the forms for product, owner and tags offer: products that are made, and the idea's own (`current`). */
export function careChoices(staff: StaffActor, id: string) {
  return asActor(staff, async (tx) => {
    const current = (await queries.findForStaff(tx, id))?.productId ?? null;
    const products = await productsIn(tx);
    return {
      colleagues: await queries.listColleagues(tx),
      tags: (await queries.listTags(tx)).map(({ name }) => name),
      products: products
        .filter((product) => product.state === "active" || product.id === current)
        .map(({ id, name }) => ({ id, name })),
      product: current,
    };
  });
}

// ------------------------------------------------------------------ merging

/** Ideas to merge one into, by words; and, when one was chosen, what the two become together. */
export function mergeChoices(staff: StaffActor, source: string, question: { q: string; into: string | null }) {
  const words = tokeniseQuery(question.q);
  return asActor(staff, async (tx) => ({
    found: words === null ? [] : await queries.listMergeTargets(tx, source, words, 10),
    preview: question.into === null ? null : ((await queries.previewMerge(tx, source, question.into)) ?? null),
  }));
}

type Seen = { id: string; revision: number };

/** Each account's log tells of its own idea; of the other one only where both are its own. Staff read the rest. */
export function linesOfMerge(
  name: "idea.merged" | "idea.unmerged",
  source: { id: string; accountId: string },
  target: { id: string; accountId: string },
): Line[] {
  const same = source.accountId === target.accountId;
  const subjectOf = ({ id, accountId }: typeof source) => ({ kind: "idea", id, accountId });
  const into = { into: target.id };
  const from = { from: source.id };
  return [
    { name, subject: subjectOf(source), facts: same ? into : {}, staffFacts: into },
    { name, subject: subjectOf(target), facts: same ? from : {}, staffFacts: from, audience: same ? "both" : "staff" },
  ];
}

/**
 * Merges an idea into another one: supporters, comments and watchers count once there, and whoever knows this one reads that
 * it is followed up together. Both are as the person who decides saw them, or nothing happens.
 */
export function mergeIdeas(staff: StaffActor, source: Seen, target: Seen): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const one = await queries.findForStaff(tx, source.id);
    const other = await queries.findForStaff(tx, target.id);
    if (!one || !other) return NOT_FOUND;
    if (!mayShape(staff)) return MAY_NOT;
    const answer = await queries.mergeIdea(tx, source, target);
    if (answer !== "merged") return { ok: false, why: answer };
    await recordInOrder(tx, staff, linesOfMerge("idea.merged", one, other));
    return { ok: true };
  });
}

/** Takes a merge back; both ideas are as they were before it. */
export function unmergeIdeas(staff: StaffActor, source: Seen): Promise<Outcome> {
  return asActor<Outcome>(staff, async (tx) => {
    const one = await queries.findForStaff(tx, source.id);
    if (!one) return NOT_FOUND;
    if (!mayShape(staff)) return MAY_NOT;
    const answer = await queries.unmergeIdea(tx, source);
    if (answer !== "unmerged") return { ok: false, why: answer };
    const other = one.mergedInto === null ? undefined : await queries.findForStaff(tx, one.mergedInto);
    if (other) await recordInOrder(tx, staff, linesOfMerge("idea.unmerged", one, other));
    return { ok: true };
  });
}
