import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirectDocument } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { afterSignIn, answerOf } from "~/accounts/account";
import { identityForm } from "~/accounts/account.schema";
import { confirmIdentity } from "~/accounts/second-factor.server";
import { personBehind, requirePerson } from "~/accounts/session.server";
import { mistyped, refused } from "~/accounts/sign-in.server";
import { ConfirmIdentityPage } from "~/accounts/ui/confirm-identity-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const { visitor } = context;
  return {
    name: personBehind(context).name,
    byCode: visitor.actor !== null && visitor.hasSecondFactor,
    next: afterSignIn(person.side, new URL(request.url).searchParams.get("next")),
    title: translatorOf(context.locale)("accounts.identity.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const person = await requirePerson(context);
  const typed = await readForm(request);
  const form = parseForm(typed, identityForm);
  if (!form.ok) return mistyped(form);
  const outcome = await confirmIdentity(context, form.value);
  return outcome.ok ? redirectDocument(afterSignIn(person.side, form.value.next)) : refused(typed, outcome);
}

export default function ConfirmIdentity() {
  const { next, ...page } = useLoaderData<typeof loader>();
  const answer = answerOf(useActionData<typeof action>());
  return <ConfirmIdentityPage {...page} next={answer?.next ?? next} answer={answer} />;
}
