import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { ConfirmButton } from "~/ui/confirm";
import { FORM_NAME, PostForm, useFormBusy } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { useRefusals } from "./refusals";

/** Begins the next revision, after a question: whoever signed this one is asked again then. */
export function Reopening({ revision }: { revision: number }) {
  return (
    <PostForm name="reopen">
      <input type="hidden" name="revision" value={revision} />
      <ReopenButton />
    </PostForm>
  );
}

function ReopenButton() {
  const t = useTranslations("decisions.reopen");
  return (
    <ConfirmButton
      look="plain"
      question={t("question")}
      explanation={t("means")}
      yes={t("yes")}
      busy={useFormBusy()}
      className="self-start"
    >
      {t("open")}
    </ConfirmButton>
  );
}

/** Forms that may be gone once they are refused: somebody else was quicker. */
const OF_ONE_PRESS = ["agree", "not-yet", "ask", "reopen"];

/** Why a press was refused, with what was typed, so that neither goes with its form. */
export function Refused({ failure }: { failure: FormFailure | undefined }) {
  const t = useTranslations("decisions");
  const sentences = useRefusals();
  const code = failure?.errors[""];
  if (!code || !OF_ONE_PRESS.includes(failure.values[FORM_NAME] ?? "")) return null;
  return (
    <div className="mb-6">
      <Notice tone="danger" takesFocus>
        {sentences[code]}
        {failure.values.reason && (
          <>
            {" "}
            {t("typed")}: <q className="wrap-anywhere whitespace-pre-line">{failure.values.reason}</q>
          </>
        )}
      </Notice>
    </div>
  );
}
