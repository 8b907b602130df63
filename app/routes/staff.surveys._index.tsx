import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { surveysAsked } from "~/price-research/survey.schema";
import { listSurveys } from "~/price-research/survey-pages.server";
import { StaffSurveyListPage } from "~/price-research/ui/staff-survey-list-page";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("priceResearch");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { after } = surveysAsked(request.url);
  const title = translatorOf(context.locale)("priceResearch.list.title");
  return { title, surveys: await listSurveys(staff, after), further: after !== null };
}

export default function StaffSurveys() {
  const { surveys, further } = useLoaderData<typeof loader>();
  return <StaffSurveyListPage surveys={surveys} further={further} />;
}
