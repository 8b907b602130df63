import type { StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import * as forms from "./prototype.schema";
import * as prototypes from "./prototypes.server";
import { endRelease, type ReleaseOutcome, releaseVersion } from "./releases.server";

/** What the forms of staff's pages do. Out: where to go; a form that is to be answered; null: there is no such thing. */
type Answer = { to: string } | { failure: FormFailure; status: number } | null;

const pageOf = (id: string) => `/staff/prototypes/${id}`;

function answered(typed: FormData, outcome: prototypes.Outcome | ReleaseOutcome, to: string): Answer {
  if (outcome.ok) return { to };
  if (outcome.why === "not-found") return null;
  return { failure: refuseForm(typed, { "": outcome.why }), status: outcome.why === "may-not" ? 403 : 409 };
}

/** Makes a prototype. */
export async function actOnNew(staff: StaffActor, typed: FormData): Promise<Answer> {
  const form = parseForm(typed, forms.prototypeForm);
  if (!form.ok) return { failure: form, status: 422 };
  const made = await prototypes.makePrototype(staff, { name: form.value.name, ideaId: form.value.idea });
  if (made.ok) return { to: pageOf(made.id) };
  if (made.why === "may-not") return { failure: refuseForm(typed, { "": "not-allowed" }), status: 403 };
  return { failure: refuseForm(typed, { idea: "not-offered" }), status: 422 };
}

type Acting = { staff: StaffActor; id: string; typed: FormData };

/** Reads a form and does what it asks; whether the prototype exists comes first. */
async function judged<S extends Parameters<typeof parseForm>[1]>(
  { staff, id, typed }: Acting,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Answer>,
): Promise<Answer> {
  const form = parseForm(typed, schema);
  if (form.ok) return work(form.value);
  return (await prototypes.getReview(staff, id, null)) ? { failure: form, status: 422 } : null;
}

const DOERS: Readonly<Record<string, (acting: Acting) => Promise<Answer>>> = {
  begin: async ({ staff, id, typed }) => answered(typed, await prototypes.beginVersion(staff, id), pageOf(id)),
  notes: (acting) =>
    judged(acting, forms.notesForm, async ({ notes, ...seen }) => {
      const { staff, id: prototypeId, typed } = acting;
      const outcome = await prototypes.writeNotes(staff, { prototypeId, ...seen }, notes);
      return answered(typed, outcome, pageOf(prototypeId));
    }),
  publish: (acting) =>
    judged(acting, forms.publishForm, async (seen) => {
      const { staff, id: prototypeId, typed } = acting;
      return answered(typed, await prototypes.publishVersion(staff, { prototypeId, ...seen }), pageOf(prototypeId));
    }),
  end: (acting) =>
    judged(acting, forms.endForm, async ({ release }) => {
      const { staff, id, typed } = acting;
      return answered(typed, await endRelease(staff, id, release), pageOf(id));
    }),
};

/** On the page of a prototype; a form that is none of its own asks for nothing there is. */
export async function actOnPrototype(staff: StaffActor, id: string, typed: FormData): Promise<Answer> {
  const name = String(typed.get("form") ?? "");
  return Object.hasOwn(DOERS, name) ? ((await DOERS[name]?.({ staff, id, typed })) ?? null) : null;
}

/** Where a version is released. `zone`: where whoever does it is, whose days they mean. */
export async function actOnRelease(
  staff: StaffActor,
  where: { prototypeId: string; version: string },
  typed: FormData,
  zone: string,
): Promise<Answer> {
  const form = parseForm(typed, forms.releaseForm);
  if (!form.ok) {
    return (await prototypes.getReview(staff, where.prototypeId, null)) ? { failure: form, status: 422 } : null;
  }
  const { account, to, from = null, due = null, stage, rule } = form.value;
  const asked = forms.ticked(typed, "asked");
  // A stage is spoken of by its name.
  if (asked.length > 0 && stage === undefined) {
    return { failure: refuseForm(typed, { stage: "required" }), status: 422 };
  }
  const outcome = await releaseVersion(staff, where, {
    accountId: account ?? null,
    people: account === undefined || to === "all" ? null : forms.ticked(typed, "shown"),
    from,
    due,
    zone,
    stage: stage === undefined ? null : { name: stage, rule, asked, deciding: forms.ticked(typed, "decides") },
  });
  return answered(typed, outcome, pageOf(where.prototypeId));
}
