import { Lock } from "lucide-react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { COMMENT_MAX } from "../idea";
import type { Attachment } from "../idea-attachment";
import type { Said } from "../idea-page";
import { AttachmentField } from "./attachment-field";
import { SaidItem } from "./conversation";
import { MentionArea } from "./mention-area";
import { wasRefused } from "./refused";
import { Send } from "./send";

export type Notes = Stretch<Said>;

type Props = {
  notes: Notes;
  ideaId: string;
  /** Those of the notes are among them. */
  attachments: readonly Attachment[];
  mayNote: boolean;
  failure: FormFailure | undefined;
  draft: string;
};

/** What staff tell each other, in a colour of its own so that nobody takes it for an answer to the customer. */
export function StaffNotes({ notes, ideaId, attachments, mayNote, failure, draft }: Props) {
  const t = useTranslations("ideas.staff");
  const files = useTranslations("ideas.page")("files");
  const stretches = useStretches(notes, (answer: { notes: Notes }) => answer.notes);
  const labels = { note: t("noteLabel"), attachments: files };
  const talk = { ideaId, ideas: "/staff/ideas", place: "note", may: mayNote, attachments, failure } as const;
  return (
    <section
      aria-labelledby="notes"
      className="flex flex-col gap-4 rounded-md border border-warning/40 bg-warning-soft px-4 py-4"
    >
      <div>
        <h2 id="notes" className="flex items-center gap-2 font-semibold text-warning">
          <Lock className="size-4" aria-hidden="true" />
          {t("notes")}
        </h2>
        <p className="text-muted">{t("notesLead")}</p>
      </div>
      <LoadMore stretches={stretches} parameter="notes" label={t("olderNotes")} />
      {stretches.rows.length > 0 ? (
        <ol className="flex flex-col gap-4">
          {[...stretches.rows].reverse().map((note) => (
            <SaidItem key={note.id} said={note} tag={null} talk={talk} />
          ))}
        </ol>
      ) : (
        <p className="text-muted">{t("noNotes")}</p>
      )}
      {mayNote || wasRefused(failure, "note") ? (
        <PostForm name="note" failure={failure} labels={labels} draft={draft} multipart className="flex flex-col gap-3">
          <MentionArea ideaId={ideaId} only="staff">
            <TextArea name="note" label={labels.note} help={t("noteHelp")} maxLength={COMMENT_MAX} rows={3} />
          </MentionArea>
          <AttachmentField label={labels.attachments} draft={`${draft}:files`} />
          <Send label={t("noteSend")} />
        </PostForm>
      ) : (
        <p className="text-muted">{t("auditorNote")}</p>
      )}
    </section>
  );
}
