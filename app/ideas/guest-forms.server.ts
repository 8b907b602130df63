import type { GuestActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import { addGuestComment, beginGuestThingThread, beginGuestThread, replyAsGuest } from "./guest-ideas.server";
import { commentForm } from "./idea.schema";
import { passageForm, replyForm, thingForm } from "./idea-page.schema";

/** What became of a guest's form. `at`: what on the page to go to; `thread`: which of its threads is to be open then. */
export type GuestActed =
  | { done: true; at: string; thread?: string }
  | { done: false; status: 403 | 409 | 422 | 429; failure: FormFailure }
  | { done: false; status: 404 };

type Outcome = Awaited<ReturnType<typeof addGuestComment> | ReturnType<typeof beginGuestThread>>;

/** Says what a form of a guest's idea says: of the idea, of a passage of its brief, or in a thread about one. */
export async function takeGuestForm(guest: GuestActor, typed: FormData): Promise<GuestActed> {
  const name = typed.get("form");
  if (name === "passage") {
    return judged(typed, passageForm, ({ chosen, comment }) => beginGuestThread(guest, chosen, comment));
  }
  if (name === "reply") return replied(guest, typed);
  return judged(typed, commentForm, ({ comment }) => addGuestComment(guest, comment));
}

/** The same of the page of their board: of a thing on it, or in a thread about one. */
export async function takeGuestBoardForm(guest: GuestActor, typed: FormData): Promise<GuestActed> {
  if (typed.get("form") === "reply") return replied(guest, typed);
  return judged(typed, thingForm, ({ element, comment }) => beginGuestThingThread(guest, element, comment));
}

const replied = (guest: GuestActor, typed: FormData) =>
  judged(typed, replyForm, ({ thread, reply }) => replyAsGuest(guest, thread, reply));

async function judged<S extends Parameters<typeof parseForm>[1]>(
  typed: FormData,
  schema: S,
  work: (value: Extract<ReturnType<typeof parseForm<S>>, { ok: true }>["value"]) => Promise<Outcome>,
): Promise<GuestActed> {
  const form = parseForm(typed, schema);
  return form.ok ? answered(typed, await work(form.value)) : { done: false, status: 422, failure: form };
}

function answered(typed: FormData, outcome: Outcome): GuestActed {
  if (outcome.ok) {
    if (!("thread" in outcome)) return { done: true, at: outcome.id };
    return { done: true, at: `thread-${outcome.thread}`, thread: outcome.thread };
  }
  const refused = (status: 403 | 409 | 429, code: string): GuestActed => ({
    done: false,
    status,
    failure: refuseForm(typed, { "": code }),
  });
  switch (outcome.why) {
    case "not-found":
      return { done: false, status: 404 };
    case "too-often":
      return refused(429, outcome.why);
    case "passage-gone":
    case "thing-gone":
    case "board-unread":
      return refused(409, outcome.why);
    case "may-not-comment":
      return refused(403, "not-allowed");
  }
}
