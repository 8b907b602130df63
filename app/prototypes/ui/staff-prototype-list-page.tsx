import { Frame } from "lucide-react";
import { useTranslations } from "use-intl";
import { Badge } from "~/ui/badge";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { PrototypeRow } from "../prototype-page";
import { phaseOf } from "../prototype-page";
import { PhaseBadge } from "./staff-states";

type Props = { prototypes: readonly PrototypeRow[]; mayMake: boolean };

/** Prototypes for staff: what waits for whom, the most pressing first. */
export function StaffPrototypeListPage({ prototypes, mayMake }: Props) {
  const t = useTranslations("prototypes");
  return (
    <>
      <PageHeader title={t("list.title")} lead={t("staff.lead")}>
        {mayMake && (
          <LinkButton to="/staff/prototypes/new" look="main">
            {t("staff.create")}
          </LinkButton>
        )}
      </PageHeader>
      {!mayMake && <Notice tone="info">{t("staff.reads")}</Notice>}
      {prototypes.length === 0 ? (
        <EmptyState icon={Frame} title={t("staff.none")} text={t("staff.noneText")} />
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
          {prototypes.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
    </>
  );
}

function Row({ row }: { row: PrototypeRow }) {
  const t = useTranslations("prototypes.staff");
  const { id, name, idea, number, shownTo, waitsFor, openPins } = row;
  const phase = phaseOf(row, shownTo.length);
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-sunken">
      <div className="min-w-0 grow basis-60">
        <Link
          to={`/staff/prototypes/${id}`}
          prefetch="intent"
          className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
        >
          {name}
        </Link>
        <p className="text-sm text-muted wrap-anywhere">
          {[idea, number !== null && t("version", { number })].filter(Boolean).join(" · ")}
        </p>
        <p className="text-sm text-muted wrap-anywhere">
          {shownTo.length > 0 ? t("shownTo", { names: shownTo.join(", ") }) : t("shownToNobody")}
          {openPins > 0 && ` · ${t("pins", { count: openPins })}`}
        </p>
      </div>
      <Waiting waitsFor={waitsFor} />
      <PhaseBadge phase={phase} />
    </li>
  );
}

function Waiting({ waitsFor }: Pick<PrototypeRow, "waitsFor">) {
  const t = useTranslations("prototypes.staff");
  const [first] = waitsFor;
  if (!first) return null;
  const { dueAt, late } = first;
  const names = waitsFor.map(({ name, account }) => (account ? `${name} (${account})` : name)).join(", ");
  return (
    <div className="min-w-0 basis-60 text-sm">
      <p className="wrap-anywhere">{t("waitsFor", { names })}</p>
      {dueAt && !late && (
        <p className="text-muted">{t.rich("due", { date: () => <DateTime at={dueAt} time={false} /> })}</p>
      )}
      {dueAt && late && (
        <Badge tone="danger">
          <span>{t.rich("late", { date: () => <DateTime at={dueAt} time={false} /> })}</span>
        </Badge>
      )}
    </div>
  );
}
