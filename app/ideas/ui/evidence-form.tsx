import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { EVIDENCE_MAX } from "../idea-page";
import { AttachmentField } from "./attachment-field";
import { Send } from "./send";

/** Why somebody needs an idea, in their own words and with photos. */
export function EvidenceForm({
  words,
  failure,
  draft,
}: {
  words: string | null;
  failure: FormFailure | undefined;
  draft: string;
}) {
  const t = useTranslations("ideas.support");
  const labels = { words: t("words"), attachments: t("photo") };
  return (
    <details open={words === null || failure !== undefined} className="border-t border-line pt-3">
      <summary className="min-h-8 font-medium">{words === null ? t("why") : t("changeWhy")}</summary>
      <PostForm
        name="evidence"
        failure={failure}
        labels={labels}
        draft={draft}
        multipart
        className="flex flex-col gap-3 pt-2"
      >
        <TextArea
          name="words"
          label={labels.words}
          help={t("wordsHelp")}
          optional
          maxLength={EVIDENCE_MAX}
          rows={2}
          defaultValue={words ?? undefined}
        />
        <AttachmentField label={labels.attachments} draft={`${draft}:files`} />
        <Send label={t("send")} />
      </PostForm>
    </details>
  );
}
