import { MessageSquare, ThumbsUp } from "lucide-react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { Marked } from "~/ui/marked";
import type { PortalRow } from "../idea-list";
import { IdeaHere } from "./idea-here";
import { StatusBadge } from "./status";

type Row = Pick<PortalRow, "id" | "title" | "status" | "author" | "commentCount" | "createdAt"> &
  Partial<Pick<PortalRow, "supportAccounts" | "supportPeople" | "merged">>;

type RowsProps = { rows: readonly Row[]; own?: boolean; search?: string };

/**
 * Ideas as rows of one surface; the whole row leads to the idea. `own`: all are by their reader, who knows that; `search`:
 * what they were found by.
 */
export function IdeaRows({ rows, own = false, search = "" }: RowsProps) {
  const t = useTranslations("ideas.lists");
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
      {rows.map((idea) => (
        <li
          key={idea.id}
          className="relative flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken sm:flex-nowrap"
        >
          <div className="order-3 min-w-0 grow basis-full sm:order-1 sm:basis-auto">
            <Link
              to={`/ideas/${idea.id}`}
              prefetch="intent"
              className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
            >
              <Marked text={idea.title} search={search} />
            </Link>
            <p className="text-sm text-muted">
              {!own && idea.author && `${idea.author} · `}
              <DateTime at={idea.createdAt} time={false} />
              {idea.merged && ` · ${t("merged")}`}
            </p>
          </div>
          <IdeaHere ideaId={idea.id} className="order-2" />
          <Support row={idea} />
          <Comments count={idea.commentCount ?? 0} />
          <div className="order-1 sm:order-3 sm:w-40 sm:shrink-0 sm:text-right">
            <StatusBadge status={idea.status} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Support({ row: { supportAccounts = 0, supportPeople = 0 } }: { row: Row }) {
  const t = useTranslations("ideas.lists");
  if (supportAccounts === 0) return null;
  const words = t("support", { accounts: supportAccounts, people: supportPeople });
  return (
    <span title={words} className="order-2 ml-auto flex items-center gap-1.5 text-sm text-muted tabular">
      <ThumbsUp className="size-4" aria-hidden="true" />
      <span aria-hidden="true">{supportAccounts}</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function Comments({ count }: { count: number }) {
  const t = useTranslations("ideas.list");
  if (count === 0) return null;
  return (
    <span className="order-2 flex items-center gap-1.5 text-sm text-muted tabular">
      <MessageSquare className="size-4" aria-hidden="true" />
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("comments", { count })}</span>
    </span>
  );
}
