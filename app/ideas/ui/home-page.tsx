import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { PageHeader } from "~/ui/page-header";
import type { IdeaRow, News } from "../idea";
import { IdeaRows } from "./idea-rows";
import { useStatusName } from "./status";

type Props = {
  name: string;
  account: string;
  /** The reader's own ideas; the account's newest for somebody who suggests none. */
  ideas: readonly IdeaRow[];
  news: readonly News[];
  maySubmit: boolean;
};

/** A client's home: what became of my ideas, what is new, and the way to the next idea. */
export function HomePage({ name, account, ideas, news, maySubmit }: Props) {
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
        <section aria-labelledby="mine" className="min-w-0">
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
        <section aria-labelledby="news" className="min-w-0">
          <h2 id="news" className="mb-3 text-lg font-semibold">
            {t("news")}
          </h2>
          {news.length > 0 ? <NewsList news={news} /> : <p className="text-muted">{t("noNews")}</p>}
        </section>
      </div>
    </>
  );
}

function NewsList({ news }: { news: readonly News[] }) {
  return (
    <ol className="flex flex-col border-l border-line">
      {news.map((one) => (
        <li key={one.id} className="relative pb-4 pl-5 last:pb-0">
          <span
            aria-hidden="true"
            className={`absolute top-1.5 -left-[5px] size-2.5 rounded-full border-2 border-paper ${one.side === "staff" ? "bg-accent" : "bg-edge"}`}
          />
          <p>
            <NewsSentence news={one} />
          </p>
          <p className="text-sm text-muted">
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
    who: () => <span key="who">{news.who}</span>,
    idea: () => (
      <Link key="idea" to={`/ideas/${news.ideaId}`} prefetch="intent" className="font-medium hover:text-accent">
        {news.title}
      </Link>
    ),
  };
  if (news.name === "idea.submitted") return t.rich("news.submitted", parts);
  if (news.name === "idea.commented") return t.rich("news.commented", parts);
  const { from, to } = news;
  return t.rich("news.moved", {
    ...parts,
    from: from ? nameOf(from) : "",
    to: to ? nameOf(to) : "",
  });
}
