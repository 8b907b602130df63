import { Link } from "@remix-run/react";
import { ChevronRight, Lightbulb } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Together } from "../idea-page";

/** The beads that there are on this idea's thread: what it came from, itself, and what it is followed up in. */
export function ThreadLine({
  path,
  title,
  splitFrom,
  together,
}: {
  path: string;
  title: string;
  splitFrom: string | null;
  together: Together | null;
}) {
  const t = useTranslations("ideas.thread");
  const beads = [
    splitFrom && { id: splitFrom, text: t("splitFrom") },
    { id: null, text: title },
    together && { id: together.id, text: together.title ?? t("together") },
  ].filter((bead) => bead !== null && bead !== "");
  return (
    <nav aria-label={t("label")}>
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-sm text-muted">
        {beads.map(({ id, text }, at) => (
          <li key={text} className="inline-flex min-w-0 items-center gap-1.5">
            {at > 0 && <ChevronRight className="size-3.5 shrink-0" aria-hidden="true" />}
            <Lightbulb className="size-3.5 shrink-0" aria-hidden="true" />
            {id ? (
              <Link to={`${path}/${id}`} className="link">
                {text}
              </Link>
            ) : (
              <span className="max-w-48 truncate">{text}</span>
            )}
          </li>
        ))}
        <li className="inline-flex items-center gap-1.5">
          <ChevronRight className="size-3.5 shrink-0" aria-hidden="true" />
          {t("next")}
        </li>
      </ol>
    </nav>
  );
}
