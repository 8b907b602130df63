import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { erasePerson, viewSubject } from "~/accounts/person-data.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { eraseForm } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { StaffPersonDataPage } from "~/accounts/ui/staff-person-data-page";
import { typedNames } from "~/ideas/idea-typed.server";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.person.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewSubject(staff, requireId(params, "accountId"), requireId(params, "personId"));
  if (!page?.account) throw notThere();
  const { email, ...person } = page.person;
  const searched = page.mayManage && !person.erasedAt;
  const typed = searched ? await typedNames(staff, page.account.id, { name: person.name, email }) : null;
  return { ...page, account: page.account, person, typed };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const accountId = requireId(params, "accountId");
  const id = requireId(params, "personId");
  const typed = await readForm(request);
  const form = parseForm(typed, eraseForm);
  if (!form.ok) return data({ failure: form }, 422);
  await requireRecentProof(context);
  const outcome = await erasePerson(staff, accountId, id, form.value.name);
  if (!outcome.ok && outcome.why === "not-found") throw notThere();
  return answerTo(outcome, `/staff/accounts/${accountId}/people/${id}`, typed);
}

export default function PersonData() {
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffPersonDataPage {...useLoaderData<typeof loader>()} answer={answer} />;
}
