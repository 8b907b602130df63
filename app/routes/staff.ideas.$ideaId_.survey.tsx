import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff } from "~/accounts/session.server";
import { readForm } from "~/kernel/form";
import { requireId } from "~/kernel/params";
import { mayRunSurveys } from "~/price-research/survey";
import { actOnMaking } from "~/price-research/survey-forms.server";
import { viewMaking } from "~/price-research/survey-pages.server";
import { StaffSurveyFormPage } from "~/price-research/ui/staff-survey-form-page";
import { loadPageWords, translatorOf } from "~/words";

await loadPageWords("priceResearch");

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.title} · Tandem` : "Tandem" }];

const notThere = () => new Response(null, { status: 404, statusText: "Not Found" });

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await viewMaking(staff, requireId(params, "ideaId"));
  if (!page) throw notThere();
  return { page, mayRun: mayRunSurveys(staff), title: translatorOf(context.locale)("priceResearch.makeOne") };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const staff = await requireStaff(context);
  const acted = await actOnMaking(staff, requireId(params, "ideaId"), await readForm(request));
  if (!acted) throw notThere();
  return "to" in acted ? redirect(acted.to) : data(acted.failure, acted.status);
}

export default function NewSurvey() {
  const { page, mayRun } = useLoaderData<typeof loader>();
  return <StaffSurveyFormPage page={page} mayRun={mayRun} failure={useActionData<typeof action>()} />;
}
