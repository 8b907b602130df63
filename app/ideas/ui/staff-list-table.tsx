import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { Marked } from "~/ui/marked";
import { type Column, type StaffRow, VALUE_CURRENCY } from "../idea-list";
import { IdeaHere } from "./idea-here";
import { staffAddress, useColumnName } from "./staff-filter";
import { StatusBadge } from "./status";

const HEAD = "px-2.5 py-2 text-left font-medium whitespace-nowrap text-muted";
const CELL = "px-2.5 py-1 whitespace-nowrap";
const NUMBERS: readonly Column[] = ["comments", "accounts", "people", "value", "due", "created", "activity"];

/** Ideas of all accounts, one compact line each, with the columns that were chosen and a box to tick where one may change them. */
export function StaffListTable({
  rows,
  columns,
  mayTick,
  search,
  tickAll,
}: {
  rows: readonly StaffRow[];
  columns: readonly Column[];
  mayTick: boolean;
  /** What the rows were found by, as it was typed. */
  search: string;
  /** The box over all boxes, which needs JavaScript. */
  tickAll: ReactNode;
}) {
  const t = useTranslations("ideas.list.column");
  const columnName = useColumnName();
  return (
    <div className="overflow-x-auto rounded-md border border-line bg-surface">
      <table className="w-full">
        <thead className="border-b border-line max-md:sr-only">
          <tr>
            {mayTick && <td className="w-9 px-2.5">{tickAll}</td>}
            <th scope="col" className={HEAD}>
              {t("idea")}
            </th>
            <th scope="col" className={HEAD}>
              {t("status")}
            </th>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={`${HEAD} max-md:hidden ${NUMBERS.includes(column) ? "text-right" : ""}`}
              >
                {columnName(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((idea) => (
            <Row key={`${idea.id}.${idea.revision}`} idea={idea} columns={columns} mayTick={mayTick} search={search} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { idea: StaffRow; columns: readonly Column[]; mayTick: boolean; search: string };

function Row({ idea, columns, mayTick, search }: RowProps) {
  const t = useTranslations("ideas");
  return (
    <tr className="h-10 hover:bg-sunken has-checked:bg-accent-soft">
      {mayTick && (
        <td className="px-2.5">
          <input
            type="checkbox"
            name="item"
            aria-keyshortcuts="X"
            value={`${idea.id}.${idea.revision}`}
            aria-label={t("bulk.tick", { title: idea.title })}
            className="block size-4 accent-accent"
          />
        </td>
      )}
      <td className={`${CELL} w-full max-w-0 min-w-40 max-md:py-2.5 max-md:whitespace-normal`}>
        <div className="flex items-center gap-2">
          <Link
            to={`/staff/ideas/${idea.id}`}
            prefetch="intent"
            title={idea.title}
            className="min-w-0 font-medium hover:text-accent md:truncate"
          >
            <Marked text={idea.title} search={search} />
          </Link>
          <IdeaHere ideaId={idea.id} className="shrink-0" />
        </div>
        <p className="text-sm text-muted md:hidden">
          {idea.account} · {t("lists.support", { accounts: idea.supportAccounts, people: idea.supportPeople })}
          {columns.includes("value") && (
            <>
              {" "}
              · <Value idea={idea} />
            </>
          )}
        </p>
      </td>
      <td className={CELL}>
        <StatusBadge status={idea.status} />
      </td>
      {columns.map((column) => (
        <td
          key={column}
          className={`${CELL} text-muted max-md:hidden ${NUMBERS.includes(column) ? "text-right tabular" : ""}`}
        >
          <Cell idea={idea} column={column} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ idea, column }: { idea: StaffRow; column: Column }) {
  const t = useTranslations("ideas.lists");
  switch (column) {
    case "account":
      return (
        <Link to={staffAddress({ account: idea.accountId })} className="text-ink hover:text-accent">
          {idea.account}
        </Link>
      );
    case "kind":
      return idea.kind === "complaint" ? t("kinds.complaint") : t("kinds.suggestion");
    case "owner":
      return idea.owner ?? t("noOwner");
    case "tags":
      return idea.tags?.join(", ") ?? null;
    case "accounts":
      return idea.supportAccounts;
    case "people":
      return idea.supportPeople;
    case "comments":
      return idea.commentCount;
    case "value":
      return <Value idea={idea} />;
    case "due":
      return <Due idea={idea} />;
    case "created":
      return <DateTime at={idea.createdAt} time={false} />;
    case "activity":
      return <DateTime at={idea.lastActivityAt} time={false} />;
    default:
      return idea[column];
  }
}

/** Making a format costs more than drawing the row it stands in. */
const formats = new Map<string, Intl.NumberFormat>();

function euros(locale: string): Intl.NumberFormat {
  const known = formats.get(locale);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, { style: "currency", currency: VALUE_CURRENCY, maximumFractionDigits: 0 });
  formats.set(locale, made);
  return made;
}

/** What supporters are worth in a year, and that some of them are not counted in it. */
export function Value({ idea }: { idea: Pick<StaffRow, "valueMinor" | "valueUnknown"> }) {
  const t = useTranslations("ideas.lists");
  const locale = useLocale();
  const words = euros(locale).format(Number(BigInt(idea.valueMinor) / 100n));
  if (idea.valueUnknown === 0) return words;
  return <span title={t("valueUnknown", { count: idea.valueUnknown })}>{words} +?</span>;
}

function Due({ idea }: { idea: StaffRow }) {
  const t = useTranslations("ideas.lists");
  if (!idea.answerDueAt || idea.answeredAt) return null;
  return idea.late ? (
    <span className="text-danger">
      {t("late")} <DateTime at={idea.answerDueAt} time={false} />
    </span>
  ) : (
    <DateTime at={idea.answerDueAt} time={false} />
  );
}
