import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { defineField, listFields, retireField } from "~/accounts/account-fields.server";
import { requireStaff } from "~/accounts/session.server";
import { fieldForm, retireForm } from "~/accounts/staff-account.schema";
import { answerTo } from "~/accounts/staff-answers.server";
import { StaffAccountFieldsPage } from "~/accounts/ui/staff-account-fields-page";
import type { AccountAnswer } from "~/accounts/ui/staff-account-frame";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const title = translatorOf(context.locale)("staffAccounts.fields.title");
  return { ...(await listFields(staff)), title };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const typed = await readForm(request);
  const to = "/staff/accounts/fields";
  if (typed.get("form") === "retire") {
    const form = parseForm(typed, retireForm);
    return form.ok ? answerTo(await retireField(staff, form.value), to) : data({ failure: form }, 422);
  }
  const form = parseForm(typed, fieldForm);
  return form.ok ? answerTo(await defineField(staff, form.value), to, typed) : data({ failure: form }, 422);
}

export default function AccountFields() {
  const { fields, mayDefine } = useLoaderData<typeof loader>();
  const answer: AccountAnswer | undefined = useActionData<typeof action>();
  return <StaffAccountFieldsPage fields={fields} mayDefine={mayDefine} answer={answer} />;
}
