import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { FORM_NAME, PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import type { DecisionPageData, RevisionView } from "../decision-page";
import { useRefusals } from "./refusals";
import { useWordLabels, WordFields } from "./word-fields";

type Props = { page: DecisionPageData; wording: boolean; failure: FormFailure | undefined; path: string };

/** The words of a decision; those of a draft can be changed by whoever makes decisions. */
export function Words({ page, wording, failure, path }: Props) {
  const t = useTranslations("decisions.word");
  const may = page.mayMake && page.moves.includes("edit");
  const labels = useWordLabels();
  const sentences = useRefusals();
  const refused = failure?.values[FORM_NAME] === "word";
  // What was typed comes back even to somebody whom another was quicker than.
  if ((may && wording) || refused) {
    return (
      <PostForm name="word" failure={failure} labels={labels} sentences={sentences}>
        <input type="hidden" name="revision" value={page.number} />
        <WordFields words={page} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Send label={t("send")} look="main" />
          <Link to={path} className="link inline-flex min-h-8 items-center">
            {t("leave")}
          </Link>
        </div>
      </PostForm>
    );
  }
  return (
    <section className="flex flex-col gap-6">
      <Wording words={page} />
      {may && (
        <Link to={`${path}?words`} preventScrollReset className="link inline-flex min-h-8 items-center self-start">
          {t("open")}
        </Link>
      )}
    </section>
  );
}

/** Why, and what was not chosen. */
export function Wording({ words }: { words: Pick<RevisionView, "reason" | "rejected"> }) {
  const t = useTranslations("decisions.page");
  return (
    <>
      <div>
        <h2 className="mb-1 text-lg font-semibold">{t("reason")}</h2>
        <p className="wrap-anywhere whitespace-pre-line">{words.reason}</p>
      </div>
      <div>
        <h2 className="mb-1 text-lg font-semibold">{t("rejected")}</h2>
        {words.rejected.length > 0 ? (
          <ul className="list-disc pl-5 marker:text-muted">
            {words.rejected.map((one) => (
              <li key={one} className="wrap-anywhere">
                {one}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-muted">{t("noRejected")}</p>
        )}
      </div>
    </>
  );
}
