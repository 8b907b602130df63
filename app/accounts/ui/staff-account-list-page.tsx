import { Form, Link } from "@remix-run/react";
import { Building2, Plus, SearchX, Upload } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import { showMoney } from "~/kernel/money";
import { Badge } from "~/ui/badge";
import { Button, LinkButton } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import { SearchField } from "~/ui/search-field";
import { ACCOUNT_KINDS, ACCOUNT_STATES, type AccountKind, type AccountRow, type AccountState } from "../staff-account";

type Filter = { q: string; kind: AccountKind | null; state: AccountState };

const LIST = "/staff/accounts";

function addressOf({ q, kind, state }: Filter): string {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (kind) query.set("kind", kind);
  if (state !== "open") query.set("state", state);
  return query.size > 0 ? `${LIST}?${query}` : LIST;
}

type Props = { accounts: Stretch<AccountRow>; filter: Filter; further: boolean; mayManage: boolean };

/** All accounts, for staff. */
export function StaffAccountListPage({ accounts, filter, further, mayManage }: Props) {
  const t = useTranslations("staffAccounts.list");
  const stretches = useStretches(accounts, (answer: { accounts: Stretch<AccountRow> }) => answer.accounts);
  const filtered = Boolean(filter.q || filter.kind || filter.state !== "open" || further);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")}>
        <LinkButton to="/staff/absences">{t("absences")}</LinkButton>
        <LinkButton to={`${LIST}/fields`}>{t("fields")}</LinkButton>
        {mayManage && (
          <>
            <LinkButton to={`${LIST}/import`}>
              <Upload className="size-4" aria-hidden="true" />
              {t("import")}
            </LinkButton>
            <LinkButton to={`${LIST}/new`} look="main">
              <Plus className="size-4" aria-hidden="true" />
              {t("create")}
            </LinkButton>
          </>
        )}
      </PageHeader>
      <FilterBar filter={filter} />
      {accounts.rows.length > 0 && <Rows rows={stretches.rows} />}
      {accounts.rows.length === 0 && filtered && (
        <EmptyState icon={SearchX} title={t("noMatch")} text={t("noMatchText")}>
          <Link to={LIST} className="link">
            {t("reset")}
          </Link>
        </EmptyState>
      )}
      {accounts.rows.length === 0 && !filtered && <EmptyState icon={Building2} title={t("title")} text={t("none")} />}
      <LoadMore stretches={stretches} />
      {further && (
        <p className="mt-4 text-center">
          <Link to={addressOf(filter)} className="link">
            {t("fromFirst")}
          </Link>
        </p>
      )}
    </>
  );
}

function FilterBar({ filter }: { filter: Filter }) {
  const t = useTranslations("staffAccounts");
  const kit = useTranslations("ui.list");
  return (
    <div className="mb-5 flex flex-col gap-3">
      <Form action={LIST} role="search" className="flex gap-2">
        <SearchField
          label={t("list.search")}
          hint={t("list.hint")}
          value={filter.q}
          clear={addressOf({ ...filter, q: "" })}
        />
        {filter.kind && <input type="hidden" name="kind" value={filter.kind} />}
        {filter.state !== "open" && <input type="hidden" name="state" value={filter.state} />}
        <Button>{kit("search")}</Button>
      </Form>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Choices
          label={t("list.kindLabel")}
          choices={[null, ...ACCOUNT_KINDS].map((kind) => ({
            key: kind ?? "all",
            to: addressOf({ ...filter, kind }),
            label: kind ? t(`kind.${kind}`) : t("list.everyKind"),
            chosen: filter.kind === kind,
          }))}
        />
        <Choices
          label={t("list.stateLabel")}
          choices={ACCOUNT_STATES.map((state) => ({
            key: state,
            to: addressOf({ ...filter, state }),
            label: t(`state.${state}`),
            chosen: filter.state === state,
          }))}
        />
      </div>
    </div>
  );
}

type Choice = { key: string; to: string; label: string; chosen: boolean };

function Choices({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1.5 sm:flex-wrap">
        {choices.map((choice) => (
          <li key={choice.key}>
            <Link
              to={choice.to}
              aria-current={choice.chosen ? "true" : undefined}
              className="inline-flex min-h-11 items-center rounded-full border border-line px-3.5 text-sm whitespace-nowrap text-muted hover:border-edge hover:text-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent pointer-fine:min-h-8"
            >
              {choice.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const HEAD = "px-3 py-2 text-left font-medium whitespace-nowrap text-muted";
const CELL = "px-3 py-1 whitespace-nowrap";

function Rows({ rows }: { rows: readonly AccountRow[] }) {
  const t = useTranslations("staffAccounts");
  const locale = useLocale();
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <table className="w-full">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              {t("list.column.name")}
            </th>
            <th scope="col" className={HEAD}>
              {t("list.column.kind")}
            </th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>
              {t("list.column.lead")}
            </th>
            <th scope="col" className={`${HEAD} text-right max-md:hidden`}>
              {t("list.column.people")}
            </th>
            <th scope="col" className={`${HEAD} text-right max-md:hidden`}>
              {t("list.column.value")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((account) => (
            <tr key={account.id} className="h-10 hover:bg-sunken">
              <td className={`${CELL} w-full max-w-0 max-md:py-2.5 max-md:whitespace-normal`}>
                <Link
                  to={`${LIST}/${account.id}`}
                  prefetch="intent"
                  className="block font-medium hover:text-accent md:truncate"
                >
                  {account.name}
                </Link>
                {account.domain && <span className="text-muted">{account.domain}</span>}
              </td>
              <td className={CELL}>
                {account.state === "open" ? (
                  t(`kind.${account.kind}`)
                ) : (
                  <Badge tone="neutral">{t(`state.${account.state}`)}</Badge>
                )}
              </td>
              <td className={`${CELL} text-muted max-md:hidden`}>{account.lead}</td>
              <td className={`${CELL} text-right text-muted tabular max-md:hidden`}>{account.people}</td>
              <td className={`${CELL} text-right text-muted tabular max-md:hidden`}>
                {account.value && showMoney(account.value, locale)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
