import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { Refusal } from "../account";

/** Why somebody was refused, as a sentence. It takes the focus, so that it is read out and seen. */
export function RefusalNotice({ refusal }: { refusal: Refusal | null | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal) box.current?.focus();
  }, [refusal]);
  const sentence = useSentence(refusal);
  if (!sentence) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-md border border-danger bg-danger-soft px-4 py-3">
      {sentence}
    </div>
  );
}

function useSentence(refusal: Refusal | null | undefined): string | null {
  const t = useTranslations("accounts.refusals");
  if (!refusal) return null;
  if (refusal.why !== "wait") return t(refusal.why);
  const { seconds } = refusal;
  return seconds < 90 ? t("wait-seconds", { count: seconds }) : t("wait-minutes", { count: Math.ceil(seconds / 60) });
}
