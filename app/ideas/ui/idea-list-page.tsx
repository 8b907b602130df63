import { Bell, Lightbulb, SearchX, Users } from "lucide-react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import { listAddress, type Named, narrowings, type PortalFilter, type PortalRow, type Scope } from "../idea-list";
import { IdeaFilter } from "./idea-filter";
import { IdeaRows } from "./idea-rows";
import { Count } from "./list-controls";

type Ideas = Stretch<PortalRow> & { products: readonly Named[]; count: number | null };

type Props = {
  ideas: Ideas;
  filter: PortalFilter;
  /** Whether this page begins in the middle of the list, as one opened without JavaScript does. */
  further: boolean;
  account: string;
  maySubmit: boolean;
};

/** Ideas for a client: of the account, of all customers, or those one follows. */
export function IdeaListPage({ ideas, filter, further, account, maySubmit }: Props) {
  const t = useTranslations("ideas");
  const stretches = useStretches(ideas, (answer: { ideas: Ideas }) => answer.ideas);
  const narrowed = Boolean(filter.q || narrowings(filter) || further);
  const nothing = ideas.rows.length === 0;
  const leads: Record<Scope, string> = {
    ours: t("list.lead", { account }),
    all: t("lists.leadAll"),
    followed: t("lists.leadFollowed"),
  };
  return (
    <>
      <PageHeader title={t("list.title")} lead={leads[filter.scope]}>
        {maySubmit && <Suggest />}
      </PageHeader>
      <IdeaFilter filter={filter} products={ideas.products} />
      {!nothing && (
        <>
          <p className="mb-2 text-sm text-muted">
            <Count count={ideas.count} />
          </p>
          <IdeaRows rows={stretches.rows} search={filter.q} />
        </>
      )}
      {nothing && narrowed && (
        <EmptyState icon={SearchX} title={t("list.noMatch")} text={t("list.noMatchText")}>
          <LinkButton to={listAddress("/ideas", { scope: filter.scope })}>{t("lists.reset")}</LinkButton>
        </EmptyState>
      )}
      {nothing && !narrowed && <Nothing scope={filter.scope} maySubmit={maySubmit} />}
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

function Suggest() {
  const t = useTranslations("ideas.home");
  return (
    <LinkButton to="/ideas/new" look="main" prefetch="intent">
      {t("suggest")}
    </LinkButton>
  );
}

/** A list without any idea: what would stand here, and what to do for it. */
function Nothing({ scope, maySubmit }: { scope: Scope; maySubmit: boolean }) {
  const t = useTranslations("ideas");
  if (scope === "all") {
    return (
      <EmptyState icon={Users} title={t("lists.emptyAll")} text={t("lists.emptyAllText")}>
        {maySubmit && <Suggest />}
      </EmptyState>
    );
  }
  if (scope === "followed") {
    return (
      <EmptyState icon={Bell} title={t("lists.emptyFollowed")} text={t("lists.emptyFollowedText")}>
        <LinkButton to={listAddress("/ideas", { scope: "all" })}>{t("lists.browseAll")}</LinkButton>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Lightbulb} title={t("list.empty")} text={maySubmit ? t("list.emptyText") : t("list.emptyViewer")}>
      {maySubmit && <Suggest />}
    </EmptyState>
  );
}
