import { data, redirect } from "@remix-run/node";
import { type FormFailure, refuseForm } from "~/kernel/form";
import { statusOfAccountRefusal } from "./staff-account";

type Answer = { refused?: { why: string; what: string | null }; failure?: FormFailure };

/** A page that is not there. */
export const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

type Outcome = { ok: true } | { ok: false; why: string; what?: string | null; fields?: readonly string[] };

/**
 * The answer to a form: on to `to` when it was taken, else why not, on the same page, with all that was typed. A revision that
 * is no longer the last one is not given back: sent once more, the form is of what stands there now.
 */
export function answerTo(outcome: Outcome, to: string, typed?: FormData) {
  if (outcome.ok) return redirect(to);
  const { why, what = null, fields = [] } = outcome;
  const status = statusOfAccountRefusal(why);
  if (!typed) return data<Answer>({ refused: { why, what } }, status);
  const failure = refuseForm(typed, Object.fromEntries(fields.map((id) => [`field-${id}`, "invalid"])));
  if (why === "changed-meanwhile") delete failure.values.revision;
  // The fields say it themselves, and their summary takes the focus.
  return fields.length > 0 ? data<Answer>({ failure }, 422) : data<Answer>({ refused: { why, what }, failure }, status);
}
