import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirectDocument } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerOf, safeNext } from "~/accounts/account";
import { linkForm } from "~/accounts/account.schema";
import { refused, signInByLink } from "~/accounts/sign-in.server";
import { ConfirmPage } from "~/accounts/ui/confirm-page";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

// Opening the link changes nothing: mail scanners open links, and they must not use up what a person was sent.
export async function loader({ request, context }: LoaderFunctionArgs) {
  const form = new FormData();
  for (const [name, value] of new URL(request.url).searchParams) form.append(name, value);
  const link = parseForm(form, linkForm);
  return {
    link: link.ok ? { tokenHash: link.value.token_hash, type: link.value.type, next: safeNext(link.value.next) } : null,
    title: translatorOf(context.locale)("accounts.confirm.sign-in-title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const typed = await readForm(request);
  const link = parseForm(typed, linkForm);
  if (!link.ok) return redirectDocument("/confirm");
  const outcome = await signInByLink(context, link.value);
  return outcome.ok ? redirectDocument(outcome.to) : refused(typed, outcome);
}

export default function Confirm() {
  const { link } = useLoaderData<typeof loader>();
  return <ConfirmPage link={link} answer={answerOf(useActionData<typeof action>())} />;
}
