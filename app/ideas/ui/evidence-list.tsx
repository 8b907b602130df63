import { Quote } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import type { Attachment } from "../idea-attachment";
import type { Evidence } from "../idea-page";
import { Attachments } from "./attachments";

/** Who supports an idea, in whose words and since when, newest first. `act`: what may be done about one. */
export function EvidenceList({
  evidence,
  attachments,
  act,
}: {
  evidence: Stretch<Evidence>;
  attachments: readonly Attachment[];
  act?: (one: Evidence) => ReactNode;
}) {
  const t = useTranslations("ideas.support");
  const stretches = useStretches(evidence, (answer: { evidence: Stretch<Evidence> }) => answer.evidence);
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {stretches.rows.map((one) => (
          <li key={one.id} className="flex flex-col gap-2 px-4 py-3">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{one.person ?? one.account}</span>
              {one.person && <span className="text-muted">{one.account}</span>}
              <span className="text-sm text-muted">
                {t.rich("since", { date: () => <DateTime key="date" at={one.createdAt} time={false} /> })}
              </span>
            </p>
            {one.comment && (
              <p className="flex gap-2 whitespace-pre-wrap">
                <Quote className="mt-1 size-4 shrink-0 text-muted" aria-hidden="true" />
                <span>{one.comment}</span>
              </p>
            )}
            {one.source && one.onBehalfBy && one.saidOn && (
              <p className="text-sm text-muted">
                {t.rich("onBehalf", {
                  name: one.onBehalfBy,
                  source: t(`source.${one.source}`),
                  date: () => <DateTime key="date" at={new Date(`${one.saidOn}T12:00:00Z`)} time={false} />,
                })}
              </p>
            )}
            <Attachments items={attachments.filter(({ supportId }) => supportId === one.id)} />
            {act?.(one)}
          </li>
        ))}
      </ul>
      <LoadMore stretches={stretches} parameter="support" label={t("older")} />
    </>
  );
}
