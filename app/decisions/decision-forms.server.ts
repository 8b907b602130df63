import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import { makeForm, notYetForm, revisionForm, tickedPeople, wordForm } from "./decision.schema";
import { seesDecision, viewMaking } from "./decision-pages.server";
import * as decisions from "./decisions.server";

/** What the forms of decisions do. Out: where to go; a form that is to be answered; null: there is no such thing. */
type Answer = { to: string } | { failure: FormFailure; status: number } | null;

type Person = ClientActor | StaffActor;
type Why = Exclude<decisions.Outcome, { ok: true }>["why"];

/** What is wrong with the form itself; all else is how the decision stands by now. */
const OF_THE_FORM: readonly Why[] = ["a-side-is-missing", "asked-twice", "cannot-be-asked", "reason-missing"];

const statusOf = (why: Why): number => (why === "may-not" ? 403 : OF_THE_FORM.includes(why) ? 422 : 409);

function answered(typed: FormData, outcome: decisions.Outcome, to: string, field = ""): Answer {
  if (outcome.ok) return { to };
  if (outcome.why === "not-found") return null;
  const status = statusOf(outcome.why);
  return { failure: refuseForm(typed, { [status === 422 ? field : ""]: outcome.why }), status };
}

type Acting = { actor: Person; id: string; typed: FormData; page: string };

/** Reads a form and does what it asks; whether the decision exists comes first. */
async function judged<S extends Parameters<typeof parseForm>[1]>(
  { actor, id, typed }: Acting,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Answer>,
): Promise<Answer> {
  const form = parseForm(typed, schema);
  if (form.ok) return work(form.value);
  return (await seesDecision(actor, id)) ? { failure: form, status: 422 } : null;
}

const DOERS: Readonly<Record<string, (acting: Acting) => Promise<Answer>>> = {
  word: (acting) =>
    judged(acting, wordForm, async ({ revision, ...words }) => {
      const { actor, id, typed, page } = acting;
      return answered(typed, await decisions.wordDecision(actor, { id, revision }, words), page);
    }),
  ask: (acting) =>
    judged(acting, revisionForm, async ({ revision }) => {
      const { actor, id, typed, page } = acting;
      const ticked = tickedPeople(typed);
      if ("people" in ticked)
        return answered(typed, await decisions.askAbout(actor, { id, revision }, ticked.people), page, "people");
      return (await seesDecision(actor, id))
        ? { failure: refuseForm(typed, { people: ticked.why }), status: 422 }
        : null;
    }),
  agree: (acting) =>
    judged(acting, revisionForm, async ({ revision }) => {
      const { actor, id, typed, page } = acting;
      return answered(typed, await decisions.answerDecision(actor, { id, revision }, { says: "agree" }), page);
    }),
  "not-yet": (acting) =>
    judged(acting, notYetForm, async ({ revision, reason }) => {
      const { actor, id, typed, page } = acting;
      const said = { says: "not-yet", reason } as const;
      return answered(typed, await decisions.answerDecision(actor, { id, revision }, said), page, "reason");
    }),
  reopen: (acting) =>
    judged(acting, revisionForm, async ({ revision }) => {
      const { actor, id, typed, page } = acting;
      return answered(typed, await decisions.reopenDecision(actor, { id, revision }), page);
    }),
};

/** On the page of a decision; a form that is none of its own asks for nothing there is. In: the page's own address. */
export async function actOnDecision(actor: Person, id: string, typed: FormData, page: string): Promise<Answer> {
  const name = String(typed.get("form") ?? "");
  return Object.hasOwn(DOERS, name) ? ((await DOERS[name]?.({ actor, id, typed, page })) ?? null) : null;
}

/** Where one is made. In: where decisions of its maker's side are. */
export async function actOnMaking(actor: Person, ideaId: string, typed: FormData, pages: string): Promise<Answer> {
  const form = parseForm(typed, makeForm);
  // Whether the idea exists comes first.
  if (!form.ok) return (await viewMaking(actor, ideaId, null)) ? { failure: form, status: 422 } : null;
  const { comment: commentId, thing: element, passage: threadId, ...words } = form.value;
  // What is to be quoted stands in the address that led here.
  const made = commentId
    ? await decisions.makeFromComment(actor, { ideaId, commentId }, words)
    : element
      ? await decisions.makeFromThing(actor, { ideaId, element }, words)
      : threadId && (await decisions.makeFromPassage(actor, { ideaId, threadId }, words));
  if (!made) return null;
  if (made.ok) return { to: `${pages}/${made.decision}` };
  if (made.why === "not-found") return null;
  return { failure: refuseForm(typed, { "": made.why }), status: made.why === "may-not" ? 403 : 409 };
}
