import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import type { ClientComment } from "../idea";
import { COUNTED_TO, listAddress } from "../idea-list";
import type { IdeaStatus } from "../idea-status";
import { IdeaHere } from "./idea-here";
import { StatusBadge } from "./status";

type Props = {
  counts: readonly { status: IdeaStatus; count: number }[];
  /** Without a first answer, the most urgent first. */
  unanswered: readonly Unanswered[];
  /** What the reader looks after. */
  mine: readonly Owned[];
  comments: readonly ClientComment[];
  /** What else waits for the reader, above all. */
  children?: ReactNode;
};

type Unanswered = {
  id: string;
  title: string;
  account: string;
  kind: "suggestion" | "complaint";
  dueAt: Date;
  late: boolean;
};
type Owned = { id: string; title: string; account: string; status: IdeaStatus; lastActivityAt: Date };

/** Staff's home: how many ideas stand where, what is new, and what customers said. Every number opens its list. */
export function StaffHomePage({ counts, unanswered, mine, comments, children }: Props) {
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
                <span className="text-2xl font-semibold tabular">
                  <Counted count={count} />
                </span>
                <span>
                  <StatusBadge status={status} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
      <div className="grid gap-x-8 gap-y-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-8">
          {children}
          <section aria-labelledby="unanswered">
            <h2 id="unanswered" className="mb-3 text-base font-semibold">
              {t("staff.unanswered")}
            </h2>
            {unanswered.length > 0 ? (
              <UnansweredList ideas={unanswered} />
            ) : (
              <p className="text-muted">{t("staff.allAnswered")}</p>
            )}
          </section>
          <section aria-labelledby="owned">
            <h2 id="owned" className="mb-3 text-base font-semibold">
              {t("staff.owned")}
            </h2>
            {mine.length > 0 ? <OwnedList ideas={mine} /> : <p className="text-muted">{t("staff.noneOwned")}</p>}
          </section>
        </div>
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

const ROW = "relative flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 hover:bg-sunken";
const ROW_LINK =
  "min-w-0 grow font-medium text-accent after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2";
const LIST = "divide-y divide-line rounded-md border border-line bg-surface";

function UnansweredList({ ideas }: { ideas: readonly Unanswered[] }) {
  const t = useTranslations("ideas.staff");
  return (
    <ul className={LIST}>
      {ideas.map((idea) => (
        <li key={idea.id} className={ROW}>
          <Link to={`/staff/ideas/${idea.id}`} prefetch="intent" className={ROW_LINK}>
            {idea.title}
          </Link>
          <IdeaHere ideaId={idea.id} />
          <span className="text-muted">{idea.account}</span>
          <span className={idea.late ? "text-danger" : "text-muted"}>
            {t.rich(idea.late ? "wasDue" : "isDue", { date: () => <DateTime key="due" at={idea.dueAt} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function OwnedList({ ideas }: { ideas: readonly Owned[] }) {
  return (
    <ul className={LIST}>
      {ideas.map((idea) => (
        <li key={idea.id} className={ROW}>
          <Link to={`/staff/ideas/${idea.id}`} prefetch="intent" className={ROW_LINK}>
            {idea.title}
          </Link>
          <IdeaHere ideaId={idea.id} />
          <span className="text-muted">{idea.account}</span>
          <StatusBadge status={idea.status} />
        </li>
      ))}
    </ul>
  );
}

function SaidList({ comments }: { comments: readonly ClientComment[] }) {
  const t = useTranslations("ideas.page");
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {comments.map((comment) => (
        <li key={comment.id} className="relative px-4 py-2.5 hover:bg-sunken">
          <p className="text-muted">
            {comment.author}
            {comment.byGuest && <span className="text-sm"> ({t("guest")})</span>}, {comment.account} ·{" "}
            <DateTime at={comment.createdAt} />
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

/** True up to COUNTED_TO, and beyond it that there are more. */
function Counted({ count }: { count: number }) {
  const t = useTranslations("ideas");
  if (count <= COUNTED_TO) return <>{t("staff.count", { count })}</>;
  return (
    <>
      <span aria-hidden>{t("staff.countAndMore", { count: COUNTED_TO })}</span>
      <span className="sr-only">{t("board.countMore", { count: COUNTED_TO })}</span>
    </>
  );
}
