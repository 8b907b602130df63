import { Link } from "@remix-run/react";
import { Lightbulb, SearchX } from "lucide-react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { IdeaRow } from "../idea";
import { type Filter, IdeaFilter, listAddress } from "./idea-filter";
import { IdeaRows } from "./idea-rows";

type Props = {
  ideas: Stretch<IdeaRow>;
  filter: Filter;
  /** Whether this page begins in the middle of the list, as one opened without JavaScript does. */
  further: boolean;
  account: string;
  maySubmit: boolean;
};

/** All ideas of an account, for its people. */
export function IdeaListPage({ ideas, filter, further, account, maySubmit }: Props) {
  const t = useTranslations("ideas");
  const stretches = useStretches(ideas, (answer: { ideas: Stretch<IdeaRow> }) => answer.ideas);
  const suggest = maySubmit && (
    <LinkButton to="/ideas/new" look="main" prefetch="intent">
      {t("home.suggest")}
    </LinkButton>
  );
  const filtered = Boolean(filter.q || filter.status);
  const nothing = ideas.rows.length === 0;
  return (
    <>
      <PageHeader title={t("list.title")} lead={t("list.lead", { account })}>
        {suggest}
      </PageHeader>
      {(!nothing || filtered || further) && <IdeaFilter path="/ideas" filter={filter} />}
      {!nothing && <IdeaRows rows={stretches.rows} />}
      {nothing && (filtered || further) && (
        <EmptyState icon={SearchX} title={t("list.noMatch")} text={t("list.noMatchText")}>
          <LinkButton to="/ideas">{t("list.reset")}</LinkButton>
        </EmptyState>
      )}
      {nothing && !filtered && !further && (
        <EmptyState
          icon={Lightbulb}
          title={t("list.empty")}
          text={maySubmit ? t("list.emptyText") : t("list.emptyViewer")}
        >
          {suggest}
        </EmptyState>
      )}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to={listAddress("/ideas", filter)} className="link">
            {t("list.fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}
