import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import { type IdeaStatus, WEIGHT } from "../idea";

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
