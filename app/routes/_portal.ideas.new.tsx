import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { personBehind, requireClient } from "~/accounts/session.server";
import { activeProducts } from "~/catalog/products.server";
import { maySubmit } from "~/ideas/idea";
import { submitForm } from "~/ideas/idea.schema";
import { type Collected, collectAttachments } from "~/ideas/idea-attachments.server";
import { similarIdeas } from "~/ideas/idea-similars.server";
import { submitIdea } from "~/ideas/idea-submissions.server";
import { SubmitPage } from "~/ideas/ui/submit-page";
import { type FormFailure, parseForm, readForm, refuseForm } from "~/kernel/form";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("ideas");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { id, accountName } = personBehind(context);
  const title = translatorOf(context.locale)("ideas.submit.title");
  const products = await activeProducts(client);
  return { title, draft: `idea:${id}`, account: accountName ?? "", maySubmit: maySubmit(client), products };
}

/** A refused form comes back with its files, too. */
function withFiles(failure: FormFailure, { typed, error }: Collected): FormFailure {
  const errors = error ? { ...failure.errors, attachments: error } : failure.errors;
  return { ...failure, errors, values: { ...failure.values, attachments: typed } };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const typed = await readForm(request);
  const files = await collectAttachments(client, typed);
  const refuse = (failure: FormFailure, status: number) =>
    data({ failure: withFiles(failure, files), similar: null }, status);
  // Without JavaScript: looks, and sends nothing yet.
  if (typed.get("intent") === "look") {
    const similar = await similarIdeas(client, String(typed.get("title") ?? ""), String(typed.get("text") ?? ""));
    return { failure: withFiles(refuseForm(typed, {}), files), similar };
  }
  const form = parseForm(typed, submitForm);
  if (!form.ok) return refuse(form, 422);
  if (files.error) return refuse(refuseForm(typed, {}), 422);
  const answer = (field: string) => String(typed.get(field) ?? "");
  const t = translatorOf(context.locale);
  const kinds = { suggestion: t("ideas.clock.suggestion"), complaint: t("ideas.clock.complaint") };
  const outcome = await submitIdea(client, { ...form.value, kinds, answer, attachments: files.ids });
  if (outcome.ok) return redirect(`/ideas/${outcome.id}`);
  if (outcome.why === "refused") return refuse(refuseForm(typed, outcome.errors), 422);
  return refuse(refuseForm(typed, { "": "not-allowed" }), 403);
}

export default function NewIdea() {
  const { title: _, ...page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <SubmitPage {...page} failure={answer?.failure} similar={answer?.similar ?? null} />;
}
