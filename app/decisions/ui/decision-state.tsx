import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import type { State } from "../decision";

const TONES: Record<State, BadgeTone> = { draft: "neutral", asked: "info", "not-yet": "warning", agreed: "success" };

/** How far a decision has come, in a word. */
export function StateBadge({ state }: { state: State }) {
  const t = useTranslations("decisions.state");
  return <Badge tone={TONES[state]}>{t(state)}</Badge>;
}
