import { Form } from "@remix-run/react";
import { Columns3, Download, Lightbulb, SearchX, X } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { BulkOutcome } from "../idea-bulk";
import {
  EXPORT_ROWS,
  listAddress,
  type Named,
  narrowings,
  type StaffFacets,
  type StaffFilter,
  type StaffRow,
  shownColumns,
} from "../idea-list";
import { Count } from "./list-controls";
import { BulkSaid, MergeChoice, StaffBulkBar } from "./staff-bulk";
import { StaffFilterForm, staffAddress } from "./staff-filter";
import { StaffListTable } from "./staff-list-table";
import { useSelection } from "./staff-selection";
import { StaffViews } from "./staff-views";

/** `account`: the name of the account the list is narrowed to; null when there is no such account. */
type Ideas = Stretch<StaffRow> & StaffFacets & { count: number | null; account: string | null };

/** What a form of the page was answered. */
export type StaffListAnswer = {
  ok: boolean;
  bulk?: BulkOutcome | { ok: false; why: "nothing-ticked" };
  merge?: readonly (Named & { revision: number })[];
  failure?: FormFailure;
};

type Props = {
  ideas: Ideas;
  filter: StaffFilter;
  further: boolean;
  mayChange: boolean;
  mayKeep: boolean;
  answer: StaffListAnswer | undefined;
};

/** Ideas of all accounts, for staff: narrowed, ordered, changed by the dozen, kept as views, taken along as a file. */
export function StaffIdeaListPage({ ideas, filter, further, mayChange, mayKeep, answer }: Props) {
  const t = useTranslations("ideas");
  const stretches = useStretches(ideas, (more: { ideas: Ideas }) => more.ideas);
  const narrowed = Boolean(filter.q || narrowings(filter) || further);
  const nothing = ideas.rows.length === 0;
  return (
    <>
      <PageHeader title={ideas.account ? t("staff.ofAccount", { account: ideas.account }) : t("staff.list")}>
        {filter.account && (
          <LinkButton to={staffAddress({ ...filter, account: null })}>
            <X className="size-4" aria-hidden="true" />
            {t("staff.everyAccount")}
          </LinkButton>
        )}
        <LinkButton
          to={listAddress("/staff/ideas/board", { ...filter, status: null, columns: null })}
          prefetch="intent"
        >
          <Columns3 className="size-4" aria-hidden="true" />
          {t("lists.board")}
        </LinkButton>
        <LinkButton to="/staff/roadmap" prefetch="intent">
          {t("lists.roadmap")}
        </LinkButton>
        <LinkButton
          to={listAddress("/staff/ideas.csv", filter)}
          reloadDocument
          download
          title={t("lists.exportHint", { count: EXPORT_ROWS })}
        >
          <Download className="size-4" aria-hidden="true" />
          {t("lists.export")}
        </LinkButton>
      </PageHeader>
      <StaffViews views={ideas.views} filter={filter} mayKeep={mayKeep} failure={answer?.failure} />
      <StaffFilterForm filter={filter} facets={ideas} path="/staff/ideas" />
      {answer?.bulk && <BulkSaid outcome={answer.bulk} />}
      {answer?.merge && <MergeChoice items={answer.merge} />}
      {!nothing && (
        <>
          <p className="my-2 text-sm text-muted">
            <Count count={ideas.count} />
          </p>
          <Rows rows={stretches.rows} ideas={ideas} filter={filter} mayChange={mayChange} />
        </>
      )}
      {nothing && narrowed && (
        <EmptyState icon={SearchX} title={t("list.noMatch")} text={t("list.noMatchText")}>
          <LinkButton to={staffAddress({})}>{t("list.reset")}</LinkButton>
        </EmptyState>
      )}
      {nothing && !narrowed && <EmptyState icon={Lightbulb} title={t("staff.list")} text={t("staff.noIdeas")} />}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to={staffAddress(filter)} className="link">
            {t("list.fromNewest")}
          </Link>
        </p>
      )}
    </>
  );
}

type RowsProps = { rows: readonly StaffRow[]; ideas: Ideas; filter: StaffFilter; mayChange: boolean };

/** What is focused in a row stands clear of the bar that floats over the last ones while rows are ticked. */
const BEHIND_BAR = "[&_table_a]:scroll-mb-32 [&_table_input]:scroll-mb-32";

/** Whether scripts run here. */
function useReady(): boolean {
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  return ready;
}

/** The rows in the form that changes them, for those who may. */
function Rows({ rows, ideas, filter, mayChange }: RowsProps) {
  const t = useTranslations("ideas.bulk");
  const ready = useReady();
  const { form, count, onClick, onKeyDown, tickAll } = useSelection();
  const table = (
    <StaffListTable
      rows={rows}
      columns={shownColumns(filter)}
      mayTick={mayChange}
      search={filter.q}
      tickAll={
        ready && (
          <input
            type="checkbox"
            aria-label={t("tickAll")}
            checked={count > 0 && count === rows.length}
            onChange={(event) => tickAll(event.target.checked)}
            className="block size-4 accent-accent"
          />
        )
      }
    />
  );
  if (!mayChange) return table;
  return (
    // Keys are heard for the whole table; what they do, the boxes and links inside do as well.
    <Form ref={form} method="post" onClick={onClick} onKeyDown={onKeyDown} preventScrollReset className={BEHIND_BAR}>
      <input type="hidden" name="form" value="bulk" />
      {table}
      <StaffBulkBar count={count} waits={ready && count === 0} facets={ideas} />
    </Form>
  );
}
