import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { mergeAccounts, viewMerge } from "~/accounts/account-merges.server";
import { requireRecentProof, requireStaff } from "~/accounts/session.server";
import { mergeForm, mergeQuestion } from "~/accounts/staff-account.schema";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { StaffAccountMergePage } from "~/accounts/ui/staff-account-merge-page";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const question = mergeQuestion(request.url);
  const page = await viewMerge(staff, requireId(params, "accountId"), question);
  if (!page) throw notThere();
  return { ...page, q: question.q };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const form = parseForm(await readForm(request), mergeForm);
  if (!form.ok) return data({ failure: form }, 422);
  await requireRecentProof(context);
  const { into } = form.value;
  return answerTo(await mergeAccounts(staff, id, into), `/staff/accounts/${into}`);
}

export default function MergeAccount() {
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAccountMergePage {...useLoaderData<typeof loader>()} refused={answer?.refused} />;
}
