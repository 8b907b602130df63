import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import type { MoveRefused, Refusal } from "./idea-page";
import type { Outcome } from "./idea-support.server";
import { seesIdea } from "./ideas.server";

/** How the many small forms of an idea's pages are read and answered. */

/** What became of a form. `at`: what on the page to go to; `thread`: which of its threads is to be open then. */
export type Acted =
  | { done: true; at: string | null; thread?: string }
  | {
      done: false;
      status: 403 | 409 | 422;
      failure?: FormFailure;
      refused?: { form: string; why: Refusal };
      moved?: MoveRefused;
    }
  | { done: false; status: 404 };

export type Person = ClientActor | StaffActor;
type Schema = Parameters<typeof parseForm>[1];
export type Form = { typed: FormData; id: string; name: string };

export const DONE: Acted = { done: true, at: null };
export const NOT_THERE: Acted = { done: false, status: 404 };

/** Reads a form and does what it asks; whether the idea exists comes first: a stranger learns nothing from a badly filled form. */
export async function judged<S extends Schema>(
  actor: Person,
  { typed, id }: Form,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Acted>,
): Promise<Acted> {
  const form = parseForm(typed, schema);
  if (form.ok) return work(form.value);
  return (await seesIdea(actor, id)) ? { done: false, status: 422, failure: form } : NOT_THERE;
}

export function answered({ name }: Form, outcome: Outcome, at: string | null = null): Acted {
  if (outcome.ok) return { done: true, at };
  if (outcome.why === "not-found") return NOT_THERE;
  return { done: false, status: outcome.why === "may-not" ? 403 : 409, refused: { form: name, why: outcome.why } };
}

export type Doers<A> = Record<string, (actor: A, form: Form) => Promise<Acted>>;

export function refusedField({ typed }: Form, field: string, code: string): Acted {
  return { done: false, status: 422, failure: refuseForm(typed, { [field]: code }) };
}

/** The address of an idea's page after a form of it was taken. */
export function afterwards(page: string, { at, thread }: Extract<Acted, { done: true }>): string {
  return `${page}${thread ? `?thread=${thread}` : ""}${at ? `#${at}` : ""}`;
}
