import { Form, Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { SearchField } from "~/ui/search-field";
import type { IdeaStatus } from "../idea-status";
import { useStatuses } from "./status";

export type Filter = { q: string; status: IdeaStatus | null; account?: string | null };

/** The address of a list with these filters; those that say nothing are left out. */
export function listAddress(path: string, { q, status, account }: Filter): string {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (status) query.set("status", status);
  if (account) query.set("account", account);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Search and status over a list of ideas. Both live in the address, and both work without JavaScript. */
export function IdeaFilter({ path, filter }: { path: string; filter: Filter }) {
  const t = useTranslations("ideas");
  const kit = useTranslations("ui.list");
  const { q, status, account } = filter;
  const statuses = useStatuses().filter(({ retired }) => !retired);
  return (
    <div className="mb-5 flex flex-col gap-3">
      <Form action={path} role="search" className="flex gap-2">
        <SearchField
          label={t("list.searchLabel")}
          hint={t("list.searchHint")}
          value={q}
          clear={listAddress(path, { ...filter, q: "" })}
        />
        {status && <input type="hidden" name="status" value={status} />}
        {account && <input type="hidden" name="account" value={account} />}
        <Button>{kit("search")}</Button>
      </Form>
      <nav aria-label={t("list.statusLabel")} className="-mx-4 overflow-x-auto px-4 sm:mx-0 sm:px-0">
        <ul className="flex gap-1.5 sm:flex-wrap">
          {[null, ...statuses].map((one) => (
            <li key={one?.id ?? "all"}>
              <Link
                to={listAddress(path, { ...filter, status: one?.id ?? null })}
                aria-current={(one?.id ?? null) === status ? "true" : undefined}
                className="inline-flex min-h-11 items-center rounded-full border border-line px-3.5 text-sm whitespace-nowrap text-muted hover:border-edge hover:text-ink aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft aria-[current=true]:font-medium aria-[current=true]:text-accent pointer-fine:min-h-8"
              >
                {one?.name ?? t("list.allStatuses")}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  );
}
