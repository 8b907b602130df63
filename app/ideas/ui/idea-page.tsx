import { Link } from "@remix-run/react";
import { PenTool } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { IdeaHead, IdeaPageData, Refusal, Together } from "../idea-page";
import { Attachments } from "./attachments";
import { BackLink } from "./back-link";
import { BriefSection, type Me } from "./brief-section";
import { CommentForm, Comments, wasRefused } from "./conversation";
import { EvidenceList } from "./evidence-list";
import { History } from "./history";
import { IdeaFacts } from "./idea-facts";
import { Sharing } from "./sharing";
import { StatusMeaning } from "./status";
import { SupportPanel } from "./support-panel";
import { ThreadLine } from "./thread-line";

export type Refused = { form: string; why: Refusal };

type Props = { page: IdeaPageData; me: Me; failure: FormFailure | undefined; refused: Refused | undefined };

/** An idea for its account's people: what it is, who needs it, what became of it, its brief, and what both sides say. */
export function IdeaPage({ page, me, failure, refused }: Props) {
  const t = useTranslations("ideas.page");
  const { idea, together } = page;
  return (
    <article>
      <Said sentences={{ comment: t("commentSaid"), evidence: t("evidenceSaid"), edit: t("editSaid") }} />
      <PageHeader above={<BackLink to="/ideas" />} title={idea.title} lead={<Suggested idea={idea} />} />
      <div className="mb-5">
        <ThreadLine path="/ideas" title={idea.title} splitFrom={idea.splitFrom} together={together} />
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <aside aria-label={t("status")} className="lg:order-last">
          <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4">
            <StatusMeaning status={together?.status ?? idea.status} />
            {together && <TogetherNotice together={together} />}
            {page.facts && <IdeaFacts facts={page.facts} ideas="/ideas" />}
            <div className="border-t border-line pt-4">
              <SupportPanel
                supportAccounts={idea.supportAccounts}
                supportPeople={idea.supportPeople}
                mySupport={idea.mySupport}
                evidence={page.evidence.rows}
                maySupport={page.maySupport}
                following={idea.following}
                failure={failureOf(failure, "evidence")}
                draft={`support:${me.personId}:${idea.id}`}
              />
            </div>
            <Sharing
              visibility={idea.visibility}
              revision={idea.revision}
              account={idea.account}
              may={page.mayShare}
              refused={refused?.form === "visibility" ? refused.why : null}
            />
            <Link to={`/ideas/${idea.id}/guests`} className="link self-start py-1.5">
              {t("guests")}
            </Link>
          </div>
        </aside>
        <div className="flex min-w-0 flex-col gap-8">
          <BriefSection page={page} me={me} />
          <BoardComing />
          <Files page={page} />
          {page.evidence.rows.length > 0 && (
            <section aria-labelledby="evidence" className="flex flex-col gap-3">
              <h2 id="evidence" className="text-lg font-semibold">
                {t("ourSupport")}
              </h2>
              <EvidenceList evidence={page.evidence} attachments={page.attachments} />
            </section>
          )}
          <CommentSection page={page} ideas="/ideas" failure={failure}>
            {page.mayComment || wasRefused(failure, "comment") ? (
              <CommentForm
                ideaId={idea.id}
                account={idea.account}
                failure={failure}
                draft={`comment:${me.personId}:${idea.id}`}
              />
            ) : (
              <Notice tone="info">{t("viewerNote")}</Notice>
            )}
          </CommentSection>
          <History steps={page.history} />
        </div>
      </div>
    </article>
  );
}

/** The failure of this form, not of another one. */
export function failureOf(failure: FormFailure | undefined, form: string): FormFailure | undefined {
  return wasRefused(failure, form) ? failure : undefined;
}

/** That an idea is followed up in another one, as far as the reader may know that one. */
export function TogetherNotice({ together }: { together: Together }) {
  const t = useTranslations("ideas.together");
  return (
    <div className="flex flex-col gap-1 rounded-md bg-info-soft px-3 py-2 text-sm">
      <p className="font-medium text-info">{t("title")}</p>
      <p>{t("means")}</p>
      {together.id && (
        <Link to={`/ideas/${together.id}`} className="link self-start">
          {together.title}
        </Link>
      )}
    </div>
  );
}

/** What was sent along with the idea itself. */
export function Files({ page }: { page: Pick<IdeaPageData, "attachments"> }) {
  const t = useTranslations("ideas.page");
  const own = page.attachments.filter(({ saidId, supportId }) => !saidId && !supportId);
  if (own.length === 0) return null;
  return (
    <section aria-labelledby="files" className="flex flex-col gap-3">
      <h2 id="files" className="text-lg font-semibold">
        {t("filesTitle")}
      </h2>
      <Attachments items={own} />
    </section>
  );
}

/** Where the board of sketches will be. */
export function BoardComing() {
  const t = useTranslations("ideas.page");
  return (
    <p className="flex items-center gap-2 rounded-md border border-dashed border-line px-4 py-2.5 text-muted">
      <PenTool className="size-4 shrink-0" aria-hidden="true" />
      {t("board")}
    </p>
  );
}

/** The comments and, below them, what the reader may do about them. */
export function CommentSection({
  page,
  ideas,
  failure,
  children,
}: {
  page: IdeaPageData;
  ideas: "/ideas" | "/staff/ideas";
  failure: FormFailure | undefined;
  children: ReactNode;
}) {
  const t = useTranslations("ideas");
  const { idea, attachments, mayComment } = page;
  return (
    <section aria-labelledby="comments" className="flex flex-col gap-5">
      <h2 id="comments" className="text-lg font-semibold">
        {t("page.comments")}
        {idea.commentCount > 0 && <span className="ml-2 font-normal text-muted tabular">{idea.commentCount}</span>}
      </h2>
      <Comments
        comments={page.comments}
        talk={{ ideaId: idea.id, ideas, place: "comment", may: mayComment, attachments, failure }}
      />
      {children}
    </section>
  );
}

function Suggested({ idea }: { idea: IdeaHead }) {
  const t = useTranslations("ideas.page");
  return t.rich("suggested", {
    name: idea.author,
    date: () => <DateTime key="date" at={idea.createdAt} time={false} />,
  });
}
