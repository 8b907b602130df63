import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireEnroller, requireHalfSignedIn } from "~/accounts/session.server";
import { answerSetup } from "~/accounts/setup-form.server";
import { EnrolPage } from "~/accounts/ui/enrol-page";
import { readForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { name, done } = await requireEnroller(context);
  return { name, done, title: translatorOf(context.locale)("accounts.secondFactor.enrolTitle") };
}

export async function action({ request, context }: ActionFunctionArgs) {
  await requireHalfSignedIn(context, "enrol");
  return answerSetup(context, await readForm(request));
}

export default function Enrol() {
  const { name, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <EnrolPage name={name} done={done} answer={answer && "codes" in answer ? answer : undefined} />;
}
