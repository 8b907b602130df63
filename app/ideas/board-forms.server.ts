import type { ClientActor, StaffActor } from "~/kernel/actor";
import { parseForm } from "~/kernel/form";
import type { BoardAnswer } from "./board-page";
import * as forms from "./board-page.schema";
import type { Acted } from "./idea-form-answers.server";
import * as votes from "./idea-votes.server";
import { seesIdea } from "./ideas.server";
import { ofLayer, ofThings } from "./thread-forms.server";

/** The page of a board has several small forms; each says by its name what it asks for. */

type Person = ClientActor | StaffActor;
type Answer =
  | { done: true; at: string | null; thread?: string }
  | ({ done: false; status: 403 | 409 | 422 | 429 } & BoardAnswer)
  | { done: false; status: 404 };

const NOT_THERE: Answer = { done: false, status: 404 };

function answered(form: string, outcome: votes.Voted): Answer {
  if (outcome.ok) return { done: true, at: null };
  const { why } = outcome;
  if (why === "not-found") return NOT_THERE;
  const status = why === "may-not" ? 403 : why === "too-often" ? 429 : 409;
  return { done: false, status, refused: { form, why } };
}

type Doer = (actor: Person, id: string, typed: FormData) => Promise<Answer>;

/** Reads a form and does what it asks; whether the idea exists comes first: a stranger learns nothing from a badly filled form. */
const doer =
  <S extends Parameters<typeof parseForm>[1]>(
    name: string,
    schema: S,
    work: (
      actor: Person,
      id: string,
      value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"],
    ) => Promise<votes.Voted>,
  ): Doer =>
  async (actor, id, typed) => {
    const form = parseForm(typed, schema);
    if (form.ok) return answered(name, await work(actor, id, form.value));
    return (await seesIdea(actor, id)) ? { done: false, status: 422, failure: form } : NOT_THERE;
  };

const DOERS = new Map<string, Doer>([
  ["begin-vote", doer("begin-vote", forms.beginVoteForm, votes.beginVote)],
  ["dot", doer("dot", forms.dotForm, votes.moveDot)],
  ["close-vote", doer("close-vote", forms.closeVoteForm, (actor, id, { vote }) => votes.closeVote(actor, id, vote))],
]);

/** Does what a form of the page of a board asks for; a form that is none of its own asks for nothing there is. */
export async function actOnBoard(actor: Person, id: string, typed: FormData): Promise<Answer> {
  const name = `${typed.get("form")}`;
  const talk = Object.hasOwn(ofThings, name) ? ofThings[name] : undefined;
  if (!talk) return (await DOERS.get(name)?.(actor, id, typed)) ?? NOT_THERE;
  return talked(await talk(actor, { typed, id, name }));
}

/** The same of the page of the layer of staff, about which nobody votes. */
export async function actOnLayer(staff: StaffActor, id: string, typed: FormData): Promise<Answer> {
  const name = `${typed.get("form")}`;
  const talk = Object.hasOwn(ofLayer, name) ? ofLayer[name] : undefined;
  return talk ? talked(await talk(staff, { typed, id, name })) : NOT_THERE;
}

function talked(acted: Acted): Answer {
  if (acted.done || acted.status === 404) return acted;
  const { status, failure, refused } = acted;
  return { done: false, status, ...(failure && { failure }), ...(refused && { talkRefused: refused }) };
}
