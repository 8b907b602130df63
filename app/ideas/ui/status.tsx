import { createContext, type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import type { Step } from "../idea";
import { type IdeaStatus, type Status, type StatusKind, WEIGHT } from "../idea-status";

const TONES: Record<StatusKind, BadgeTone> = {
  new: "info",
  signal: "warning",
  intent: "accent",
  done: "success",
  declined: "neutral",
};

const Statuses = createContext<readonly Status[]>([]);

/** Gives the pages inside the names of the statuses in their reader's language. */
export function StatusesProvider({ statuses, children }: { statuses: readonly Status[]; children: ReactNode }) {
  return <Statuses.Provider value={statuses}>{children}</Statuses.Provider>;
}

/** Every status in the reader's language and in the admins' order, retired ones too. */
export function useStatuses(): readonly Status[] {
  return useContext(Statuses);
}

/** Tells what a status is called. */
export function useStatusName(): (id: IdeaStatus) => string {
  const statuses = useStatuses();
  return (id) => statuses.find((status) => status.id === id)?.name ?? id;
}

function useKind(id: IdeaStatus): StatusKind {
  return useStatuses().find((status) => status.id === id)?.kind ?? "new";
}

/** Where an idea stands, in a word or two. */
export function StatusBadge({ status }: { status: IdeaStatus }) {
  return <Badge tone={TONES[useKind(status)]}>{useStatusName()(status)}</Badge>;
}

/** The same with what it is worth: a signal, an intent or an outcome, and never a promise. */
export function StatusMeaning({ status }: { status: IdeaStatus }) {
  const t = useTranslations("ideas");
  const kind = useKind(status);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2">
        <StatusBadge status={status} />
        <span className="text-sm text-muted">{t(`weight.${WEIGHT[kind]}`)}</span>
      </p>
      <p className="text-sm text-muted">{t(`meaning.${kind}`)}</p>
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
  const nameOf = useStatusName();
  const parts = { who: () => <span key="who">{who}</span> };
  if (!from || !to) return t.rich("page.historySubmitted", parts);
  return t.rich("page.historyMoved", { ...parts, from: nameOf(from), to: nameOf(to) });
}
