import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { mayEditStatuses } from "~/ideas/idea";
import { editStatusForm, newStatusForm, retireStatusForm } from "~/ideas/idea-page.schema";
import { addStatus, editStatus, listStatuses, retireStatus, type StatusOutcome } from "~/ideas/idea-statuses.server";
import { StaffStatusesPage } from "~/ideas/ui/staff-statuses-page";
import type { StaffActor } from "~/kernel/actor";
import { parseForm, readForm } from "~/kernel/form";
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
    default:
      throw new Response(null, { status: 404, statusText: "Not Found" });
  }
}

type Named = { name_en: string; name_uk: string; name_ru: string; name_zh: string };
const namesOf = ({ name_en: en, name_uk: uk, name_ru: ru, name_zh: zh }: Named) => ({ en, uk, ru, zh });

async function add(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, newStatusForm);
  if (!form.ok) return data({ failure: form }, 422);
  const { kind, position, ...names } = form.value;
  return answer(await addStatus(staff, { kind, position, names: namesOf(names) }));
}

async function edit(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, editStatusForm);
  if (!form.ok) return data({ failure: form }, 422);
  const { status: id, revision, kind, position, ...names } = form.value;
  return answer(await editStatus(staff, { id, revision, kind, position, names: namesOf(names) }));
}

async function retire(staff: StaffActor, typed: FormData) {
  const form = parseForm(typed, retireStatusForm);
  if (!form.ok) return data({ failure: form }, 422);
  const { status: id, instead, revision } = form.value;
  return answer(await retireStatus(staff, { id, instead, revision }));
}

function answer(outcome: StatusOutcome) {
  if (outcome.ok) return redirect("/staff/settings/statuses");
  return data({ refused: outcome.why }, outcome.why === "may-not" ? 403 : 409);
}

export default function Statuses() {
  const { statuses, may } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <StaffStatusesPage
      statuses={statuses}
      may={may}
      failure={answered && "failure" in answered ? answered.failure : undefined}
      refused={answered && "refused" in answered ? answered.refused : undefined}
    />
  );
}
