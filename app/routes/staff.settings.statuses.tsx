import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayEditStatuses } from "~/ideas/idea";
import { bringBackStatusForm, editStatusForm, newStatusForm, retireStatusForm } from "~/ideas/idea-page.schema";
import type { StatusRefusal } from "~/ideas/idea-status";
import {
  addStatus,
  bringBackStatus,
  editStatus,
  listStatuses,
  retireStatus,
  type StatusOutcome,
} from "~/ideas/idea-statuses.server";
import { StaffStatusesPage } from "~/ideas/ui/staff-statuses-page";
import type { StaffActor } from "~/kernel/actor";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("ideas.statuses.title");
  return { statuses: await listStatuses(staff), may: mayEditStatuses(staff), title };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  switch (typed.get("form")) {
    case "add":
      return add(staff, typed);
    case "edit":
      return edit(staff, typed);
    case "retire":
      return retire(staff, typed);
    case "back":
      return bringBack(staff, typed);
    default:
      throw new Response(null, { status: 404, statusText: "Not Found" });
  }
}

type Named = { name_en: string; name_uk: string; name_ru: string; name_zh: string };
const namesOf = ({ name_en: en, name_uk: uk, name_ru: ru, name_zh: zh }: Named) => ({ en, uk, ru, zh });

async function add(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, newStatusForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  const { kind, position, ...names } = form.value;
  return answer(typed, await addStatus(staff, { kind, position, names: namesOf(names) }));
}

async function edit(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, editStatusForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  const { status: id, revision, kind, position, ...names } = form.value;
  return answer(typed, await editStatus(staff, { id, revision, kind, position, names: namesOf(names) }));
}

async function retire(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, retireStatusForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  const { status: id, instead, revision } = form.value;
  return answer(typed, await retireStatus(staff, { id, instead, revision }));
}

async function bringBack(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, bringBackStatusForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  const { status: id, revision } = form.value;
  return answer(typed, await bringBackStatus(staff, { id, revision }));
}

type Answer = { failure: FormFailure; refused?: StatusRefusal };

/** Refused, the form comes back as it was filled in, beside what stands now. */
function answer(typed: FormData, outcome: StatusOutcome) {
  if (outcome.ok) return redirect("/staff/settings/statuses");
  if (outcome.why === "name-taken") {
    const errors = outcome.languages.map((locale) => [`name_${locale}`, outcome.why]);
    return data<Answer>({ failure: refuseForm(typed, Object.fromEntries(errors)) }, 422);
  }
  const failure = refuseForm(typed, {});
  return data<Answer>({ failure, refused: outcome.why }, outcome.why === "may-not" ? 403 : 409);
}

export default function Statuses() {
  const { statuses, may } = useLoaderData<typeof loader>();
  const answered: Answer | undefined = useActionData<typeof action>();
  return <StaffStatusesPage statuses={statuses} may={may} failure={answered?.failure} refused={answered?.refused} />;
}
