import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import type { StaffIdeaRow } from "../idea";
import { listAddress } from "../idea-list";
import { StatusBadge } from "./status";

const HEAD = "px-3 py-2 text-left font-medium whitespace-nowrap text-muted";
const CELL = "px-3 py-1 whitespace-nowrap";

/**
 * Ideas of many accounts, one compact line each. On a phone the account and the date stand below the title.
 * `narrow`: beside something else, with fewer columns.
 */
export function StaffIdeaTable({ rows, narrow = false }: { rows: readonly StaffIdeaRow[]; narrow?: boolean }) {
  const t = useTranslations("ideas.list.column");
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <table className="w-full">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            <th scope="col" className={HEAD}>
              {t("idea")}
            </th>
            <th scope="col" className={`${HEAD} max-md:hidden`}>
              {t("account")}
            </th>
            <th scope="col" className={HEAD}>
              {t("status")}
            </th>
            {!narrow && (
              <>
                <th scope="col" className={`${HEAD} max-lg:hidden`}>
                  {t("author")}
                </th>
                <th scope="col" className={`${HEAD} text-right max-lg:hidden`}>
                  {t("comments")}
                </th>
                <th scope="col" className={`${HEAD} text-right max-xl:hidden`}>
                  {t("created")}
                </th>
              </>
            )}
            <th scope="col" className={`${HEAD} text-right max-md:hidden`}>
              {t("activity")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((idea) => (
            <Row key={idea.id} idea={idea} narrow={narrow} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ idea, narrow }: { idea: StaffIdeaRow; narrow: boolean }) {
  return (
    <tr className="h-10 hover:bg-sunken">
      <td className={`${CELL} w-full max-w-0 max-md:py-2.5 max-md:whitespace-normal`}>
        <Link
          to={`/staff/ideas/${idea.id}`}
          prefetch="intent"
          title={idea.title}
          className="block font-medium hover:text-accent md:truncate"
        >
          {idea.title}
        </Link>
        <p className="text-muted md:hidden">
          <Account idea={idea} /> · <DateTime at={idea.lastActivityAt} time={false} />
        </p>
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <Account idea={idea} />
      </td>
      <td className={CELL}>
        <StatusBadge status={idea.status} />
      </td>
      {!narrow && (
        <>
          <td className={`${CELL} text-muted max-lg:hidden`}>{idea.author}</td>
          <td className={`${CELL} text-right text-muted tabular max-lg:hidden`}>{idea.commentCount}</td>
          <td className={`${CELL} text-right text-muted max-xl:hidden`}>
            <DateTime at={idea.createdAt} time={false} />
          </td>
        </>
      )}
      <td className={`${CELL} text-right text-muted max-md:hidden`}>
        <DateTime at={idea.lastActivityAt} time={false} />
      </td>
    </tr>
  );
}

/** Leads to the account's ideas. */
function Account({ idea }: { idea: StaffIdeaRow }) {
  return (
    <Link
      to={listAddress("/staff/ideas", { q: "", status: null, account: idea.accountId })}
      className="hover:text-accent"
    >
      {idea.account}
    </Link>
  );
}
