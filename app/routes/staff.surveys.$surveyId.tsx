import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { costAsked } from "~/price-research/survey.schema";
import { actOnSurvey } from "~/price-research/survey-forms.server";
import { viewSurvey } from "~/price-research/survey-pages.server";
import { StaffSurveyPage } from "~/price-research/ui/staff-survey-page";
import { loadPageWords } from "~/words";

await loadPageWords("priceResearch");

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.page.title} · Tandem` : "Tandem" },
];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

// Whoever is told that somebody was quicker sees at once how it stands now.
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const { locale } = context;
  const page = await viewSurvey(staff, requireId(params, "surveyId"), { cost: costAsked(request.url), locale });
  if (!page) throw notThere();
  return { page };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnSurvey(staff, requireId(params, "surveyId"), await readForm(request));
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function StaffSurvey() {
  const { page } = useLoaderData<typeof loader>();
  return <StaffSurveyPage page={page} failure={useActionData<typeof action>()} />;
}
