import type { GuestActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import type { BoardAnswer } from "./board-page";
import { dotForm } from "./board-page.schema";
import { addGuestComment, beginGuestThingThread, beginGuestThread, replyAsGuest } from "./guest-ideas.server";
import { commentForm } from "./idea.schema";
import { passageForm, replyForm, thingForm } from "./idea-page.schema";
import { moveDot } from "./idea-votes.server";

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

type BoardActed =
  | { done: true; at: string | null; thread?: string }
  | ({ done: false; status: 403 | 409 | 422 | 429 } & BoardAnswer)
  | { done: false; status: 404 };

/** The same of the page of their board: of a thing on it, or in a thread about one; and gives dots or takes them back. */
export async function takeGuestBoardForm(guest: GuestActor, typed: FormData): Promise<BoardActed> {
  if (typed.get("form") === "reply") return replied(guest, typed);
  if (typed.get("form") === "dot") return dotted(guest, typed);
  return judged(typed, thingForm, ({ element, comment }) => beginGuestThingThread(guest, element, comment));
}

async function dotted(guest: GuestActor, typed: FormData): Promise<BoardActed> {
  const form = parseForm(typed, dotForm);
  if (!form.ok) return { done: false, status: 422, failure: form };
  const outcome = await moveDot(guest, guest.object.id, form.value);
  if (outcome.ok) return { done: true, at: null };
  const { why } = outcome;
  if (why === "not-found") return { done: false, status: 404 };
  const status = why === "may-not" ? 403 : why === "too-often" ? 429 : 409;
  return { done: false, status, refused: { form: "dot", why } };
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
