import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { SearchField } from "~/ui/search-field";
import {
  COLUMNS,
  type Column,
  DUE,
  KINDS,
  listAddress,
  listQuery,
  MERGED,
  narrowings,
  STAFF_SORTS,
  type StaffFacets,
  type StaffFilter,
  VISIBILITIES,
} from "../idea-list";
import { FilterForm, FilterSelect } from "./list-controls";
import { useStatuses } from "./status";

type Words = Parameters<typeof listQuery>[0];

/** The address of staff's list or board. A list that nothing narrows says so: its bare address opens one's own view. */
export function staffAddress(filter: Words, path = "/staff/ideas"): string {
  return listQuery(filter) || path !== "/staff/ideas" ? listAddress(path, filter) : `${path}?all=1`;
}

/** The word over a column of staff's list. */
export function useColumnName(): (column: Column) => string {
  const t = useTranslations("ideas");
  return (column) =>
    column === "account" ||
    column === "author" ||
    column === "comments" ||
    column === "created" ||
    column === "activity"
      ? t(`list.column.${column}`)
      : t(`lists.column.${column}`);
}

type Props = {
  filter: StaffFilter;
  facets: Pick<StaffFacets, "owners" | "tags" | "products">;
  path: string;
  /** What the page shows of the filter: a board has columns of its own. */
  board?: boolean;
};

/** Search, filters, order and columns of staff's lists, all in the address. Most of it opens when it is wanted. */
export function StaffFilterForm({ filter, facets, path, board = false }: Props) {
  const t = useTranslations("ideas");
  const columnName = useColumnName();
  const statuses = useStatuses().filter(({ retired }) => !retired);
  const hidden = narrowings({ ...filter, ...(board ? {} : { status: null }), account: null });
  return (
    <FilterForm path={path} addressOf={(fields) => staffAddress(fields, path)}>
      {filter.account && <input type="hidden" name="account" value={filter.account} />}
      {board && <input type="hidden" name="columns" value="" />}
      <div className="flex flex-wrap items-end gap-2">
        <div className="flex min-w-52 grow">
          <SearchField
            label={t("list.searchLabel")}
            hint={t("list.searchHint")}
            value={filter.q}
            clear={staffAddress({ ...filter, q: "" }, path)}
          />
        </div>
        {!board && (
          <FilterSelect name="status" label={t("list.statusLabel")} value={filter.status} options={statuses} />
        )}
        <FilterSelect
          name="sort"
          label={t("lists.sort")}
          value={filter.sort}
          required
          options={STAFF_SORTS.map((id) => ({ id, name: t(`lists.sorts.${id}`) }))}
        />
        <Button>{t("lists.apply")}</Button>
      </div>
      <details open={hidden > 0} className="group">
        <summary className="link inline-flex min-h-9 items-center no-underline">
          {hidden > 0 ? t("lists.moreActive", { count: hidden }) : t("lists.more")}
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-x-3 gap-y-2 sm:grid-cols-3 lg:grid-cols-7">
          <FilterSelect
            name="kind"
            label={t("lists.kind")}
            value={filter.kind}
            options={KINDS.map((id) => ({ id, name: t(`lists.kinds.${id}`) }))}
          />
          <FilterSelect name="product" label={t("lists.product")} value={filter.product} options={facets.products} />
          <FilterSelect
            name="owner"
            label={t("lists.owner")}
            value={filter.owner}
            options={[
              { id: "me", name: t("lists.ownerMe") },
              { id: "nobody", name: t("lists.ownerNobody") },
              ...facets.owners,
            ]}
          />
          <FilterSelect name="tag" label={t("lists.tag")} value={filter.tag} options={facets.tags} />
          <FilterSelect
            name="due"
            label={t("lists.due")}
            value={filter.due}
            options={DUE.map((id) => ({ id, name: t(`lists.dues.${id}`) }))}
          />
          <FilterSelect
            name="visibility"
            label={t("lists.visibility")}
            value={filter.visibility}
            options={VISIBILITIES.map((id) => ({ id, name: t(`lists.visibilities.${id}`) }))}
          />
          <FilterSelect
            name="merged"
            label={t("lists.mergedFilter")}
            value={filter.merged}
            options={MERGED.map((id) => ({ id, name: t(`lists.mergedOnes.${id}`) }))}
          />
        </div>
        {!board && (
          <fieldset className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
            <legend className="mb-1 text-sm text-muted">{t("lists.columns")}</legend>
            {COLUMNS.map((column) => (
              <label key={column} className="flex min-h-9 items-center gap-1.5 text-sm">
                <input
                  type="checkbox"
                  name="columns"
                  value={column}
                  defaultChecked={filter.columns.includes(column)}
                  className="accent-accent"
                />
                {columnName(column)}
              </label>
            ))}
          </fieldset>
        )}
      </details>
    </FilterForm>
  );
}
