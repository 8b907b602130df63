import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import type { StaffIdeaRow } from "../idea";
import { listAddress } from "./idea-filter";
import { StatusBadge } from "./status";

/** Ideas of many accounts, one compact line each; on a phone the lines fold into cards. */
export function StaffIdeaTable({ rows }: { rows: readonly StaffIdeaRow[] }) {
  const t = useTranslations("ideas.list.column");
  const head = "px-3 py-2 text-left font-medium whitespace-nowrap text-muted";
  const cell = "px-3 py-1 whitespace-nowrap max-md:px-0 max-md:py-0";
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full max-md:block">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={head}>
              {t("idea")}
            </th>
            <th scope="col" className={head}>
              {t("account")}
            </th>
            <th scope="col" className={head}>
              {t("status")}
            </th>
            <th scope="col" className={`${head} max-lg:hidden`}>
              {t("author")}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {t("comments")}
            </th>
            <th scope="col" className={`${head} text-right`}>
              {t("activity")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block">
          {rows.map((idea) => (
            <tr
              key={idea.id}
              className="h-10 hover:bg-sunken max-md:flex max-md:h-auto max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3"
            >
              <td
                className={`${cell} w-full max-w-0 truncate max-md:max-w-none max-md:basis-full max-md:whitespace-normal`}
              >
                <Link
                  to={`/staff/ideas/${idea.id}`}
                  prefetch="intent"
                  className="font-medium hover:text-accent"
                  title={idea.title}
                >
                  {idea.title}
                </Link>
              </td>
              <td className={cell}>
                <Link
                  to={listAddress("/staff/ideas", { q: "", status: null, account: idea.accountId })}
                  className="hover:text-accent"
                >
                  {idea.account}
                </Link>
              </td>
              <td className={cell}>
                <StatusBadge status={idea.status} />
              </td>
              <td className={`${cell} text-muted max-lg:hidden`}>{idea.author}</td>
              <td className={`${cell} text-right text-muted tabular max-md:hidden`}>{idea.commentCount}</td>
              <td className={`${cell} text-right text-muted max-md:ml-auto`}>
                <DateTime at={idea.lastActivityAt} time={false} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
