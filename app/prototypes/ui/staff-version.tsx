import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { NOTES_MAX, phaseOf, type StaffPrototype, standsAt, type VersionOnPage } from "../prototype-page";
import { StaffFileList } from "./staff-file-list";
import { StaffFileUploader } from "./staff-file-uploader";
import { OverallBadge, PhaseBadge, useRefusals } from "./staff-states";
import { StaffVersionPeople } from "./staff-version-people";

type Props = { prototype: StaffPrototype; version: VersionOnPage; failure: FormFailure | undefined };

export function StaffVersion({ prototype, version, failure }: Props) {
  const t = useTranslations("prototypes.page");
  const staff = useTranslations("prototypes.staff");
  const { id, number, publishedAt, notes, files, openPins, stages, releases, fingerprint } = version;
  const phase = phaseOf(version, releases.length);
  const isMine = phase === "draft" && prototype.mayMake;
  const heading = `version-${number}`;
  return (
    <section
      aria-labelledby={heading}
      className="flex flex-col gap-5 rounded-md border border-line bg-surface p-4 sm:p-5"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id={heading} className="text-lg font-semibold">
          {staff("version", { number })}
        </h2>
        <PhaseBadge phase={phase} />
        {stages.length > 0 && <OverallBadge overall={standsAt(stages)} />}
        {openPins > 0 && <span className="text-sm text-muted">{staff("pins", { count: openPins })}</span>}
        {publishedAt && (
          <p className="basis-full text-sm text-muted">
            {t.rich("publishedOn", { date: () => <DateTime at={publishedAt} /> })}
          </p>
        )}
        {phase === "draft" && <p className="basis-full text-sm text-muted">{t("draftMeans")}</p>}
        {phase === "published" && <p className="basis-full text-sm text-muted">{t("publishedMeans")}</p>}
      </header>
      {isMine ? <StaffFileUploader version={id} files={files} /> : <StaffFileList files={files} />}
      {isMine ? (
        <Draft version={version} failure={failure} />
      ) : (
        notes && (
          <div>
            <h3 className="font-medium">{t("notes")}</h3>
            <p className="wrap-anywhere whitespace-pre-line">{notes}</p>
          </div>
        )
      )}
      {publishedAt && <StaffVersionPeople prototype={prototype} version={version} failure={failure} />}
      <LinkButton to={`/staff/prototypes/${prototype.id}/review?version=${number}`} className="self-start">
        {t("review")}
      </LinkButton>
      {publishedAt && prototype.mayMake && (
        <LinkButton
          to={`/staff/prototypes/${prototype.id}/release?version=${id}`}
          look={releases.length === 0 ? "main" : "plain"}
          className="self-start"
        >
          {t("release")}
        </LinkButton>
      )}
      {fingerprint && (
        <p className="text-xs text-muted">
          {t("fingerprint")}: <code className="wrap-anywhere">{fingerprint}</code>
        </p>
      )}
    </section>
  );
}

function Draft({ version: { id, revision, notes, number }, failure }: Omit<Props, "prototype">) {
  const t = useTranslations("prototypes.page");
  const sentences = useRefusals();
  const seen = (
    <>
      <input type="hidden" name="version" value={id} />
      <input type="hidden" name="revision" key={revision} defaultValue={revision} />
    </>
  );
  return (
    <>
      <PostForm name="notes" failure={failure} labels={{ notes: t("notes") }} sentences={sentences}>
        {seen}
        <TextArea
          key={revision}
          name="notes"
          label={t("notes")}
          help={t("notesHelp")}
          optional
          rows={3}
          maxLength={NOTES_MAX}
          defaultValue={notes}
        />
        <Send label={t("keepNotes")} />
      </PostForm>
      <PostForm name="publish" failure={failure} sentences={sentences}>
        {seen}
        <ConfirmButton
          look="main"
          className="self-start"
          question={t("publishQuestion", { number })}
          explanation={t("publishMeans")}
          yes={t("publish")}
        >
          {t("publish")}
        </ConfirmButton>
      </PostForm>
    </>
  );
}
