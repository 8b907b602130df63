import { Link } from "@remix-run/react";
import { MessageSquare } from "lucide-react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import type { IdeaRow } from "../idea";
import { StatusBadge } from "./status";

/** Ideas as rows of one surface; the whole row leads to the idea. */
export function IdeaRows({ rows }: { rows: readonly IdeaRow[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
      {rows.map((idea) => (
        <li
          key={idea.id}
          className="relative flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken sm:flex-nowrap"
        >
          <div className="min-w-0 grow basis-full sm:basis-auto">
            <Link
              to={`/ideas/${idea.id}`}
              prefetch="intent"
              className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
            >
              {idea.title}
            </Link>
            <p className="text-sm text-muted">
              {idea.author} · <DateTime at={idea.createdAt} time={false} />
            </p>
          </div>
          <Comments count={idea.commentCount} />
          <div className="order-first sm:order-none sm:w-40 sm:shrink-0 sm:text-right">
            <StatusBadge status={idea.status} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Comments({ count }: { count: number }) {
  const t = useTranslations("ideas.list");
  if (count === 0) return null;
  return (
    <span className="order-first ml-auto flex items-center gap-1.5 text-sm text-muted tabular sm:order-none">
      <MessageSquare className="size-4" aria-hidden="true" />
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("comments", { count })}</span>
    </span>
  );
}
