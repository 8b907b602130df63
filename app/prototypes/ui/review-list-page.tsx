import { Frame } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { ShownRow } from "../review-page";

type Shown = Stretch<ShownRow>;

/** Prototypes that a customer is shown, newest first. */
export function ReviewListPage({ prototypes }: { prototypes: Shown }) {
  const t = useTranslations("prototypes");
  const stretches = useStretches<ShownRow, { prototypes: Shown }>(prototypes, (answer) => answer.prototypes);
  return (
    <>
      <PageHeader title={t("list.title")} lead={t("review.list.lead")} />
      {prototypes.rows.length === 0 ? (
        <EmptyState icon={Frame} title={t("review.list.none")} text={t("review.list.noneText")} />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
          {stretches.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      <LoadMore stretches={stretches} />
    </>
  );
}

function Row({ row }: { row: ShownRow }) {
  const t = useTranslations("prototypes.review");
  const { id, name, number, approved, publishedAt, openPins, waits } = row;
  return (
    <li className="relative flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken">
      <div className="min-w-0 grow basis-60">
        <Link
          to={`/prototypes/${id}`}
          prefetch="intent"
          className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
        >
          {name}
        </Link>
        <p className="text-sm text-muted">
          {t("version", { number })}
          {publishedAt && (
            <>
              {" · "}
              <DateTime at={publishedAt} time={false} />
            </>
          )}
          {openPins > 0 && ` · ${t("list.pins", { count: openPins })}`}
        </p>
      </div>
      {waits && <span className="text-sm font-medium text-accent">{t("list.waits")}</span>}
      {approved && <Badge tone="success">{t("overall.approved")}</Badge>}
    </li>
  );
}
