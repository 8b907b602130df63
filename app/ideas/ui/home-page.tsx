import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import type { IdeaRow, News, Waiting } from "../idea";
import { IdeaRows } from "./idea-rows";
import { useStatusName } from "./status";

type Props = {
  name: string;
  account: string;
  /** The reader's own ideas; the account's newest for somebody who suggests none. */
  ideas: readonly IdeaRow[];
  news: readonly News[];
  /** When the reader was here before; null at the first visit. */
  since: Date | null;
  /** How much happened since then, whether or not it stands here: counted up to NEWS_COUNTED. */
  fresh: number;
  /** What the reader is expected to answer. */
  waiting: readonly Waiting[];
  maySubmit: boolean;
  /** What else waits for the reader, above all. */
  children?: ReactNode;
};

/** A client's home: what became of my ideas, what is new, and the way to the next idea. */
export function HomePage({ name, account, ideas, news, since, fresh, waiting, maySubmit, children }: Props) {
  const t = useTranslations("ideas.home");
  return (
    <>
      <PageHeader title={t("welcome", { name })} lead={t("lead", { account })}>
        {maySubmit && (
          <LinkButton to="/ideas/new" look="main" prefetch="intent">
            {t("suggest")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="grid gap-x-8 gap-y-10 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-10">
          {children}
          {waiting.length > 0 && <WaitingList waiting={waiting} />}
          <section aria-labelledby="mine">
            <h2 id="mine" className="mb-3 text-lg font-semibold">
              {maySubmit ? t("mine") : t("newest")}
            </h2>
            {ideas.length > 0 ? (
              <IdeaRows rows={ideas} own={maySubmit} />
            ) : (
              <p className="text-muted">{maySubmit ? t("noneMine") : t("noneToSee")}</p>
            )}
            <p className="mt-3">
              <Link to="/ideas" prefetch="intent" className="link inline-flex min-h-8 items-center">
                {t("all", { account })}
              </Link>
            </p>
          </section>
        </div>
        <section aria-labelledby="news" className="min-w-0">
          <h2 id="news" className="mb-3 text-lg font-semibold">
            {t("news")}
          </h2>
          {since && <SinceThen since={since} count={fresh} />}
          {news.length > 0 ? <NewsList news={news} since={since} /> : <p className="text-muted">{t("noNews")}</p>}
          {news.length > 0 && (
            <p className="mt-3">
              <Link to="/ideas?sort=activity" prefetch="intent" className="link inline-flex min-h-8 items-center">
                {t("moreNews")}
              </Link>
            </p>
          )}
        </section>
      </div>
    </>
  );
}

/** Where the maker said the last word, and where somebody mentions the reader: perhaps they asked something. */
function WaitingList({ waiting }: { waiting: readonly Waiting[] }) {
  const t = useTranslations("ideas.home");
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="mb-3 text-lg font-semibold">
        {t("waiting")}
      </h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {waiting.map((one) => (
          <li key={one.id} className="relative px-4 py-3 hover:bg-sunken">
            <Link
              to={`/ideas/${one.id}#${one.commentId}`}
              prefetch="intent"
              className="font-medium text-accent after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
            >
              {one.title}
            </Link>
            <p className="line-clamp-2">{one.body}</p>
            <p className="text-sm text-muted">
              {t(one.mentioned ? "mentionedYou" : "answeredYou", { who: one.who ?? "" })} ·{" "}
              <DateTime at={one.createdAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const isNew = (one: News, since: Date | null) => since !== null && new Date(one.happenedAt) > new Date(since);

/** How much has changed since the reader was here, in a sentence. */
function SinceThen({ since, count }: { since: Date; count: number }) {
  const t = useTranslations("ideas.home");
  return (
    <p className="mb-4 text-sm text-muted">
      {t.rich("since", {
        count,
        date: () => <DateTime key="date" at={since} />,
      })}
    </p>
  );
}

function NewsList({ news, since }: { news: readonly News[]; since: Date | null }) {
  const t = useTranslations("ideas.home");
  return (
    <ol className="flex flex-col border-l border-line">
      {news.map((one) => (
        <li key={one.id} className="relative pb-4 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper ${one.side === "staff" ? "bg-accent" : "bg-edge"}`}
          />
          <p className={isNew(one, since) ? "font-medium" : ""}>
            <NewsSentence news={one} />
          </p>
          <p className="text-sm text-muted">
            {isNew(one, since) && <span className="font-medium text-accent">{t("new")} · </span>}
            <DateTime at={one.happenedAt} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function NewsSentence({ news }: { news: News }) {
  const t = useTranslations("ideas");
  const nameOf = useStatusName();
  const parts = {
    // What the system did on its own has no name.
    who: () => <span key="who">{news.who ?? t("step.system")}</span>,
    idea: () => (
      <Link key="idea" to={`/ideas/${news.ideaId}`} prefetch="intent" className="font-medium hover:text-accent">
        {news.title}
      </Link>
    ),
  };
  const { name, from, to } = news;
  switch (name) {
    case "idea.submitted":
      return t.rich("news.submitted", parts);
    case "idea.commented":
      return t.rich("news.commented", parts);
    case "idea.status_changed":
      return t.rich("news.moved", { ...parts, from: nameOf(from ?? ""), to: nameOf(to ?? "") });
    case "idea.visibility_changed":
      return t.rich(to === "all_customers" ? "news.shared" : "news.unshared", parts);
    case "idea.supported":
      return t.rich(news.onBehalf ? "news.onBehalf" : "news.supported", parts);
    case "idea.merged":
      return t.rich(news.second ? "news.mergedHere" : "news.merged", parts);
    case "idea.unmerged":
      return t.rich(news.second ? "news.unmergedHere" : "news.unmerged", parts);
    case "idea.split":
      return t.rich(news.second ? "news.splitOff" : "news.split", parts);
    case "idea.product_changed": {
      const none = t("step.noProduct");
      return t.rich("news.product", { ...parts, from: from ?? none, to: to ?? none });
    }
    default:
      return unknown(name);
  }
}

/** A kind of news without a sentence does not compile. */
function unknown(name: never): never {
  throw new Error(`No sentence for ${String(name)}`);
}
