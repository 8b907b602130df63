import type { ReactNode } from "react";
import { IntlProvider, useTranslations } from "use-intl";
import { OUTLINE_KINDS } from "~/collab/board-outline";
import { LOCALE_TAGS } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { LoadMore, useStretches } from "~/ui/load-more";
import { useOnlyReading } from "~/ui/reading";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";
import { type Threads as Listed, listOf, THREAD_LISTS, type Thread } from "../idea-thread";
import { type About, PassageTalk, type Talking } from "./passage-talk";

type Props = {
  threads: Listed;
  talk: Talking;
  /** Where somebody goes to begin one. */
  begin: string;
  /** The form that begins one; null while it is closed. */
  form: ReactNode;
};

// Its sentences come with the editor's, after the page works; the server has them.
if (typeof document !== "undefined") await loadEditorWords(pageLocale());

/** Gives the sentences of the editor to what stands beside it. */
export function WithEditorWords({ children }: { children: ReactNode }) {
  if (typeof document === "undefined") return children;
  return (
    <IntlProvider locale={LOCALE_TAGS[pageLocale()]} messages={loadedWords(pageLocale())}>
      {children}
    </IntlProvider>
  );
}

/** What was said about passages or things: a line a thread, one of them open, and the form to begin another. */
export function ThreadList({ threads, talk, begin, form }: Props) {
  const t = useTranslations("collab.passages");
  const own = useTranslations(`collab.${talk.of}`);
  const reading = useOnlyReading();
  const mayComment = talk.mayComment && !reading;
  const stretches = useStretches<Thread, { threads: Listed | null }>(threads, (answer) => answer.threads ?? threads);
  const { counts } = threads;
  const ended = talk.guest?.ended ?? false;
  const any = counts.open + counts.gone + counts.resolved > 0;
  if (!any && !mayComment) return null;
  const { of } = talk;
  return (
    <section aria-labelledby={of} className="flex flex-col gap-3">
      <Title of={of}>{own("title")}</Title>
      {any && (
        <nav aria-label={own("lists")} className="flex flex-wrap gap-x-4 text-sm">
          {THREAD_LISTS.filter((list) => counts[list] > 0 || list === "open").map((list) => (
            <Link
              key={list}
              to={`?threads=${list}#${of}`}
              preventScrollReset
              aria-current={list === threads.list ? "true" : undefined}
              className={list === threads.list ? "py-1 font-medium" : "link py-1"}
            >
              {own(`list.${list}`, { count: `${counts[list]}` })}
            </Link>
          ))}
        </nav>
      )}
      {any && stretches.rows.length === 0 && <p className="text-muted">{t("none")}</p>}
      {stretches.rows.length > 0 && (
        <ol className="flex flex-col divide-y divide-line rounded-md border border-line">
          {stretches.rows.map((thread) => (
            <li key={thread.threadId} id={`thread-${thread.threadId}`} className="scroll-mt-16 px-4 py-3">
              <ThreadHead thread={thread} list={threads.list} of={of} />
              {thread.all && <PassageTalk thread={thread} all={thread.all} talk={talk} />}
            </li>
          ))}
        </ol>
      )}
      {!ended && <LoadMore stretches={stretches} parameter="passages" label={t("older")} />}
      {mayComment && !form && !ended && (
        <Link to={begin} preventScrollReset className="link self-start py-1.5">
          {own("begin")}
        </Link>
      )}
      {form}
    </section>
  );
}

/** Below the heading of the brief, and beside those of the page of a board. */
function Title({ of, children }: { of: About; children: ReactNode }) {
  const Heading = of === "passages" ? "h3" : "h2";
  const size = of === "passages" ? "" : "text-lg";
  return (
    <Heading id={of} className={`scroll-mt-16 font-semibold ${size}`}>
      {children}
    </Heading>
  );
}

/** The quoted words, which open and close the thread, and how it stands. */
function ThreadHead({ thread, list, of }: { thread: Thread; list: Listed["list"]; of: About }) {
  const t = useTranslations("collab.passages");
  const own = useTranslations(`collab.${of}`);
  const { threadId, quote, kind, place, resolved, said, lastAuthor, lastAt, all } = thread;
  const kept = list === "open" ? "" : `threads=${list}`;
  const to = all ? `?${kept}#${of}` : `?${kept && `${kept}&`}thread=${threadId}#thread-${threadId}`;
  return (
    <div className="flex flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-2">
        <Link
          to={to}
          preventScrollReset
          className="link line-clamp-2 min-w-0 wrap-anywhere"
          aria-expanded={all !== null}
        >
          {kind ? <ThingName kind={kind} says={quote} /> : t("quoted", { quote })}
        </Link>
        {listOf(thread) === "open" && place === "moved" && <Badge tone="warning">{own("moved")}</Badge>}
        {!resolved && place === "gone" && <Badge tone="danger">{own("gone")}</Badge>}
        {resolved && <Badge tone="success">{t("resolved")}</Badge>}
      </p>
      <p className="text-sm text-muted">
        {t.rich("summary", { count: said, name: lastAuthor, date: () => <DateTime key="date" at={lastAt} /> })}
      </p>
    </div>
  );
}

/** A thing as it was when the thread was begun. */
export function ThingName({ kind, says }: { kind: string; says: string }) {
  const kinds = useTranslations("collab.board.page.kind");
  const named = useTranslations("collab.board.outline");
  const known = OUTLINE_KINDS.find((one) => one === kind) ?? "shape";
  return says ? named("named", { kind: kinds(known), says }) : kinds(known);
}
