import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { answerOf, homeOf, mayChoosePassword } from "~/accounts/account";
import { passwordForm } from "~/accounts/account.schema";
import { personBehind, requirePerson } from "~/accounts/session.server";
import { choosePassword, mistyped, refused } from "~/accounts/sign-in.server";
import { PasswordPage, PasswordSavedPage } from "~/accounts/ui/password-page";
import { now } from "~/kernel/clock";
import { parseForm, readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const person = await requirePerson(context);
  const { visitor } = context;
  return {
    home: homeOf(person.side),
    name: personBehind(context).name,
    proved: visitor.actor !== null && mayChoosePassword(visitor.mailboxProvedAt, now()),
    title: translatorOf(context.locale)("accounts.password.title"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requirePerson(context);
  const typed = await readForm(request);
  const form = parseForm(typed, passwordForm);
  if (!form.ok) return mistyped(form);
  const outcome = await choosePassword(context, form.value);
  return outcome.ok ? { saved: true as const } : refused(typed, outcome);
}

export default function NewPassword() {
  const { home, name, proved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (answer && "saved" in answer) return <PasswordSavedPage home={home} />;
  return <PasswordPage name={name} proved={proved} answer={answerOf(answer)} />;
}
