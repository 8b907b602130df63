import { useTranslations } from "use-intl";

const CODES = [
  "changed-meanwhile",
  "not-a-draft",
  "asked-twice",
  "a-side-is-missing",
  "nobody-was-asked",
  "not-asked-of-you",
  "reason-missing",
  "signed-already",
  "open-already",
  "may-not",
  "cannot-be-asked",
  "too-many-people",
  "rejected-too-many",
  "rejected-too-long",
  "too-often",
  "thing-gone",
  "board-unread",
] as const;

/** Sentences of what can be wrong with a form about a decision. */
export function useRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations("decisions.refused");
  return Object.fromEntries(CODES.map((code) => [code, t(code)]));
}
