import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { SearchField } from "~/ui/search-field";
import { KINDS, listAddress, type Named, type PortalFilter, portalSorts, SCOPES } from "../idea-list";
import { FilterForm, FilterSelect } from "./list-controls";
import { useStatuses } from "./status";

const PATH = "/ideas";
const addressOf = (filter: Readonly<Record<string, string>>) => listAddress(PATH, filter);

/** Whose ideas, search, filters and order over a client's list. All live in the address and work without JavaScript. */
export function IdeaFilter({ filter, products }: { filter: PortalFilter; products: readonly Named[] }) {
  const t = useTranslations("ideas");
  const statuses = useStatuses().filter(({ retired }) => !retired);
  const { scope } = filter;
  const sorts = portalSorts(scope);
  return (
    <>
      <nav
        aria-label={t("lists.scope")}
        className="-mx-4 mb-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0"
      >
        <ul className="flex gap-1">
          {SCOPES.map((one) => (
            <li key={one}>
              <Link
                to={addressOf({ scope: one })}
                prefetch="intent"
                aria-current={one === scope ? "page" : undefined}
                className="flex min-h-11 items-center border-b-2 border-transparent px-3 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {t(`lists.scopes.${one}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <FilterForm path={PATH} addressOf={addressOf}>
        {scope !== "ours" && <input type="hidden" name="scope" value={scope} />}
        <div className="flex gap-2">
          <SearchField
            label={t("list.searchLabel")}
            hint={t("list.searchHint")}
            value={filter.q}
            clear={listAddress(PATH, { ...filter, q: "" })}
          />
          <Button>{t("lists.apply")}</Button>
        </div>
        <div className="grid grid-cols-2 items-end gap-x-3 gap-y-2 sm:flex sm:flex-wrap">
          <FilterSelect name="status" label={t("list.statusLabel")} value={filter.status} options={statuses} />
          {scope !== "all" && (
            <FilterSelect
              name="kind"
              label={t("lists.kind")}
              value={filter.kind}
              options={KINDS.map((id) => ({ id, name: t(`lists.kinds.${id}`) }))}
            />
          )}
          <FilterSelect name="product" label={t("lists.product")} value={filter.product} options={products} />
          <FilterSelect
            name="sort"
            label={t("lists.sort")}
            value={filter.sort}
            required
            options={sorts.map((id) => ({ id, name: t(`lists.sorts.${id}`) }))}
          />
          {scope === "ours" && (
            <label className="flex min-h-11 items-center gap-2 pointer-fine:min-h-9">
              <input
                type="checkbox"
                name="mine"
                value="1"
                key={String(filter.mine)}
                defaultChecked={filter.mine}
                className="size-4 accent-accent"
              />
              {t("lists.mine")}
            </label>
          )}
        </div>
      </FilterForm>
    </>
  );
}
