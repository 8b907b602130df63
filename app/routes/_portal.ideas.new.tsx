import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { maySubmit } from "~/ideas/idea";
import { submitForm } from "~/ideas/idea.schema";
import { submitIdea } from "~/ideas/ideas.server";
import { SubmitPage } from "~/ideas/ui/submit-page";
import { parseForm, readForm, refuseForm } from "~/kernel/form";
import { translatorOf } from "~/words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { id, accountName } = personBehind(context);
  const title = translatorOf(context.locale)("ideas.submit.title");
  return { title, draft: `idea:${id}`, account: accountName ?? "", maySubmit: maySubmit(client) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const typed = await readForm(request);
  const form = parseForm(typed, submitForm);
  if (!form.ok) return data(form, 422);
  const outcome = await submitIdea(client, form.value);
  if (!outcome.ok) return data(refuseForm(typed, { "": "not-allowed" }), 403);
  return redirect(`/ideas/${outcome.id}`);
}

export default function NewIdea() {
  const { account, maySubmit, draft } = useLoaderData<typeof loader>();
  return <SubmitPage account={account} maySubmit={maySubmit} draft={draft} failure={useActionData<typeof action>()} />;
}
