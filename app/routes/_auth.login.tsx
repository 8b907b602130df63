import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirectDocument } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerOf, safeNext } from "~/accounts/account";
import { loginForm } from "~/accounts/account.schema";
import { requireNobody } from "~/accounts/session.server";
import { mistyped, refused, signIn } from "~/accounts/sign-in.server";
import { LoginPage } from "~/accounts/ui/login-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireNobody(context);
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  return { next, title: translatorOf(context.locale)("accounts.login.title") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireNobody(context);
  const typed = await readForm(request);
  const form = parseForm(typed, loginForm);
  if (!form.ok) return mistyped(form);
  const outcome = await signIn(context, form.value);
  // The whole page anew: the person may read another language than this page does.
  return outcome.ok ? redirectDocument(outcome.to) : refused(typed, outcome);
}

export default function Login() {
  const { next } = useLoaderData<typeof loader>();
  return <LoginPage next={next} answer={answerOf(useActionData<typeof action>())} />;
}
