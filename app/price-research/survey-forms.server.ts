import type { ClientActor, StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, refuseForm } from "~/kernel/form";
import { meterForm, priceForm, revisionForm, surveyForm, tickedAccounts } from "./survey.schema";
import { viewAsked, viewMaking, viewSurvey } from "./survey-pages.server";
import * as surveys from "./surveys.server";

/** What the forms of surveys do. Out: where to go; a form that is to be answered; null: there is no such thing. */
type Answer = { to: string } | { failure: FormFailure; status: number } | null;
type Why = Exclude<surveys.Outcome, { ok: true }>["why"];

/** What is wrong with the form itself, and with which field; all else is how the survey stands by now. */
const OF_THE_FORM: Partial<Record<Why, string>> = {
  "not-askable": "accounts",
  "time-over": "closes",
  contradicts: "",
};

function refused(typed: FormData, why: Why): Answer {
  if (why === "not-found") return null;
  const field = OF_THE_FORM[why];
  const status = why === "may-not" ? 403 : field === undefined ? 409 : 422;
  return { failure: refuseForm(typed, { [field ?? ""]: why }), status };
}

/** Where a survey about an idea is made. */
export async function actOnMaking(staff: StaffActor, ideaId: string, typed: FormData): Promise<Answer> {
  const form = parseForm(typed, surveyForm);
  const accounts = tickedAccounts(typed);
  if (!form.ok || accounts.length === 0) {
    // Whether the idea exists comes first.
    if (!(await viewMaking(staff, ideaId))) return null;
    const errors = { ...(form.ok ? {} : form.errors), ...(accounts.length === 0 && { accounts: "nobody-asked" }) };
    return { failure: refuseForm(typed, errors), status: 422 };
  }
  const made = await surveys.makeSurvey(staff, ideaId, { ...form.value, accounts });
  return made.ok ? { to: `/staff/surveys/${made.survey}` } : refused(typed, made.why);
}

const RUNNERS = { open: surveys.openSurvey, close: surveys.closeSurvey } as const;

/** On staff's page of a survey. */
export async function actOnSurvey(staff: StaffActor, id: string, typed: FormData): Promise<Answer> {
  const name = String(typed.get("form") ?? "");
  const run = Object.hasOwn(RUNNERS, name) ? RUNNERS[name as keyof typeof RUNNERS] : null;
  const form = parseForm(typed, revisionForm);
  if (!run || !form.ok) {
    const there = run && (await viewSurvey(staff, id, { cost: null, locale: "en" }));
    return there && !form.ok ? { failure: form, status: 422 } : null;
  }
  const outcome = await run(staff, { id, revision: form.value.revision });
  return outcome.ok ? { to: `/staff/surveys/${id}` } : refused(typed, outcome.why);
}

/** On the page of whoever is asked. */
export async function actOnAsked(client: ClientActor, id: string, typed: FormData): Promise<Answer> {
  const page = await viewAsked(client, id, "en");
  if (!page) return null;
  const form = page.method === "meter" ? parseForm(typed, meterForm(page.currency)) : parseForm(typed, priceForm);
  if (!form.ok) return { failure: form, status: 422 };
  const outcome =
    "meter" in form.value
      ? await surveys.stateMeter(client, id, form.value)
      : await surveys.statePrice(client, id, form.value);
  return outcome.ok ? { to: `/surveys/${id}` } : refused(typed, outcome.why);
}
