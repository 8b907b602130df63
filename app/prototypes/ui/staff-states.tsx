import { useTranslations } from "use-intl";
import { Badge, type BadgeTone } from "~/ui/badge";
import type { Phase } from "../prototype";
import type { Overall } from "../verdict";

const PHASES: Readonly<Record<Phase, BadgeTone>> = {
  draft: "neutral",
  published: "info",
  released: "accent",
  approved: "success",
};
const OVERALLS: Readonly<Record<Overall, BadgeTone>> = {
  waiting: "neutral",
  approved: "success",
  "approved-with-changes": "success",
  "changes-requested": "warning",
  rejected: "danger",
};

/** How far a version has come. */
export function PhaseBadge({ phase }: { phase: Phase }) {
  return <Badge tone={PHASES[phase]}>{useTranslations("prototypes.phase")(phase)}</Badge>;
}

/** What the answers come to so far. */
export function OverallBadge({ overall }: { overall: Overall }) {
  return <Badge tone={OVERALLS[overall]}>{useTranslations("prototypes.overall")(overall)}</Badge>;
}

const CODES = [
  "may-not",
  "draft-there",
  "changed-meanwhile",
  "no-files",
  "files-on-the-way",
  "not-a-draft",
  "not-published",
  "shown-already",
  "nobody-shown",
  "nobody-asked",
  "nobody-decides",
  "asked-not-shown",
  "cannot-be-asked",
  "due-before",
  "approved-already",
  "not-a-day",
] as const;

/** Sentences of what can be wrong with a form about a prototype. */
export function useRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations("prototypes.refused");
  return Object.fromEntries(CODES.map((code) => [code, t(code)]));
}
