import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { requireStaff } from "~/accounts/session.server";
import { mayManageAccounts } from "~/accounts/staff-account";
import { newAccountForm } from "~/accounts/staff-account.schema";
import { createAccount } from "~/accounts/staff-accounts.server";
import { StaffAccountForm } from "~/accounts/ui/staff-account-form";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  if (!mayManageAccounts(staff)) throw new Response(null, { status: 403, statusText: "Forbidden" });
  return { title: translatorOf(context.locale)("staffAccounts.form.newTitle") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  const form = parseForm(typed, newAccountForm);
  if (!form.ok) return data({ failure: form }, 422);
  const outcome = await createAccount(staff, form.value);
  if (outcome.ok) return redirect(`/staff/accounts/${outcome.id}`);
  return data({ failure: refuseForm(typed, { "": "not-allowed" }) }, 403);
}

export default function NewAccount() {
  const answer = useActionData<typeof action>();
  const t = useTranslations("staffAccounts");
  return (
    <>
      <PageHeader above={<WayUp to="/staff/accounts">{t("list.title")}</WayUp>} title={t("form.newTitle")} />
      <StaffAccountForm account={null} fields={[]} failure={answer?.failure} />
    </>
  );
}
