import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  redirectDocument,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { afterSignIn, answerOf } from "~/accounts/account";
import { identityForm } from "~/accounts/account.schema";
import { confirmIdentity, mailIdentityCode } from "~/accounts/second-factor.server";
import { personBehind, requirePerson } from "~/accounts/session.server";
import { mailSent, mistyped, refused } from "~/accounts/sign-in.server";
import { ConfirmIdentityPage } from "~/accounts/ui/confirm-identity-page";
import { parseForm, readSentForm, refuseForm } from "~/kernel/form";
import { HELD_FORM, holdForm } from "~/kernel/held-form";
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
  const typed = await readSentForm(request);
  // A form of another page, which its browser was told to bring here first: it waits in this page until it may go on.
  if (typed.get("form") !== "identity") {
    const waits = new FormData();
    waits.set(HELD_FORM, holdForm(typed) ?? "");
    return data({ failure: refuseForm(waits, {}), refusal: null, sent: null, next: null });
  }
  const form = parseForm(typed, identityForm);
  if (!form.ok) return mistyped(form);
  const { value } = form;
  if (typed.get("do") === "mail") {
    const mailed = await mailIdentityCode(context);
    return mailed.ok ? mailSent({ email: mailed.email, next: value.next }, typed) : refused(typed, mailed);
  }
  const outcome = await confirmIdentity(context, value);
  if (!outcome.ok) return refused(typed, outcome);
  const next = afterSignIn(person.side, value.next);
  return typed.get(HELD_FORM) ? redirect(next, 307) : redirectDocument(next);
}

export default function ConfirmIdentity() {
  const { next, ...page } = useLoaderData<typeof loader>();
  const answer = answerOf(useActionData<typeof action>());
  return <ConfirmIdentityPage {...page} next={answer?.next ?? next} answer={answer} />;
}
