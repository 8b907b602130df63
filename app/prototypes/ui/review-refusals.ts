import { useTranslations } from "use-intl";

const CODES = [
  "may-not",
  "review-closed",
  "not-released",
  "off-the-picture",
  "place-missing",
  "place-half",
  "not-number",
  "changed-meanwhile",
  "not-asked",
  "not-yet",
  "needs-words",
] as const;

/** Sentences of what can be wrong with a form of a review. */
export function useReviewRefusals(): Readonly<Record<string, string>> {
  const t = useTranslations("prototypes.review.refused");
  return Object.fromEntries(CODES.map((code) => [code, t(code)]));
}
