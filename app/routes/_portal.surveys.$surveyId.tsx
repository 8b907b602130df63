import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireClient } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { actOnAsked } from "~/price-research/survey-forms.server";
import { viewAsked } from "~/price-research/survey-pages.server";
import { AskedPage } from "~/price-research/ui/asked-page";
import { loadPageWords } from "~/words";

await loadPageWords("priceResearch");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever answered in another tab sees at once which price is due.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const page = await viewAsked(client, requireId(params, "surveyId"), context.locale);
  if (!page) throw notThere();
  return { page };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const client = await requireClient(context);
  const acted = await actOnAsked(client, requireId(params, "surveyId"), await readForm(request));
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function Survey() {
  const { page } = useLoaderData<typeof loader>();
  return <AskedPage page={page} failure={useActionData<typeof action>()} />;
}
