import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Notice } from "~/ui/notice";
import type { IdeaPageData } from "../idea-page";
import { Files } from "./attachments";
import type { Me } from "./brief-section";
import { CommentForm, CommentSection } from "./conversation";
import { EvidenceList } from "./evidence-list";
import { History } from "./history";
import { wasRefused } from "./refused";

/** What stands below an idea's brief: its files, who needs it in whose words, what is said, and its way up to now. */
export function IdeaRest({ page, me, failure }: { page: IdeaPageData; me: Me; failure: FormFailure | undefined }) {
  const t = useTranslations("ideas.page");
  const { idea } = page;
  return (
    <>
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
    </>
  );
}
