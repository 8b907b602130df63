import { data, redirect } from "@remix-run/node";
import { statusOfAccountRefusal } from "./staff-account";

/** A page that is not there. */
export const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

type Outcome = { ok: true } | { ok: false; why: string; what?: string | null };

/** The answer to a form: on to `to` when it was taken, else why not, on the same page. */
export function answerTo(outcome: Outcome, to: string) {
  if (outcome.ok) return redirect(to);
  const refused = { why: outcome.why, what: outcome.what ?? null };
  return data({ refused }, statusOfAccountRefusal(outcome.why));
}
