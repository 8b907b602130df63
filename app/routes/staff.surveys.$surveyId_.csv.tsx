import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireStaff } from "~/accounts/session.server";
import { now } from "~/kernel/clock";
import { requireId } from "~/kernel/params";
import { surveyFile } from "~/price-research/survey-csv.server";
import { METER_FIELDS } from "~/price-research/survey-page";
import { translatorOf } from "~/words";

/** What was stated in a survey, as a file. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const t = translatorOf(context.locale);
  const file = await surveyFile(staff, requireId(params, "surveyId"), {
    account: t("priceResearch.staff.csv.account"),
    respondent: t("priceResearch.staff.csv.respondent"),
    begun: t("priceResearch.staff.csv.begun"),
    finished: t("priceResearch.staff.csv.finished"),
    counted: t("priceResearch.staff.csv.counted"),
    yes: t("priceResearch.staff.csv.yes"),
    no: t("priceResearch.staff.csv.no"),
    meter: METER_FIELDS.map((field) => t(`priceResearch.staff.meter.series.${field}`)),
    highest: t("priceResearch.staff.csv.highest"),
  });
  if (file === undefined) throw new Response(null, { status: 404, statusText: "Not Found" });
  if (file === "may-not") throw new Response(null, { status: 403, statusText: "Forbidden" });
  const name = `tandem-survey-${now().toISOString().slice(0, 10)}.csv`;
  return new Response(file, {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": `attachment; filename="${name}"` },
  });
}
