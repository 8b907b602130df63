import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { closeStep, reopenAccount, viewClosing } from "~/accounts/account-closings.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { stepForm } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import { StaffAccountClosePage } from "~/accounts/ui/staff-account-close-page";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewClosing(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const typed = await readForm(request);
  const to = `/staff/accounts/${id}/close`;
  if (typed.get("form") === "reopen") {
    await requireRecentProof(context);
    return answerTo(await reopenAccount(staff, id), to);
  }
  const form = parseForm(typed, stepForm);
  if (!form.ok) return data({ failure: form }, 422);
  await requireRecentProof(context);
  return answerTo(await closeStep(staff, id, form.value.step), to);
}

export default function CloseAccount() {
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAccountClosePage {...useLoaderData<typeof loader>()} refused={answer?.refused} />;
}
