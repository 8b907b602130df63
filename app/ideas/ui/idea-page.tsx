import { Link } from "@remix-run/react";
import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { IdeaHead, IdeaPageData } from "../idea";
import { BriefSection, type Me } from "./brief-section";
import { CommentForm, Comments, wasRefused } from "./conversation";
import { History, StatusMeaning } from "./status";

/** An idea for its account's people: what it is, what became of it, its brief, and what both sides say. */
export function IdeaPage({ page, me, failure }: { page: IdeaPageData; me: Me; failure: FormFailure | undefined }) {
  const t = useTranslations("ideas.page");
  const { idea } = page;
  return (
    <article>
      <Said sentences={{ comment: t("commentSaid") }} />
      <PageHeader above={<BackLink to="/ideas" />} title={idea.title} lead={<Suggested idea={idea} />} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <aside aria-label={t("status")} className="lg:order-last">
          <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4 lg:sticky lg:top-20">
            <StatusMeaning status={idea.status} />
            <History steps={page.history} />
            <Link to={`/ideas/${idea.id}/guests`} className="link self-start py-1.5">
              {t("guests")}
            </Link>
          </div>
        </aside>
        <div className="flex min-w-0 flex-col gap-8">
          <BriefSection page={page} me={me} />
          <CommentSection page={page}>
            {page.mayComment || wasRefused(failure, "comment") ? (
              <CommentForm account={idea.account} failure={failure} draft={`comment:${me.personId}:${idea.id}`} />
            ) : (
              <Notice tone="info">{t("viewerNote")}</Notice>
            )}
          </CommentSection>
        </div>
      </div>
    </article>
  );
}

/** The comments and, below them, what the reader may do about them. */
export function CommentSection({ page, children }: { page: IdeaPageData; children: ReactNode }) {
  const t = useTranslations("ideas");
  return (
    <section aria-labelledby="comments" className="flex flex-col gap-5">
      <h2 id="comments" className="text-lg font-semibold">
        {t("page.comments")}
        {page.idea.commentCount > 0 && (
          <span className="ml-2 font-normal text-muted tabular">{page.idea.commentCount}</span>
        )}
      </h2>
      <Comments comments={page.comments} />
      {children}
    </section>
  );
}

export function BackLink({ to }: { to: string }) {
  const t = useTranslations("ideas.page");
  return (
    <Link to={to} className="inline-flex min-h-8 items-center gap-1.5 hover:text-ink">
      <ArrowLeft className="size-4" aria-hidden="true" />
      {t("back")}
    </Link>
  );
}

function Suggested({ idea }: { idea: IdeaHead }) {
  const t = useTranslations("ideas.page");
  return t.rich("suggested", {
    name: idea.author,
    date: () => <DateTime key="date" at={idea.createdAt} time={false} />,
  });
}
