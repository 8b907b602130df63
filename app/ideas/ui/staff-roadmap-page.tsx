import { Map as MapIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LOCALE_NAMES, LOCALES, type Locale } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { Button, LinkButton } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { TextArea, TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import { ROADMAP_TEXT_MAX, ROADMAP_TITLE_MAX, type WrittenEntry } from "../roadmap";
import { StatusBadge } from "./status";

/** What is written for the public roadmap, for staff: published or not. */
export function StaffRoadmapPage({ entries, locale }: { entries: readonly WrittenEntry[]; locale: Locale }) {
  const t = useTranslations("ideas.roadmap");
  return (
    <>
      <PageHeader title={t("staffTitle")} lead={t("staffLead")}>
        <LinkButton to={`/${locale}/roadmap`} reloadDocument>
          {t("see")}
        </LinkButton>
      </PageHeader>
      {entries.length === 0 ? (
        <EmptyState icon={MapIcon} title={t("staffTitle")} text={t("staffNone")}>
          <LinkButton to="/staff/ideas?all=1">{t("put")}</LinkButton>
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface">
          {entries.map((entry) => (
            <li
              key={entry.ideaId}
              className="relative flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 hover:bg-sunken"
            >
              <div className="min-w-0 grow basis-60">
                <Link
                  to={`/staff/roadmap/${entry.ideaId}`}
                  className="font-medium after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
                >
                  {entry.titles[locale] ?? entry.titles.en}
                </Link>
                <p className="text-sm text-muted">{entry.ideaTitle}</p>
              </div>
              <span className="text-sm text-muted">{LOCALES.filter((one) => entry.titles[one]).join(", ")}</span>
              <StatusBadge status={entry.status} />
              <Badge tone={entry.publishedAt ? "success" : "neutral"}>
                {entry.publishedAt ? t("published") : t("draft")}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 text-sm text-muted">{t("hiddenDeclined")}</p>
    </>
  );
}

type EntryProps = {
  entry: WrittenEntry;
  mayWrite: boolean;
  failure: FormFailure | undefined;
  theirs: string | undefined;
};

/** The words for one idea, in each language, and whether everybody may read them. */
export function StaffRoadmapEntryPage({ entry, mayWrite, failure, theirs }: EntryProps) {
  const t = useTranslations("ideas.roadmap");
  const { ideaId, ideaTitle, titles, texts, publishedAt, revision } = entry;
  const name = (kind: "headline" | "text", locale: Locale) => t(kind, { language: LOCALE_NAMES[locale] });
  return (
    <>
      <PageHeader
        title={t("editOf", { title: ideaTitle })}
        lead={t("editLead")}
        above={<WayUp to="/staff/roadmap">{t("staffTitle")}</WayUp>}
      >
        <LinkButton to={`/staff/ideas/${ideaId}`}>{ideaTitle}</LinkButton>
      </PageHeader>
      <Said sentences={{ roadmap: t("kept") }} />
      <p className="mb-4 flex flex-wrap items-center gap-2">
        <StatusBadge status={entry.status} />
        <span>
          {publishedAt ? t.rich("isPublished", { date: () => <DateTime key="date" at={publishedAt} /> }) : t("isDraft")}
        </span>
      </p>
      {theirs !== undefined && (
        <Notice tone="danger" takesFocus>
          {t("stale", { title: theirs })}
        </Notice>
      )}
      {!mayWrite && <Notice tone="info">{t("mayNot")}</Notice>}
      {mayWrite && (
        <PostForm
          name="roadmap"
          failure={failure}
          labels={{ title_en: name("headline", "en") }}
          className="flex flex-col gap-6"
        >
          <input type="hidden" name="revision" key={revision} defaultValue={revision} />
          {LOCALES.map((locale) => (
            <div key={`${locale} ${revision}`} className="grid max-w-180 gap-3">
              <TextField
                name={`title_${locale}`}
                label={name("headline", locale)}
                defaultValue={titles[locale]}
                optional={locale !== "en"}
                maxLength={ROADMAP_TITLE_MAX}
                lang={locale}
              />
              <TextArea
                name={`text_${locale}`}
                label={name("text", locale)}
                defaultValue={texts[locale]}
                optional
                rows={3}
                maxLength={ROADMAP_TEXT_MAX}
                lang={locale}
              />
            </div>
          ))}
          <div className="flex flex-wrap gap-2">
            {!publishedAt && (
              <Button look="main" name="what" value="publish">
                {t("publish")}
              </Button>
            )}
            <Button name="what" value="save" look={publishedAt ? "main" : "plain"}>
              {t("save")}
            </Button>
            {publishedAt && (
              <Button name="what" value="unpublish">
                {t("unpublish")}
              </Button>
            )}
            {!publishedAt && revision > 0 && (
              <ConfirmButton
                name="what"
                value="discard"
                question={t("discardQuestion")}
                explanation={t("discardMeans")}
                yes={t("discard")}
              >
                {t("discard")}
              </ConfirmButton>
            )}
          </div>
        </PostForm>
      )}
    </>
  );
}
