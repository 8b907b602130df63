import { useTranslations } from "use-intl";
import { RichTextView } from "~/collab/ui/rich-text-view";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { SharedPageData } from "../idea-page";
import { BackLink } from "./back-link";
import type { Me } from "./brief-section";
import { EvidenceList } from "./evidence-list";
import { failureOf } from "./refused";
import { StatusMeaning } from "./status";
import { SupportPanel } from "./support-panel";
import { TogetherNotice } from "./together-notice";

/** An idea that another account shared: what it says and who needs it, and nothing that tells whose it is. */
export function SharedIdeaPage({
  page,
  me,
  failure,
}: {
  page: SharedPageData;
  me: Me;
  failure: FormFailure | undefined;
}) {
  const t = useTranslations("ideas.shared");
  const { shared, together } = page;
  const lead = (
    <>
      {t.rich("lead", { date: () => <DateTime key="date" at={shared.createdAt} time={false} /> })}
      {shared.product && ` · ${shared.product}`}
    </>
  );
  return (
    <article>
      <Said sentences={{ evidence: t("evidenceSaid") }} />
      <PageHeader above={<BackLink to="/ideas" />} title={shared.title} lead={lead} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <aside aria-label={t("aside")} className="lg:order-last">
          <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4">
            <StatusMeaning status={together?.status ?? shared.status} />
            {together && <TogetherNotice together={together} />}
            <div className="border-t border-line pt-4">
              <SupportPanel
                supportAccounts={shared.supportAccounts}
                supportPeople={shared.supportPeople}
                mySupport={shared.mySupport}
                evidence={page.evidence.rows}
                maySupport={page.maySupport}
                following={shared.following}
                mine={false}
                failure={failureOf(failure, "evidence")}
                draft={`support:${me.personId}:${shared.id}`}
              />
            </div>
          </div>
        </aside>
        <div className="flex min-w-0 flex-col gap-8">
          <div className="rounded-md border border-line bg-surface px-4 py-4 sm:px-6 sm:py-5">
            <RichTextView doc={shared.body} />
          </div>
          <Notice tone="info">{t("means")}</Notice>
          {page.evidence.rows.length > 0 && (
            <section aria-labelledby="evidence" className="flex flex-col gap-3">
              <h2 id="evidence" className="text-lg font-semibold">
                {t("ourSupport")}
              </h2>
              <EvidenceList evidence={page.evidence} attachments={page.attachments} />
            </section>
          )}
        </div>
      </div>
    </article>
  );
}
