import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";

export type AccountEvent = { id: string; name: string; at: Date; who: string | null; facts: Record<string, unknown> };

const PARTS = ["name", "kind", "domain", "value", "sites", "team"] as const;
const STEPS = ["obligations", "export", "access", "people", "closed"] as const;

/** What happened to an account, newest first: who did what, and when. */
export function StaffAccountHistory({ events, none }: { events: readonly AccountEvent[]; none: string }) {
  if (events.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <ol className="flex flex-col gap-2">
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap justify-between gap-x-4">
          <span className="min-w-0">
            <Line event={event} />
          </span>
          <span className="text-muted">
            <DateTime at={event.at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Line({ event }: { event: AccountEvent }) {
  const t = useTranslations("staffAccounts");
  const { name, facts } = event;
  const who = event.who ?? t("history.system");
  const other = typeof facts.other === "string" ? facts.other : "";
  const what = Array.isArray(facts.what) ? facts.what : [];
  const part = (word: unknown) => {
    const known = PARTS.find((one) => one === word);
    return known ? t(`history.parts.${known}`) : t("history.parts.other");
  };
  const step = STEPS.find((one) => one === facts.step);
  switch (name) {
    case "account.created":
      return `${who} ${facts.imported ? t("history.what.imported") : t("history.what.created")}`;
    case "account.changed":
      if (step) return `${who} ${t("history.what.step", { step: t(`closing.steps.${step}`) })}`;
      return `${who} ${t("history.what.changed", { what: [...new Set(what.map(part))].join(", ") })}`;
    case "account.merged":
      return `${who} ${facts.away ? t("history.what.merged_away", { other }) : t("history.what.merged", { other })}`;
    case "account.unmerged":
      return `${who} ${t("history.what.unmerged", { other })}`;
    case "account.viewed":
      return `${who} ${t("history.what.viewed")}`;
    case "account.exported":
      return `${who} ${t("history.what.exported")}`;
    case "account.closed":
      return `${who} ${facts.reopened ? t("history.what.reopened") : t("history.what.closed")}`;
    default:
      return `${who} ${t("history.what.other")}`;
  }
}
