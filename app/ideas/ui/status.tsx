import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { type IdeaStatus, type Step, WEIGHT } from "../idea";

const TONES: Record<IdeaStatus, BadgeTone> = {
  new: "info",
  under_review: "warning",
  planned: "accent",
  in_work: "accent",
  done: "success",
  declined: "neutral",
};

/** Where an idea stands, in a word or two. */
export function StatusBadge({ status }: { status: IdeaStatus }) {
  const t = useTranslations("ideas.status");
  return <Badge tone={TONES[status]}>{t(status)}</Badge>;
}

/** The same with what it is worth: a signal, an intent or an outcome, and never a promise. */
export function StatusMeaning({ status }: { status: IdeaStatus }) {
  const t = useTranslations("ideas");
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <StatusBadge status={status} />
        <span className="text-sm text-muted">{t(`weight.${WEIGHT[status]}`)}</span>
      </p>
      <p className="text-sm text-muted">{t(`meaning.${status}`)}</p>
    </div>
  );
}

/** The way of an idea up to now, newest step first. */
export function History({ steps }: { steps: readonly Step[] }) {
  const t = useTranslations("ideas");
  if (steps.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 className="text-sm font-medium">{t("page.history")}</h2>
      <ol className="flex flex-col gap-2 text-sm">
        {steps.map((step) => (
          <li key={step.id}>
            <StepSentence step={step} />
            <span className="block text-muted">
              <DateTime at={step.happenedAt} />
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function StepSentence({ step: { who, from, to } }: { step: Step }) {
  const t = useTranslations("ideas");
  const parts = { who: () => <span key="who">{who}</span> };
  if (!from || !to) return t.rich("page.historySubmitted", parts);
  return t.rich("page.historyMoved", { ...parts, from: t(`status.${from}`), to: t(`status.${to}`) });
}
