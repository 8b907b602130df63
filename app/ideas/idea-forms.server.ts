import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import { commentForm, moveForm, noteForm } from "./idea.schema";
import { collectAttachments } from "./idea-attachments.server";
import * as care from "./idea-care.server";
import type { MoveRefused, Refusal } from "./idea-page";
import * as forms from "./idea-page.schema";
import * as said from "./idea-said.server";
import * as support from "./idea-support.server";
import * as threads from "./idea-threads.server";
import { moveStatus, seesIdea } from "./ideas.server";

/** The page of an idea has many small forms; each says by its name what it asks for. */

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

type Person = ClientActor | StaffActor;
type Schema = Parameters<typeof parseForm>[1];
type Form = { typed: FormData; id: string; name: string };

const DONE: Acted = { done: true, at: null };
const NOT_THERE: Acted = { done: false, status: 404 };

/** Reads a form and does what it asks; whether the idea exists comes first: a stranger learns nothing from a badly filled form. */
async function judged<S extends Schema>(
  actor: Person,
  { typed, id }: Form,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Acted>,
): Promise<Acted> {
  const form = parseForm(typed, schema);
  if (form.ok) return work(form.value);
  return (await seesIdea(actor, id)) ? { done: false, status: 422, failure: form } : NOT_THERE;
}

function answered({ name }: Form, outcome: support.Outcome, at: string | null = null): Acted {
  if (outcome.ok) return { done: true, at };
  if (outcome.why === "not-found") return NOT_THERE;
  return { done: false, status: outcome.why === "may-not" ? 403 : 409, refused: { form: name, why: outcome.why } };
}

type Doers<A> = Record<string, (actor: A, form: Form) => Promise<Acted>>;

const ofThreads: Doers<Person> = {
  passage: (actor, form) =>
    judged(actor, form, forms.passageForm, async ({ comment, chosen }) =>
      begun(form, await threads.beginThread(actor, form.id, chosen, comment)),
    ),
  reply: (actor, form) =>
    judged(actor, form, forms.replyForm, async ({ thread, reply }) =>
      begun(form, await threads.replyInThread(actor, form.id, thread, reply)),
    ),
  resolve: (actor, form) =>
    judged(actor, form, forms.resolveForm, async ({ thread: id, revision, to }) =>
      answered(form, await threads.resolveThread(actor, form.id, { id, revision }, to === "resolved")),
    ),
  place: (actor, form) =>
    judged(actor, form, forms.placeForm, async ({ thread: id, revision, present }) =>
      answered(form, await threads.placeThread(actor, form.id, { id, revision, present }), `thread-${id}`),
    ),
};

const ofBoth: Doers<Person> = {
  comment: async (actor, form) => {
    const files = await collectAttachments(actor, form.typed);
    form.typed.set("attachments", files.typed);
    if (files.error) return refusedField(form, "attachments", files.error);
    return judged(actor, form, commentForm, async ({ comment }) =>
      spoken(form, await said.addComment(actor, form.id, comment, files.ids)),
    );
  },
  ...ofThreads,
  follow: (actor, form) =>
    judged(actor, form, forms.followForm, async ({ wanted }) =>
      answered(form, await support.follow(actor, form.id, wanted === "yes")),
    ),
  visibility: (actor, form) =>
    judged(actor, form, forms.visibilityForm, async (request) =>
      answered(form, await care.setVisibility(actor, form.id, request)),
    ),
  react: (actor, form) =>
    judged(actor, form, forms.reactForm, async ({ place, said: id, reaction }) =>
      answered(form, await said.react(actor, { place, ideaId: form.id, id }, reaction), id),
    ),
  edit: (actor, form) =>
    judged(actor, form, forms.editForm, async ({ place, said: id, words }) =>
      answered(form, await said.editSaid(actor, { place, ideaId: form.id, id }, words), id),
    ),
  "take-back": (actor, form) =>
    judged(actor, form, forms.takeBackForm, async ({ place, said: id }) =>
      answered(form, await said.takeBack(actor, { place, ideaId: form.id, id })),
    ),
};

const ofClients: Doers<ClientActor> = {
  ...ofBoth,
  support: async (client, form) => answered(form, await support.support(client, form.id)),
  withdraw: async (client, form) => answered(form, await support.withdraw(client, form.id)),
  evidence: async (client, form) => {
    const files = await collectAttachments(client, form.typed);
    form.typed.set("attachments", files.typed);
    if (files.error) return refusedField(form, "attachments", files.error);
    return judged(client, form, forms.evidenceForm, async ({ words }) => {
      const outcome = await support.giveEvidence(client, form.id, { words: words ?? null, uploads: files.ids });
      if (!outcome.ok && outcome.why === "files-gone") return refusedField(form, "attachments", "files-gone");
      return answered(form, outcome);
    });
  },
};

const ofStaff: Doers<StaffActor> = {
  ...ofBoth,
  note: async (staff, form) => {
    const files = await collectAttachments(staff, form.typed);
    form.typed.set("attachments", files.typed);
    if (files.error) return refusedField(form, "attachments", files.error);
    return judged(staff, form, noteForm, async ({ note }) =>
      spoken(form, await said.addNote(staff, form.id, note, files.ids)),
    );
  },
  move: (staff, form) =>
    judged(staff, form, moveForm, async (request) => {
      const outcome = await moveStatus(staff, form.id, request);
      if (outcome.ok) return DONE;
      if (outcome.why === "not-found") return NOT_THERE;
      const { ok: _, ...moved } = outcome;
      return { done: false, status: outcome.why === "not-yours-to-move" ? 403 : 409, moved };
    }),
  behalf: (staff, form) =>
    judged(staff, form, forms.behalfForm, async (heard) => {
      const { person = null, words = null, ...rest } = heard;
      const outcome = await support.supportOnBehalf(staff, form.id, { ...rest, person, words });
      if (!outcome.ok && outcome.why === "no-such-account") return refusedField(form, "account", "no-such-account");
      if (!outcome.ok && outcome.why === "no-such-person") return refusedField(form, "person", "no-such-person");
      if (!outcome.ok && outcome.why === "already") return refusedField(form, "account", "already");
      return answered(form, outcome);
    }),
  unbehalf: (staff, form) =>
    judged(staff, form, forms.unbehalfForm, async ({ support: id }) =>
      answered(form, await support.withdrawOnBehalf(staff, form.id, id)),
    ),
  owner: (staff, form) =>
    judged(staff, form, forms.ownerForm, async ({ owner = null, revision }) =>
      answered(form, await care.setOwner(staff, form.id, { owner, revision })),
    ),
  product: (staff, form) =>
    judged(staff, form, forms.productForm, async ({ product = null, revision }) =>
      answered(form, await care.setProduct(staff, form.id, { product, revision })),
    ),
  tags: (staff, form) =>
    judged(staff, form, forms.tagsForm, async ({ tags }) => answered(form, await care.setTags(staff, form.id, tags))),
  merge: (staff, form) =>
    judged(staff, form, forms.mergeForm, async ({ into, revision, intoRevision }) =>
      answered(form, await care.mergeIdeas(staff, { id: form.id, revision }, { id: into, revision: intoRevision })),
    ),
  unmerge: (staff, form) =>
    judged(staff, form, forms.unmergeForm, async ({ source, revision }) =>
      answered(form, await care.unmergeIdeas(staff, { id: source, revision })),
    ),
};

function refusedField({ typed }: Form, field: string, code: string): Acted {
  return { done: false, status: 422, failure: refuseForm(typed, { [field]: code }) };
}

function begun({ typed }: Form, outcome: threads.Begun): Acted {
  if (outcome.ok) return { done: true, at: `thread-${outcome.thread}`, thread: outcome.thread };
  if (outcome.why === "not-found") return NOT_THERE;
  const status = outcome.why === "passage-gone" ? 409 : 403;
  const code = outcome.why === "passage-gone" ? outcome.why : "not-allowed";
  return { done: false, status, failure: refuseForm(typed, { "": code }) };
}

function spoken(form: Form, outcome: said.Spoken): Acted {
  if (outcome.ok) return { done: true, at: outcome.id };
  if (outcome.why === "not-found") return NOT_THERE;
  if (outcome.why === "files-gone") return refusedField(form, "attachments", "files-gone");
  return { done: false, status: 403, failure: refuseForm(form.typed, { "": "not-allowed" }) };
}

/** The address of an idea's page after a form of it was taken. */
export function afterwards(page: string, { at, thread }: Extract<Acted, { done: true }>): string {
  return `${page}${thread ? `?thread=${thread}` : ""}${at ? `#${at}` : ""}`;
}

const doer = <A>(doers: Doers<A>, name: string) => (Object.hasOwn(doers, name) ? doers[name] : undefined);

/** Does what a form of a client's page of an idea asks for; a form that is none of its own asks for nothing there is. */
export async function actAsClient(client: ClientActor, id: string, typed: FormData): Promise<Acted> {
  const name = String(typed.get("form") ?? "comment");
  return (await doer(ofClients, name)?.(client, { typed, id, name })) ?? NOT_THERE;
}

/** The same on staff's page. */
export async function actAsStaff(staff: StaffActor, id: string, typed: FormData): Promise<Acted> {
  const name = String(typed.get("form") ?? "comment");
  return (await doer(ofStaff, name)?.(staff, { typed, id, name })) ?? NOT_THERE;
}
