import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { PAGE_SIZE, pageOf } from "~/kernel/cursor";
import { listPins } from "./pin.queries.server";
import type { Looked } from "./pin.schema";
import { mayComment, mayNote } from "./prototype";
import type { ReviewPageData, ShownFile, ShownRow, Stage } from "./review-page";
import * as queries from "./review-page.queries.server";
import { overallOf, stageResult } from "./verdict";

/** The door for whoever looks at a review: its page, and the prototypes that one is shown. */

type Person = ClientActor | StaffActor;

const NOBODY = { list: "open", counts: { open: 0, resolved: 0 }, rows: [], next: null, markers: [] } as const;

/** A prototype at a version, with what was said and answered on it; undefined when it does not exist for this actor. */
export function viewReview(actor: Person, id: string, looked: Looked): Promise<ReviewPageData | undefined> {
  return asActor(actor, async (tx) => {
    const found = await queries.findReview(tx, actor, id, looked.version);
    if (!found) return undefined;
    const { idea, ideaId, stages: raw, accounts, ...review } = found;
    const { version, files } = review;
    const account = accounts === null ? ownAccount(actor) : chosenAccount(accounts, looked.account);
    if (account === undefined) return undefined;
    const file = looked.file === null ? (files[0] ?? null) : files.find((one) => one.id === looked.file);
    if (file === undefined) return undefined;
    const page = Math.min(looked.page, pagesOf(file));
    const stages = raw.map((stage) => stageOf(stage, actor, version.approved));
    const asked = { ...looked, versionId: version.id, account, fileId: file?.id ?? null, page };
    const pins =
      version.draft && actor.side === "client"
        ? NOBODY
        : await listPins(tx, { ...asked, withStaff: accounts !== null });
    // Staff who look as a customer change nothing, and have not opened it for them.
    if (actor.side === "client" && !actor.view) await queries.noteOpening(tx, version.id);
    return {
      ...review,
      idea: idea === null ? null : { id: ideaId, title: idea },
      file,
      page,
      stages,
      overall: overallOf(stages.map(({ rule, reviewers }) => stageResult(rule, reviewers))),
      pins,
      // Of a pin that is not theirs to see nobody learns that it is there.
      open: pins.rows.find(({ id }) => id === looked.pin)?.id ?? null,
      accounts,
      account,
      silent: version.approved ? "review-closed" : maySpeak(actor) ? null : "may-not",
      me: actor.personId,
    };
  });
}

const maySpeak = (actor: Person) => (actor.side === "staff" ? mayNote(actor) : mayComment(actor));
const ownAccount = (actor: Person) => (actor.side === "client" ? actor.accountId : null);

/** The conversation that staff look at: the one they chose, or the first; undefined: it is shown to no such account. */
function chosenAccount(accounts: readonly { id: string }[], chosen: string | null): string | null | undefined {
  if (chosen === null) return accounts[0]?.id ?? null;
  return accounts.find(({ id }) => id === chosen)?.id;
}

const pagesOf = (file: ShownFile | null): number => (file?.kind === "pdf" ? Math.max(file.pages ?? 1, 1) : 1);

function stageOf({ accountId, ...stage }: queries.RawStage, actor: Person, approved: boolean): Stage {
  const { overall, complete } = stageResult(stage.rule, stage.reviewers);
  const asked = stage.opened && !approved && stage.reviewers.some(({ mine }) => mine);
  const own = actor.side === "staff" ? accountId === null && mayNote(actor) : mayComment(actor);
  return { ...stage, overall, complete, mayAnswer: asked && own };
}

/** Whether a prototype exists for this actor. */
export async function seesPrototype(actor: Person, id: string): Promise<boolean> {
  return (await asActor(actor, (tx) => queries.findReview(tx, actor, id, null))) !== undefined;
}

/** A page of the prototypes that a customer is shown, newest first. */
export async function listShownPrototypes(
  actor: ClientActor,
  after: string | null,
): Promise<{ rows: ShownRow[]; next: string | null }> {
  return pageOf(await asActor(actor, (tx) => queries.listShown(tx, actor, { after, take: PAGE_SIZE + 1 })), PAGE_SIZE);
}
