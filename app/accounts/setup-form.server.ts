import { data } from "@remix-run/node";
import { parseForm } from "~/kernel/form";
import { setupForm } from "./account.schema";
import type { SetupAnswer } from "./second-factor";
import { beginSetup, finishSetup, setupOf } from "./second-factor.server";
import type { SignInContext } from "./sign-in.server";

const NOTHING: SetupAnswer = { setup: null, codes: null, failure: null, refusal: null };

/** A page that shows recovery codes, once. */
export const codesAnswer = (codes: readonly string[]) => data<SetupAnswer>({ ...NOTHING, codes });

/** What the two forms of setting up a second factor are answered: begin, and the first code. */
export async function answerSetup(context: SignInContext, typed: FormData) {
  if (typed.get("intent") !== "finish") return data<SetupAnswer>({ ...NOTHING, setup: await beginSetup(context) });
  const form = parseForm(typed, setupForm);
  if (!form.ok) {
    const { factorId, secret } = form.values;
    // Without its two hidden parts there is nothing to go on with: one begins anew.
    const whole = setupForm.pick({ factorId: true, secret: true }).safeParse({ factorId, secret });
    const setup = whole.success ? await setupOf(context, whole.data.factorId, whole.data.secret) : null;
    return data<SetupAnswer>({ ...NOTHING, setup, failure: form }, 422);
  }
  const outcome = await finishSetup(context, form.value);
  if (outcome.ok) return codesAnswer(outcome.codes);
  const setup = await setupOf(context, form.value.factorId, form.value.secret);
  return data<SetupAnswer>({ ...NOTHING, setup, refusal: outcome }, outcome.why === "wait" ? 429 : 422);
}
