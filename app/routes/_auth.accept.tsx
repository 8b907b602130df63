import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirectDocument,
} from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { acceptInvitation, viewInvitation } from "~/accounts/acceptance.server";
import type { Refusal } from "~/accounts/account";
import { acceptForm } from "~/accounts/person.schema";
import { AcceptPage } from "~/accounts/ui/accept-page";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

type Answer = { failure?: FormFailure; refusal?: Refusal };

// Whoever pressed too late sees what became of the invitation.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

// Opening the link changes nothing: mail scanners open links, and they must not use up what a person was sent.
export async function loader({ request, context }: LoaderFunctionArgs) {
  const token = (new URL(request.url).searchParams.get("token") ?? "").slice(0, 100);
  return {
    token,
    invitation: (await viewInvitation(token)) ?? null,
    title: translatorOf(context.locale)("accounts.accept.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const typed = await readForm(request);
  const form = parseForm(typed, acceptForm);
  if (!form.ok) return data<Answer>({ failure: form }, 422);
  const outcome = await acceptInvitation(context, form.value);
  if (outcome.ok) return redirectDocument(outcome.to);
  if (outcome.why === "not-open") return data<Answer>({}, 409);
  const failure = refuseForm(typed, {});
  return data<Answer>({ failure, refusal: outcome }, outcome.why === "wait" ? 429 : 422);
}

export default function Accept() {
  const page = useLoaderData<typeof loader>();
  const answer: Answer | undefined = useActionData<typeof action>();
  return <AcceptPage {...page} failure={answer?.failure} refusal={answer?.refusal} />;
}
