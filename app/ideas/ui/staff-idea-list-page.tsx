import { Link } from "@remix-run/react";
import { Lightbulb, SearchX, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { StaffIdeaRow } from "../idea";
import { type Filter, IdeaFilter, listAddress } from "./idea-filter";
import { StaffIdeaTable } from "./staff-idea-table";

type Props = {
  ideas: Stretch<StaffIdeaRow>;
  filter: Filter;
  further: boolean;
  /** The name of the account the list is narrowed to. */
  account: string | null;
};

/** Ideas of all accounts, for staff. */
export function StaffIdeaListPage({ ideas, filter, further, account }: Props) {
  const t = useTranslations("ideas");
  const stretches = useStretches(ideas, (answer: { ideas: Stretch<StaffIdeaRow> }) => answer.ideas);
  const filtered = Boolean(filter.q || filter.status || filter.account || further);
  return (
    <>
      <PageHeader
        title={account ? t("staff.ofAccount", { account }) : t("staff.list")}
        lead={account ? undefined : t("staff.listLead")}
      >
        {filter.account && (
          <LinkButton to={listAddress("/staff/ideas", { ...filter, account: null })}>
            <X className="size-4" aria-hidden="true" />
            {t("staff.everyAccount")}
          </LinkButton>
        )}
      </PageHeader>
      <IdeaFilter path="/staff/ideas" filter={filter} />
      {ideas.rows.length > 0 && <StaffIdeaTable rows={stretches.rows} />}
      {ideas.rows.length === 0 && filtered && (
        <EmptyState icon={SearchX} title={t("list.noMatch")} text={t("list.noMatchText")}>
          <Link to="/staff/ideas" className="link">
            {t("list.reset")}
          </Link>
        </EmptyState>
      )}
      {ideas.rows.length === 0 && !filtered && (
        <EmptyState icon={Lightbulb} title={t("staff.list")} text={t("staff.noIdeas")} />
      )}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to={listAddress("/staff/ideas", filter)} className="link">
            {t("list.fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}
