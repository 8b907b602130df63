import { useTranslations } from "use-intl";
import { TextArea, TextField } from "~/ui/fields";
import { REASON_MAX, TITLE_MAX } from "../decision-page";

type Words = { title: string; reason: string; rejected: readonly string[] };

/** What the fields of a decision's words are called, for the summary of a refused form. */
export function useWordLabels() {
  const t = useTranslations("decisions.make");
  return { title: t("titleLabel"), reason: t("reasonLabel"), rejected: t("rejectedLabel") };
}

/** The words of a decision: what is decided, why, and what was not chosen. */
export function WordFields({ words }: { words?: Words }) {
  const t = useTranslations("decisions.make");
  const labels = useWordLabels();
  return (
    <>
      <TextField
        name="title"
        label={labels.title}
        help={t("titleHelp")}
        defaultValue={words?.title}
        maxLength={TITLE_MAX}
        autoComplete="off"
      />
      <TextArea
        name="reason"
        label={labels.reason}
        help={t("reasonHelp")}
        defaultValue={words?.reason}
        maxLength={REASON_MAX}
        rows={4}
      />
      <TextArea
        name="rejected"
        label={labels.rejected}
        help={t("rejectedHelp")}
        defaultValue={words?.rejected.join("\n")}
        rows={3}
        optional
      />
    </>
  );
}
