import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import { pinForm, replyForm, resolveForm, verdictForm } from "./pin.schema";
import * as pins from "./pins.server";
import { seesPrototype } from "./reviews.server";
import * as verdicts from "./verdicts.server";

/** What the forms of a review do. Out: where to go; a form that is to be answered; null: there is no such thing. */
export type Answer = { to: string } | { failure: FormFailure; status: number } | null;

type Person = ClientActor | StaffActor;
type Acting = { actor: Person; id: string; typed: FormData; url: URL };

/** What is wrong with a field of the form; all else is how the review stands by now. */
const OF_A_FIELD: Readonly<Record<string, string>> = {
  "off-the-picture": "left",
  "place-missing": "left",
  "needs-words": "words",
};

function refused(typed: FormData, why: pins.Why | verdicts.Why): Answer {
  if (why === "not-found") return null;
  const field = OF_A_FIELD[why];
  if (field) return { failure: refuseForm(typed, { [field]: why }), status: 422 };
  return { failure: refuseForm(typed, { "": why }), status: why === "may-not" || why === "not-asked" ? 403 : 409 };
}

/** The page as it was looked at, at another pin or at none. */
function lookingAt(url: URL, pin: string | null): string {
  const query = new URLSearchParams(url.search);
  for (const name of ["after", "pin", "index"]) query.delete(name);
  if (pin !== null) query.set("pin", pin);
  const asked = query.size > 0 ? `?${query}` : "";
  return `${url.pathname}${asked}${pin === null ? "" : `#pin-${pin}`}`;
}

/** Reads a form and does what it asks; whether the prototype exists comes first. */
async function judged<S extends Parameters<typeof parseForm>[1]>(
  { actor, id, typed }: Acting,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Answer>,
): Promise<Answer> {
  const form = parseForm(typed, schema);
  if (form.ok) return work(form.value);
  return (await seesPrototype(actor, id)) ? { failure: form, status: 422 } : null;
}

const DOERS: Readonly<Record<string, (acting: Acting) => Promise<Answer>>> = {
  pin: (acting) =>
    judged(acting, pinForm, async ({ comment, page = null, to = null, ...spot }) => {
      const { actor, id, typed, url } = acting;
      const set = await pins.placePin(actor, id, { ...spot, page, to }, comment);
      return set.ok ? { to: lookingAt(url, set.pin) } : refused(typed, set.why);
    }),
  reply: (acting) =>
    judged(acting, replyForm, async ({ reply, ...which }) => {
      const { actor, id, typed, url } = acting;
      const said = await pins.answerAtPin(actor, id, which, reply);
      return said.ok ? { to: lookingAt(url, said.pin) } : refused(typed, said.why);
    }),
  resolve: (acting) =>
    judged(acting, resolveForm, async ({ to, ...which }) => {
      const { actor, id, typed, url } = acting;
      const put = await pins.resolvePin(actor, id, which, to === "resolved");
      return put.ok ? { to: lookingAt(url, put.pin) } : refused(typed, put.why);
    }),
  verdict: (acting) =>
    judged(acting, verdictForm, async ({ stage, ...answer }) => {
      const { actor, id, typed, url } = acting;
      const given = await verdicts.giveVerdict(actor, id, stage, answer);
      return given.ok ? { to: `${lookingAt(url, null)}#verdicts` } : refused(typed, given.why);
    }),
};

/** On the page of a review; a form that is none of its own asks for nothing there is. */
export async function actOnReview(actor: Person, id: string, typed: FormData, address: string): Promise<Answer> {
  const name = String(typed.get("form") ?? "");
  const url = new URL(address);
  return Object.hasOwn(DOERS, name) ? ((await DOERS[name]?.({ actor, id, typed, url })) ?? null) : null;
}
