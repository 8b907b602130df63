import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import type { WaitingDecision } from "../decision-page";

type Props = { waiting: readonly WaitingDecision[]; path: "/decisions" | "/staff/decisions" };

/** On a home: what its reader is asked to agree to. */
export function WaitingDecisions({ waiting, path }: Props) {
  const t = useTranslations("decisions.home");
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting-decisions">
      <h2 id="waiting-decisions" className="mb-3 text-lg font-semibold">
        {t("waiting")}
      </h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {waiting.map(({ id, title, by, at }) => (
          <li key={id} className="relative px-4 py-3 hover:bg-sunken">
            <Link
              to={`${path}/${id}`}
              prefetch="intent"
              className="font-medium text-accent wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
            >
              {title}
            </Link>
            <p className="text-sm text-muted">
              {t.rich("asks", { name: by, date: () => <DateTime key="date" at={at} /> })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
