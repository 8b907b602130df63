import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { listAbsences, sayAway, takeBackAbsence } from "~/accounts/account-teams.server";
import { requireStaff } from "~/accounts/session.server";
import { absenceForm, goneForm } from "~/accounts/staff-account.schema";
import { answerTo } from "~/accounts/staff-answers.server";
import { StaffAbsencesPage } from "~/accounts/ui/staff-absences-page";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("staffAccounts.absences.title");
  return { ...(await listAbsences(staff)), title };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  if (typed.get("form") === "take-back") {
    const form = parseForm(typed, goneForm);
    return form.ok
      ? answerTo(await takeBackAbsence(staff, form.value.id), "/staff/absences")
      : data({ failure: form }, 422);
  }
  const form = parseForm(typed, absenceForm);
  return form.ok ? answerTo(await sayAway(staff, form.value), "/staff/absences", typed) : data({ failure: form }, 422);
}

export default function Absences() {
  const { title, ...page } = useLoaderData<typeof loader>();
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAbsencesPage {...page} answer={answer} />;
}
