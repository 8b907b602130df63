import { Coins } from "lucide-react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { OwnSurveyRow } from "../survey-page";
import { SurveyBadge } from "./survey-bits";

type Surveys = Stretch<OwnSurveyRow>;

/** What one's account is asked about prices, newest first. `further`: the page begins in the middle, as without JavaScript. */
export function AskedListPage({ surveys, further }: { surveys: Surveys; further: boolean }) {
  const all = useTranslations("priceResearch");
  const t = useTranslations("priceResearch.list");
  const stretches = useStretches<OwnSurveyRow, { surveys: Surveys }>(surveys, (answer) => answer.surveys);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      {surveys.rows.length === 0 ? (
        <EmptyState icon={Coins} title={t("none")} text={t("noneText")} />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
          {stretches.rows.map(({ id, title, method, state, closesAt, answered }) => (
            <li
              key={id}
              className="relative flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken"
            >
              <div className="min-w-0 grow basis-60">
                <Link
                  to={`/surveys/${id}`}
                  prefetch="intent"
                  className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
                >
                  {title}
                </Link>
                <p className="text-sm text-muted">
                  {all(`methods.${method}`)} · {t.rich("until", { day: () => <DateTime at={closesAt} time={false} /> })}
                </p>
              </div>
              {answered && <span className="text-sm text-muted">{t("answered")}</span>}
              {!answered && state === "open" && <span className="text-sm font-medium text-accent">{t("waits")}</span>}
              <SurveyBadge state={state} />
            </li>
          ))}
        </ul>
      )}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to="/surveys" className="link">
            {t("fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}
