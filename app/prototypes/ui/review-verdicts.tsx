import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Badge, type BadgeTone } from "~/ui/badge";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { PostForm, useFormBusy } from "~/ui/form";
import type { ReviewPageData, Stage } from "../review-page";
import { type Overall, VERDICTS } from "../verdict";
import type { ReviewProps } from "./review-props";
import { useReviewRefusals } from "./review-refusals";

const TONES: Readonly<Record<Overall, BadgeTone>> = {
  waiting: "neutral",
  approved: "success",
  "approved-with-changes": "success",
  "changes-requested": "warning",
  rejected: "danger",
};

/** Who answers, what they answered, and where the reader answers. */
export function ReviewVerdicts({ page, failure }: ReviewProps) {
  const t = useTranslations("prototypes.review");
  const { stages, overall } = page;
  return (
    <section aria-labelledby="verdicts" className="flex flex-col gap-4">
      <h2 id="verdicts" className="flex flex-wrap items-center gap-x-3 text-lg font-semibold">
        {t("verdicts")}
        {stages.length > 0 && <OverallMark overall={overall} />}
      </h2>
      {stages.length === 0 && <p className="text-muted">{t("nobodyAsked")}</p>}
      {stages.map((stage) => (
        <StagePart key={stage.id} stage={stage} me={page.me} failure={failure} />
      ))}
    </section>
  );
}

function OverallMark({ overall }: { overall: Overall }) {
  return <Badge tone={TONES[overall]}>{useTranslations("prototypes.review.overall")(overall)}</Badge>;
}

type StageProps = { stage: Stage; me: ReviewPageData["me"]; failure: FormFailure | undefined };

function StagePart({ stage, me, failure }: StageProps) {
  const t = useTranslations("prototypes.review");
  const { id, name, rule, account, dueAt, opened, complete, reviewers, mayAnswer, overall } = stage;
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line bg-surface px-4 py-3">
      <div>
        <h3 className="flex flex-wrap items-center gap-x-3 font-semibold wrap-anywhere">
          {name} <OverallMark overall={overall} />
        </h3>
        <p className="text-sm text-muted wrap-anywhere">
          {[account, t(`rule.${rule}`)].filter(Boolean).join(" · ")}
          {dueAt && <> · {t.rich("due", { date: () => <DateTime key="due" at={dueAt} /> })}</>}
        </p>
        {!opened && <p className="text-sm">{t("notOpened")}</p>}
        {complete && <p className="text-sm">{t("complete")}</p>}
      </div>
      <ul className="flex flex-col gap-2">
        {reviewers.map(({ id: reviewer, name: who, verdict, words, at, decides }) => (
          <li key={reviewer} className="text-sm wrap-anywhere">
            <span className="font-medium">{who}</span>
            {rule === "named" && decides && <span className="text-muted"> ({t("decides")})</span>}
            {": "}
            {verdict ? t(`verdict.${verdict}`) : t("noAnswer")}
            {at && (
              <span className="text-muted">
                {" · "}
                <DateTime at={at} />
              </span>
            )}
            {words && <p className="whitespace-pre-line">{words}</p>}
          </li>
        ))}
      </ul>
      {mayAnswer && <Answering stage={id} me={me} failure={failure} />}
    </div>
  );
}

function Answering({ stage, me, failure }: { stage: string; me: string; failure: FormFailure | undefined }) {
  const t = useTranslations("prototypes.review");
  const labels = { words: t("answer.words") };
  // Two stages may ask the same person: what was wrong with an answer stands at the stage it was sent from.
  const own = failure?.values.stage === stage ? failure : undefined;
  return (
    <PostForm
      name="verdict"
      failure={own}
      labels={labels}
      sentences={useReviewRefusals()}
      draft={`verdict:${me}:${stage}`}
      className="flex flex-col gap-3 border-t border-line pt-3"
    >
      <input type="hidden" name="stage" value={stage} />
      <TextArea name="words" label={labels.words} help={t("answer.help")} maxLength={2000} rows={3} optional />
      <div className="flex flex-wrap gap-2">
        {VERDICTS.map((verdict) => (
          <Verdict key={verdict} verdict={verdict} />
        ))}
      </div>
    </PostForm>
  );
}

function Verdict({ verdict }: { verdict: (typeof VERDICTS)[number] }) {
  const t = useTranslations("prototypes.review.give");
  return (
    <Button name="verdict" value={verdict} look={verdict === "approve" ? "main" : "plain"} busy={useFormBusy()}>
      {t(verdict)}
    </Button>
  );
}
