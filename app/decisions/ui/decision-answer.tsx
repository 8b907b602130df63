import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { TextArea } from "~/ui/fields";
import { FORM_NAME, PostForm } from "~/ui/form";
import { type DecisionPageData, NOT_YET_MAX } from "../decision-page";
import { useRefusals } from "./refusals";

/** To agree, or to say what is missing. */
export function AnswerForms({ page, failure }: { page: DecisionPageData; failure: FormFailure | undefined }) {
  const t = useTranslations("decisions.answer");
  const sentences = useRefusals();
  const labels = { reason: t("reason") };
  const own = page.asked.find(({ personId }) => personId === page.me)?.answer;
  return (
    <section aria-labelledby="answer" className="flex flex-col gap-4 rounded-md border border-accent px-4 py-4">
      <div>
        <h2 id="answer" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="text-muted">{t("lead", { number: page.number })}</p>
      </div>
      <PostForm name="agree" failure={failure} sentences={sentences}>
        <input type="hidden" name="revision" value={page.number} />
        <Send label={t("agree")} look="main" />
      </PostForm>
      <details open={own !== null || failure?.values[FORM_NAME] === "not-yet"}>
        <summary className="text-accent">{t("notYetTitle")}</summary>
        <PostForm
          name="not-yet"
          failure={failure}
          labels={labels}
          sentences={sentences}
          draft={`not-yet:${page.me}:${page.id}`}
          className="flex flex-col gap-3 pt-3"
        >
          <input type="hidden" name="revision" value={page.number} />
          <TextArea name="reason" label={labels.reason} help={t("reasonHelp")} maxLength={NOT_YET_MAX} rows={3} />
          <Send label={t("notYet")} />
        </PostForm>
      </details>
    </section>
  );
}
