import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { PageHeader } from "~/ui/page-header";
import type { ClientComment, StaffIdeaRow } from "../idea";
import type { IdeaStatus } from "../idea-status";
import { listAddress } from "./idea-filter";
import { StaffIdeaTable } from "./staff-idea-table";
import { StatusBadge } from "./status";

type Props = {
  counts: readonly { status: IdeaStatus; count: number }[];
  newest: readonly StaffIdeaRow[];
  comments: readonly ClientComment[];
};

/** Staff's home: how many ideas stand where, what is new, and what customers said. Every number opens its list. */
export function StaffHomePage({ counts, newest, comments }: Props) {
  const t = useTranslations("ideas");
  return (
    <>
      <PageHeader title={t("staff.home")} lead={t("staff.homeLead")} />
      <section aria-labelledby="by-status" className="mb-8">
        <h2 id="by-status" className="sr-only">
          {t("staff.byStatus")}
        </h2>
        <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-3 xl:grid-cols-6">
          {counts.map(({ status, count }) => (
            <li key={status} className="bg-surface">
              <Link
                to={listAddress("/staff/ideas", { q: "", status })}
                prefetch="intent"
                className="flex flex-col gap-2 px-4 py-3 -outline-offset-2 hover:bg-sunken"
              >
                <span className="text-2xl font-semibold tabular">{count}</span>
                <span>
                  <StatusBadge status={status} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <div className="grid gap-x-8 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-labelledby="newest" className="min-w-0">
          <h2 id="newest" className="mb-3 text-base font-semibold">
            {t("staff.newest")}
          </h2>
          {newest.length > 0 ? (
            <StaffIdeaTable rows={newest} narrow />
          ) : (
            <p className="text-muted">{t("staff.noIdeas")}</p>
          )}
        </section>
        <section aria-labelledby="said" className="min-w-0">
          <h2 id="said" className="mb-3 text-base font-semibold">
            {t("staff.newestComments")}
          </h2>
          {comments.length > 0 ? (
            <SaidList comments={comments} />
          ) : (
            <p className="text-muted">{t("staff.noCommentsYet")}</p>
          )}
        </section>
      </div>
    </>
  );
}

function SaidList({ comments }: { comments: readonly ClientComment[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {comments.map((comment) => (
        <li key={comment.id} className="relative px-4 py-2.5 hover:bg-sunken">
          <p className="text-muted">
            {comment.author}, {comment.account} · <DateTime at={comment.createdAt} />
          </p>
          <p className="line-clamp-2">{comment.body}</p>
          <Link
            to={`/staff/ideas/${comment.ideaId}#${comment.id}`}
            className="font-medium text-accent after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
          >
            {comment.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
