import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import type { SourceView } from "../decision-page";

/** What somebody said, as it was. */
export function Quote({ text, author, at }: { text: string; author: string; at: Date | string }) {
  const t = useTranslations("decisions.quote");
  return (
    <figure className="border-l-2 border-accent pl-4">
      <blockquote className="wrap-anywhere whitespace-pre-line">{text}</blockquote>
      <figcaption className="mt-1 text-sm text-muted">
        {t.rich("from", { name: author, date: () => <DateTime key="date" at={at} /> })}
      </figcaption>
    </figure>
  );
}

/** What a decision quotes, and whether that still stands. In: the page of the idea that it was said about. */
export function Sources({ sources, idea }: { sources: readonly SourceView[]; idea: string }) {
  const t = useTranslations("decisions.quote");
  return (
    <section aria-labelledby="sources" className="flex flex-col gap-3">
      <h2 id="sources" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <ul className="flex flex-col gap-6">
        {sources.map((source) => (
          <SourceItem key={source.id} source={source} idea={idea} />
        ))}
      </ul>
    </section>
  );
}

function SourceItem({ source, idea }: { source: SourceView; idea: string }) {
  const t = useTranslations("decisions.quote");
  const { objectId, quote, author, writtenAt, sha256, standing, present } = source;
  return (
    <li className="flex flex-col gap-3">
      {standing === "changed" && (
        <Notice tone="warning">
          <strong className="font-medium">{t("changed")}.</strong> {t("changedMeans")}
        </Notice>
      )}
      {standing === "gone" && (
        <Notice tone="warning">
          <strong className="font-medium">{t("gone")}.</strong> {t("goneMeans")}
        </Notice>
      )}
      <div className="grid gap-x-6 gap-y-3 sm:grid-flow-col sm:auto-cols-fr">
        <div className="min-w-0">
          {standing === "changed" && <p className="mb-1 text-sm font-medium">{t("was")}</p>}
          <Quote text={quote} author={author} at={writtenAt} />
        </div>
        {standing === "changed" && present !== null && (
          <div className="min-w-0">
            <p className="mb-1 text-sm font-medium">{t("now")}</p>
            <blockquote className="border-l-2 border-warning pl-4 wrap-anywhere whitespace-pre-line">
              {present}
            </blockquote>
          </div>
        )}
      </div>
      {standing !== "gone" && (
        <Link to={`${idea}#${objectId}`} className="link inline-flex min-h-8 items-center self-start">
          {t("open")}
        </Link>
      )}
      <Hash name={t("hash")} value={sha256} />
    </li>
  );
}

/** The hash by which something is known, in a form that can be selected and compared. */
export function Hash({ name, value }: { name: string; value: string }) {
  return (
    <p className="text-sm text-muted">
      {name}: <code className="wrap-anywhere text-ink">{value}</code>
    </p>
  );
}
