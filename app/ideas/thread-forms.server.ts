import type { StaffActor } from "~/kernel/actor";
import { refuseForm } from "~/kernel/form";
import {
  type Acted,
  answered,
  type Doers,
  type Form,
  judged,
  NOT_THERE,
  type Person,
} from "./idea-form-answers.server";
import * as forms from "./idea-page.schema";
import type { ThreadsOf } from "./idea-thread";
import * as threads from "./idea-threads.server";

/** The forms of threads about passages of a brief, which stand on the page of an idea. */
export const ofPassages = {
  passage: (actor, form) =>
    judged(actor, form, forms.passageForm, async ({ comment, chosen }) =>
      begun(form, await threads.beginThread(actor, form.id, chosen, comment)),
    ),
  ...talkIn("shared"),
} satisfies Doers<Person>;

/** Those about things on a board, which stand on its page. */
export const ofThings: Doers<Person> = { thing: thingIn("shared"), ...talkIn("shared") };

/** Those about things on the layer of staff, for nobody else. */
export const ofLayer: Doers<StaffActor> = { thing: thingIn("layer"), ...talkIn("layer") };

function thingIn(of: ThreadsOf) {
  return (actor: Person, form: Form) =>
    judged(actor, form, forms.thingForm, async ({ element, comment }) =>
      begun(form, await threads.beginThingThread(actor, form.id, element, comment, of)),
    );
}

function talkIn(of: ThreadsOf) {
  return {
    reply: (actor, form) =>
      judged(actor, form, forms.replyForm, async ({ thread, reply }) =>
        begun(form, await threads.replyInThread(actor, form.id, thread, reply, of)),
      ),
    resolve: (actor, form) =>
      judged(actor, form, forms.resolveForm, async ({ thread: id, revision, to }) =>
        answered(form, await threads.resolveThread(actor, form.id, { id, revision }, to === "resolved", of)),
      ),
    place: (actor, form) =>
      judged(actor, form, forms.placeForm, async ({ thread: id, revision, present }) =>
        answered(form, await threads.placeThread(actor, form.id, { id, revision, present }, of), `thread-${id}`),
      ),
  } satisfies Doers<Person>;
}

function begun({ typed }: Form, outcome: threads.Begun): Acted {
  if (outcome.ok) return { done: true, at: `thread-${outcome.thread}`, thread: outcome.thread };
  if (outcome.why === "not-found") return NOT_THERE;
  if (outcome.why === "may-not-comment") {
    return { done: false, status: 403, failure: refuseForm(typed, { "": "not-allowed" }) };
  }
  return { done: false, status: 409, failure: refuseForm(typed, { "": outcome.why }) };
}
