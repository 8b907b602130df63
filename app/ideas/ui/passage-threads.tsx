import { useLocation } from "@remix-run/react";
import { IntlProvider, useTranslations } from "use-intl";
import type { Picked } from "~/collab/ui/passage-props";
import type { FormFailure } from "~/kernel/form";
import { LOCALE_TAGS } from "~/kernel/locale";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { LoadMore, useStretches } from "~/ui/load-more";
import { useOnlyReading } from "~/ui/reading";
import { loadEditorWords, loadedWords, pageLocale } from "~/words";
import type { IdeaPageData } from "../idea-page";
import { type Threads as Listed, listOf, THREAD_LISTS, type Thread } from "../idea-thread";
import { PassageForm } from "./passage-form";
import { PassageTalk } from "./passage-talk";
import { type Refused, wasRefused } from "./refused";

type Props = {
  page: IdeaPageData;
  me: { personId: string };
  failure: FormFailure | undefined;
  refused: Refused | undefined;
  /** What was chosen in the live text. */
  picked: Picked | null;
  onDone: () => void;
};

// Its sentences come with the editor's, after the page works; the server has them.
if (typeof document !== "undefined") await loadEditorWords(pageLocale());

/** What was said about passages of the brief: a line a thread, one of them open, and the form to begin another. */
export function PassageThreads(props: Props) {
  if (typeof document === "undefined") return <Threads {...props} />;
  return (
    <IntlProvider locale={LOCALE_TAGS[pageLocale()]} messages={loadedWords(pageLocale())}>
      <Threads {...props} />
    </IntlProvider>
  );
}

function Threads({ page, me, failure, refused, picked, onDone }: Props) {
  const t = useTranslations("collab.passages");
  const { threads, idea } = page;
  const reading = useOnlyReading();
  const mayComment = page.mayComment && !reading;
  const stretches = useStretches<Thread, { threads: Listed }>(threads, (answer) => answer.threads);
  const { search } = useLocation();
  const { counts } = threads;
  const any = counts.open + counts.gone + counts.resolved > 0;
  const begins = picked !== null || wasRefused(failure, "passage") || new URLSearchParams(search).has("passage");
  if (!any && !mayComment) return null;
  return (
    <section aria-labelledby="passages" className="flex flex-col gap-3">
      <h3 id="passages" className="scroll-mt-16 font-semibold">
        {t("title")}
      </h3>
      {any && (
        <nav aria-label={t("lists")} className="flex flex-wrap gap-x-4 text-sm">
          {THREAD_LISTS.filter((list) => counts[list] > 0 || list === "open").map((list) => (
            <Link
              key={list}
              to={`?threads=${list}#passages`}
              preventScrollReset
              aria-current={list === threads.list ? "true" : undefined}
              className={list === threads.list ? "py-1 font-medium" : "link py-1"}
            >
              {t(`list.${list}`, { count: `${counts[list]}` })}
            </Link>
          ))}
        </nav>
      )}
      {any && stretches.rows.length === 0 && <p className="text-muted">{t("none")}</p>}
      {stretches.rows.length > 0 && (
        <ol className="flex flex-col divide-y divide-line rounded-md border border-line">
          {stretches.rows.map((thread) => (
            <li key={thread.threadId} id={`thread-${thread.threadId}`} className="scroll-mt-16 px-4 py-3">
              <ThreadHead thread={thread} list={threads.list} />
              {thread.all && (
                <PassageTalk thread={thread} all={thread.all} page={page} me={me} failure={failure} refused={refused} />
              )}
            </li>
          ))}
        </ol>
      )}
      <LoadMore stretches={stretches} parameter="passages" label={t("older")} />
      {mayComment && !begins && (
        <Link to="?passage=new#passages" preventScrollReset className="link self-start py-1.5">
          {t("begin")}
        </Link>
      )}
      {begins && (
        <PassageForm
          ideaId={idea.id}
          brief={page.text.brief}
          picked={picked}
          failure={failure}
          draft={`passage:${me.personId}:${idea.id}`}
          onDone={onDone}
        />
      )}
    </section>
  );
}

/** The quoted words, which open and close the thread, and how it stands. */
function ThreadHead({ thread, list }: { thread: Thread; list: Listed["list"] }) {
  const t = useTranslations("collab.passages");
  const { threadId, quote, place, resolved, said, lastAuthor, lastAt, all } = thread;
  const kept = list === "open" ? "" : `threads=${list}`;
  const to = all ? `?${kept}#passages` : `?${kept && `${kept}&`}thread=${threadId}#thread-${threadId}`;
  return (
    <div className="flex flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-2">
        <Link
          to={to}
          preventScrollReset
          className="link line-clamp-2 min-w-0 wrap-anywhere"
          aria-expanded={all !== null}
        >
          {t("quoted", { quote })}
        </Link>
        {listOf(thread) === "open" && place === "moved" && <Badge tone="warning">{t("moved")}</Badge>}
        {!resolved && place === "gone" && <Badge tone="danger">{t("gone")}</Badge>}
        {resolved && <Badge tone="success">{t("resolved")}</Badge>}
      </p>
      <p className="text-sm text-muted">
        {t.rich("summary", { count: said, name: lastAuthor, date: () => <DateTime key="date" at={lastAt} /> })}
      </p>
    </div>
  );
}
