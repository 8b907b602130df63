import { Handshake, SearchX } from "lucide-react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import { type DecisionRow, LISTS, type List, listAddress } from "../decision-page";
import { StateBadge } from "./decision-state";

type Decisions = Stretch<DecisionRow>;

type Props = {
  decisions: Decisions;
  /** What the list is narrowed to. */
  list: List | null;
  idea: string | null;
  /** Whether this page begins in the middle of the list, as one opened without JavaScript does. */
  further: boolean;
  /** Where decisions of the reader's side are. */
  path: "/decisions" | "/staff/decisions";
};

/** Decisions, newest first: the account's, or for staff those of all. */
export function DecisionListPage({ decisions, list, idea, further, path }: Props) {
  const t = useTranslations("decisions.list");
  const stretches = useStretches<DecisionRow, { decisions: Decisions }>(decisions, (answer) => answer.decisions);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Lists list={list} idea={idea} path={path} />
      {idea && (
        <p className="mb-4 flex flex-wrap gap-x-2 text-muted">
          {t("oneIdea")}
          <Link to={listAddress(path, { list, idea: null })} className="link">
            {t("reset")}
          </Link>
        </p>
      )}
      {decisions.rows.length === 0 ? (
        <Nothing list={list} narrowed={Boolean(list || idea || further)} path={path} />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
          {stretches.rows.map((row) => (
            <Row key={row.id} row={row} path={path} />
          ))}
        </ul>
      )}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to={listAddress(path, { list, idea })} className="link">
            {t("fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}

function Lists({ list, idea, path }: Pick<Props, "list" | "idea" | "path">) {
  const t = useTranslations("decisions.list");
  return (
    <nav aria-label={t("filter")} className="mb-6 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {[null, ...LISTS].map((one) => (
          <li key={one}>
            <Link
              to={listAddress(path, { list: one, idea })}
              {...(one === list ? { "aria-current": "page" as const } : {})}
              className="-mb-px flex h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-muted -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
            >
              {t(`filters.${one ?? "all"}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Row({ row, path }: { row: DecisionRow; path: Props["path"] }) {
  const t = useTranslations("decisions.list");
  const { id, title, state, idea, account, madeBy, createdAt, asked, agreed, waits } = row;
  return (
    <li className="relative flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken sm:flex-nowrap">
      <div className="order-3 min-w-0 grow basis-full sm:order-1 sm:basis-auto">
        <Link
          to={`${path}/${id}`}
          prefetch="intent"
          className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
        >
          {title}
        </Link>
        <p className="text-sm text-muted wrap-anywhere">
          {path === "/staff/decisions" && `${account} · `}
          {idea} · {madeBy} · <DateTime at={createdAt} time={false} />
        </p>
      </div>
      {waits && <span className="order-2 text-sm font-medium text-accent sm:text-right">{t("waits")}</span>}
      {!waits && asked > 0 && (
        <span className="order-2 text-sm text-muted tabular sm:text-right">{t("signed", { agreed, asked })}</span>
      )}
      <div className="order-1 sm:order-3 sm:w-28 sm:shrink-0 sm:text-right">
        <StateBadge state={state} />
      </div>
    </li>
  );
}

/** A list without any decision: what would stand here, and what to do for it. */
function Nothing({ list, narrowed, path }: { list: List | null; narrowed: boolean; path: Props["path"] }) {
  const t = useTranslations("decisions.list");
  if (list === "mine") {
    return (
      <EmptyState icon={Handshake} title={t("noneMine")} text={t("noneMineText")}>
        <LinkButton to={path}>{t("reset")}</LinkButton>
      </EmptyState>
    );
  }
  if (narrowed) {
    return (
      <EmptyState icon={SearchX} title={t("noneSuch")} text={t("noneSuchText")}>
        <LinkButton to={path}>{t("reset")}</LinkButton>
      </EmptyState>
    );
  }
  return <EmptyState icon={Handshake} title={t("none")} text={t("noneText")} />;
}
