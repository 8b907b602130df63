import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  redirectDocument,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerOf, safeNext } from "~/accounts/account";
import { codeForm, mailForm } from "~/accounts/account.schema";
import { requireNobody } from "~/accounts/session.server";
import { mailSent, mailSignIn, mistyped, refused, signInByCode } from "~/accounts/sign-in.server";
import { AskForCodePage, EnterCodePage } from "~/accounts/ui/code-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireNobody(context);
  const query = new URL(request.url).searchParams;
  return {
    next: safeNext(query.get("next")),
    enter: query.get("step") === "code",
    title: translatorOf(context.locale)("accounts.code.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireNobody(context);
  const typed = await readForm(request);
  const wish = typed.get("do");
  // From the sign-in page, where the address may not have been typed yet.
  if (wish === "mail" && !typed.get("email")) return redirect(`/login/code${nextQuery(safeNext(typed.get("next")))}`);
  return wish === "mail" || wish === "send" ? send(typed, context) : verify(typed, context);
}

const nextQuery = (next: string | null) => (next ? `?${new URLSearchParams({ next })}` : "");

async function send(typed: FormData, context: ActionFunctionArgs["context"]) {
  const form = parseForm(typed, mailForm);
  if (!form.ok) return mistyped(form);
  const outcome = await mailSignIn(context, form.value);
  return outcome.ok ? mailSent(form.value) : refused(typed, outcome);
}

async function verify(typed: FormData, context: ActionFunctionArgs["context"]) {
  const form = parseForm(typed, codeForm);
  if (!form.ok) return mistyped(form);
  const outcome = await signInByCode(context, form.value);
  return outcome.ok ? redirectDocument(outcome.to) : refused(typed, outcome);
}

export default function SignInByEmail() {
  const { next: asked, enter } = useLoaderData<typeof loader>();
  const answer = answerOf(useActionData<typeof action>());
  // The form carries it too: the page may have been reached by a post.
  const next = answer?.next ?? asked;
  // What was typed there stays there, while the page it was posted to is still on its way.
  const typed = answer?.failure && "code" in answer.failure.values;
  const Page = enter || answer?.sent || typed ? EnterCodePage : AskForCodePage;
  return <Page next={next} answer={answer} />;
}
