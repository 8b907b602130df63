import { createContext, type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
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
