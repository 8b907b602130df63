import { Coins } from "lucide-react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import { Cell, Table } from "~/ui/table";
import type { StaffSurveyRow } from "../survey-page";
import { SurveyBadge } from "./survey-bits";

type Surveys = Stretch<StaffSurveyRow>;

/** All surveys, newest first. */
export function StaffSurveyListPage({ surveys, further }: { surveys: Surveys; further: boolean }) {
  const all = useTranslations("priceResearch");
  const t = useTranslations("priceResearch.staff");
  const stretches = useStretches<StaffSurveyRow, { surveys: Surveys }>(surveys, (answer) => answer.surveys);
  const head = [t("columns.title"), t("columns.idea"), t("columns.method"), t("columns.state"), t("columns.closes")];
  return (
    <>
      <PageHeader title={all("list.title")} lead={t("lead")} />
      {surveys.rows.length === 0 ? (
        <EmptyState icon={Coins} title={t("none")} text={t("noneText")} />
      ) : (
        <Table caption={all("list.title")} head={head}>
          {stretches.rows.map(({ id, title, idea, method, state, closesAt }) => (
            <tr key={id}>
              <Cell>
                <Link to={`/staff/surveys/${id}`} className="link wrap-anywhere">
                  {title}
                </Link>
              </Cell>
              <Cell>{idea}</Cell>
              <Cell>{all(`methods.${method}`)}</Cell>
              <Cell>
                <SurveyBadge state={state} />
              </Cell>
              <Cell>
                <DateTime at={closesAt} time={false} />
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to="/staff/surveys" className="link">
            {all("list.fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}
