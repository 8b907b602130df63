import type { ClientActor, StaffActor } from "~/kernel/actor";
import { refuseForm } from "~/kernel/form";
import { commentForm, moveForm, noteForm } from "./idea.schema";
import { collectAttachments } from "./idea-attachments.server";
import * as care from "./idea-care.server";
import {
  type Acted,
  answered,
  DONE,
  type Doers,
  type Form,
  judged,
  NOT_THERE,
  type Person,
  refusedField,
} from "./idea-form-answers.server";
import * as forms from "./idea-page.schema";
import * as said from "./idea-said.server";
import * as support from "./idea-support.server";
import { moveStatus } from "./ideas.server";
import { ofPassages } from "./thread-forms.server";

/** The page of an idea has many small forms; each says by its name what it asks for. */

const ofBoth: Doers<Person> = {
  comment: async (actor, form) => {
    const files = await collectAttachments(actor, form.typed);
    form.typed.set("attachments", files.typed);
    if (files.error) return refusedField(form, "attachments", files.error);
    return judged(actor, form, commentForm, async ({ comment }) =>
      spoken(form, await said.addComment(actor, form.id, comment, files.ids)),
    );
  },
  ...ofPassages,
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

function spoken(form: Form, outcome: said.Spoken): Acted {
  if (outcome.ok) return { done: true, at: outcome.id };
  if (outcome.why === "not-found") return NOT_THERE;
  if (outcome.why === "files-gone") return refusedField(form, "attachments", "files-gone");
  return { done: false, status: 403, failure: refuseForm(form.typed, { "": "not-allowed" }) };
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
