import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { accountForm, typedFields } from "~/accounts/staff-account.schema";
import { accountToChange, changeAccount } from "~/accounts/staff-accounts.server";
import { answerTo, notThere } from "~/accounts/staff-answers.server";
import { StaffAccountForm } from "~/accounts/ui/staff-account-form";
import { type AccountAnswer, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { parseForm, readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

// Whoever is told that somebody was quicker sends the form of what stands there now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await accountToChange(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  if (!page.mayChange) throw new Response(null, { status: 403, statusText: "Forbidden" });
  return page;
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const typed = await readForm(request);
  const form = parseForm(typed, accountForm);
  if (!form.ok) return data({ failure: form }, 422);
  const outcome = await changeAccount(staff, id, { ...form.value, fields: typedFields(typed) });
  if (!outcome.ok && outcome.why === "not-found") throw notThere();
  return answerTo(outcome, `/staff/accounts/${id}`, typed);
}

export default function ChangeAccount() {
  const { account, mayManage, fields } = useLoaderData<typeof loader>();
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={answer?.refused}>
      <StaffAccountForm account={account} fields={fields} failure={answer?.failure} />
    </StaffAccountFrame>
  );
}
