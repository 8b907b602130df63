import { Form, Link } from "@remix-run/react";
import { Check } from "lucide-react";
import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import type { NoticeRow } from "../notification";

/** What one was told, one a row; the row leads there. `action`: where reading one without going there is posted. */
export function NoticeRows({ rows, action }: { rows: readonly NoticeRow[]; action?: string }) {
  const t = useTranslations("notifications.page");
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <li key={row.id} className="relative flex gap-3 px-4 py-3 hover:bg-sunken">
          <span className="mt-2 size-2 shrink-0">
            {!row.read && (
              <span className="block size-2 rounded-full bg-accent">
                <span className="sr-only">{t("unread")}</span>
              </span>
            )}
          </span>
          <div className="min-w-0 grow">
            <Link
              to={row.path}
              className={`wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 ${row.read ? "" : "font-medium"}`}
            >
              <Sentence row={row} />
            </Link>
            {row.excerpt && (
              <p className="mt-0.5 line-clamp-2 border-l-2 border-line pl-2 text-sm text-muted wrap-anywhere">
                {row.excerpt}
              </p>
            )}
            <p className="mt-0.5 text-sm text-muted">
              <DateTime at={row.createdAt} />
            </p>
          </div>
          {action && !row.read && (
            <Form method="post" action={action} className="relative z-1 shrink-0">
              <input type="hidden" name="id" value={row.id} />
              <button
                type="submit"
                name="intent"
                value="read"
                aria-label={t("readThis", { title: row.title })}
                title={t("read")}
                className="flex size-11 items-center justify-center rounded-md text-muted hover:bg-accent-soft hover:text-ink pointer-fine:size-9"
              >
                <Check className="size-5" aria-hidden="true" />
              </button>
            </Form>
          )}
        </li>
      ))}
    </ul>
  );
}

function Sentence({ row }: { row: NoticeRow }) {
  const t = useTranslations("notifications.says");
  return t.rich(row.says, {
    from: row.from,
    to: row.to,
    who: () => <span key="who">{row.who ?? t("somebody")}</span>,
    about: () => (
      <q key="about" className="quotes">
        {row.title}
      </q>
    ),
    other: () => <span key="other">{row.other ?? t("anotherIdea")}</span>,
  });
}
