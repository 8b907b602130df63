import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirectDocument } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerOf, safeNext } from "~/accounts/account";
import { recoveryForm, secondFactorForm } from "~/accounts/account.schema";
import { passSecondFactor, recover } from "~/accounts/second-factor.server";
import { requireHalfSignedIn } from "~/accounts/session.server";
import { mistyped, refused } from "~/accounts/sign-in.server";
import { SecondFactorPage } from "~/accounts/ui/second-factor-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { person } = await requireHalfSignedIn(context);
  const query = new URL(request.url).searchParams;
  return {
    name: person.name,
    next: safeNext(query.get("next")),
    recovering: query.get("with") === "recovery",
    title: translatorOf(context.locale)("accounts.secondFactor.proveTitle"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireHalfSignedIn(context);
  const typed = await readForm(request);
  if (typed.get("intent") === "recover") {
    const form = parseForm(typed, recoveryForm);
    if (!form.ok) return mistyped(form);
    const outcome = await recover(context, { code: form.value.recovery, next: form.value.next });
    return outcome.ok ? redirectDocument(outcome.to) : refused(typed, outcome);
  }
  const form = parseForm(typed, secondFactorForm);
  if (!form.ok) return mistyped(form);
  const outcome = await passSecondFactor(context, form.value);
  return outcome.ok ? redirectDocument(outcome.to) : refused(typed, outcome);
}

export default function SecondFactor() {
  const page = useLoaderData<typeof loader>();
  const answer = answerOf(useActionData<typeof action>());
  return <SecondFactorPage {...page} next={answer?.next ?? page.next} answer={answer} />;
}
