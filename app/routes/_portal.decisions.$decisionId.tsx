import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireClient } from "~/accounts/session.server";
import { wordsAsked } from "~/decisions/decision.schema";
import { actOnDecision } from "~/decisions/decision-forms.server";
import { viewDecision } from "~/decisions/decision-pages.server";
import { DecisionPage } from "~/decisions/ui/decision-page";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { useLive } from "~/ui/live";
import { loadPageWords } from "~/words";

await loadPageWords("decisions");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker sees at once how things stand now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const page = await viewDecision(client, requireId(params, "decisionId"));
  if (!page) throw notThere();
  return { page, wording: wordsAsked(request.url) };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const id = requireId(params, "decisionId");
  const acted = await actOnDecision(client, id, await readForm(request), `/decisions/${id}`);
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function Decision() {
  const { page, wording } = useLoaderData<typeof loader>();
  useLive([`decision:${page.id}`]);
  return (
    <DecisionPage
      page={page}
      at={{ decisions: "/decisions", ideas: "/ideas" }}
      wording={wording}
      failure={useActionData<typeof action>()}
    />
  );
}
