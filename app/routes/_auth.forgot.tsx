import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { answerOf } from "~/accounts/account";
import { mailForm } from "~/accounts/account.schema";
import { mailNewPassword, mailSent, mistyped, refused } from "~/accounts/sign-in.server";
import { ForgotPage } from "~/accounts/ui/forgot-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

// For everybody: somebody who is signed in may want a new password as well.
export async function loader({ context }: LoaderFunctionArgs) {
  return { title: translatorOf(context.locale)("accounts.forgot.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const typed = await readForm(request);
  const form = parseForm(typed, mailForm);
  if (!form.ok) return mistyped(form);
  const outcome = await mailNewPassword(context, form.value);
  return outcome.ok ? mailSent(form.value) : refused(typed, outcome);
}

export default function Forgot() {
  return <ForgotPage answer={answerOf(useActionData<typeof action>())} />;
}
