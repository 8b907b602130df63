import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Away } from "./away-watch";

/** What others did while this page had no connection or was closed, until somebody has read it. Said politely. */
export function AwayNote({ away, onSeen, of }: { away: Away | null; onSeen: () => void; of: "brief" | "board" }) {
  const t = useTranslations("collab.away");
  const did = (["changed", "added", "removed"] as const).filter((what) => away && away[what] > 0);
  return (
    <div aria-live="polite">
      {away && (
        <div className="mt-2 flex items-start gap-2 rounded-md bg-accent-soft px-3 py-1.5 text-sm">
          <p className="grow self-center">
            <strong>{t("title")}</strong> {did.map((what) => t(`${of}.${what}`, { count: away[what] })).join(" ")}{" "}
            {away.names.length > 0 && t(away.more ? "byMore" : "by", { names: away.names.join(", ") })}
          </p>
          <button
            type="button"
            className="flex size-11 shrink-0 items-center justify-center rounded-md hover:text-accent pointer-fine:size-8"
            aria-label={t("close")}
            title={t("close")}
            onClick={onSeen}
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        </div>
      )}
    </div>
  );
}
