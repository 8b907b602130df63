import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireClient } from "~/accounts/session.server";
import { surveysAsked } from "~/price-research/survey.schema";
import { listAsked } from "~/price-research/survey-pages.server";
import { AskedListPage } from "~/price-research/ui/asked-list-page";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("priceResearch");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const client = await requireClient(context);
  const { after } = surveysAsked(request.url);
  const title = translatorOf(context.locale)("priceResearch.list.title");
  return { title, surveys: await listAsked(client, after), further: after !== null };
}

export default function Surveys() {
  const { surveys, further } = useLoaderData<typeof loader>();
  return <AskedListPage surveys={surveys} further={further} />;
}
