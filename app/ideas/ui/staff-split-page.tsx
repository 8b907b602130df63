import { useTranslations } from "use-intl";
import type { RichDoc } from "~/collab/rich-text";
import { RichTextView } from "~/collab/ui/rich-text-view";
import type { FormFailure } from "~/kernel/form";
import { TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { BODY_MAX, TITLE_MAX } from "../idea";
import { type IdeaKind, otherKind } from "../idea-clock";
import { titleOfHalf } from "../idea-submission";
import { BackLink } from "./back-link";
import { Send } from "./send";

type Page = {
  id: string;
  title: string;
  revision: number;
  kind: IdeaKind;
  body: RichDoc;
  maySplit: boolean;
  draft: string;
};

/** Parting one text into two ideas: what was sent stands beside what becomes the second. */
export function StaffSplitPage({ page, failure }: { page: Page; failure: FormFailure | undefined }) {
  const t = useTranslations("ideas");
  const labels = { title: t("submit.titleLabel"), text: t("submit.bodyLabel") };
  return (
    <div>
      <PageHeader
        above={<BackLink to={`/staff/ideas/${page.id}`} name={page.title} />}
        title={`${t("split.title")}: ${page.title}`}
        lead={t(`split.lead.${otherKind(page.kind)}`)}
      />
      <div className="grid gap-8 lg:grid-cols-2">
        <section aria-labelledby="original">
          <h2 id="original" className="mb-3 text-lg font-semibold">
            {t("page.original")}
          </h2>
          <div className="rounded-md border border-line bg-surface px-4 py-3">
            <RichTextView doc={page.body} />
          </div>
        </section>
        {page.maySplit ? (
          <PostForm
            name="split"
            failure={failure}
            labels={labels}
            sentences={{ "changed-meanwhile": t("split.refused"), "same-title": t("split.sameTitle") }}
            draft={page.draft}
          >
            <input type="hidden" name="revision" value={page.revision} />
            <TextField
              name="title"
              label={labels.title}
              help={t("split.titleHelp")}
              maxLength={TITLE_MAX}
              defaultValue={titleOfHalf(page.title, t(`clock.${otherKind(page.kind)}`))}
              autoComplete="off"
            />
            <TextArea name="text" label={labels.text} help={t("submit.bodyHint")} maxLength={BODY_MAX} rows={10} />
            <Send label={t("split.send")} look="main" />
          </PostForm>
        ) : (
          <Notice tone="info">{t("split.notAllowed")}</Notice>
        )}
      </div>
    </div>
  );
}
