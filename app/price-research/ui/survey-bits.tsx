import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Badge } from "~/ui/badge";
import type { SurveyState } from "../survey";

const TONES = { draft: "neutral", open: "accent", closed: "info" } as const;

export function SurveyBadge({ state }: { state: SurveyState }) {
  const t = useTranslations("priceResearch.state");
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}

const CODES = [
  "not-open",
  "stated-already",
  "contradicts",
  "other-price",
  "may-not",
  "no-price",
  "changed-meanwhile",
  "not-askable",
  "time-over",
  "nobody-asked",
  "no-such-day",
  "prices-count",
] as const;

/** Sentences of what can be wrong with a form of a survey. */
export function useRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations("priceResearch.refused");
  return Object.fromEntries(CODES.map((code) => [code, t(code)]));
}

/** A part of a page under a heading of its own. */
export function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      {children}
    </div>
  );
}
