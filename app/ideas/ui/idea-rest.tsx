import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import type { IdeaPageData } from "../idea-page";
import { Files } from "./attachments";
import type { Me } from "./brief-section";
import { CommentSection } from "./conversation";
import { EvidenceList } from "./evidence-list";
import { History } from "./history";

/** What stands below an idea's brief: its files, who needs it in whose words, what is said, and its way up to now. */
export function IdeaRest({ page, me, failure }: { page: IdeaPageData; me: Me; failure: FormFailure | undefined }) {
  const t = useTranslations("ideas.page");
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
      <CommentSection page={page} ideas="/ideas" failure={failure} me={me} reads={t("viewerNote")} />
      <History steps={page.history} title={page.idea.title} />
    </>
  );
}
