import { useTranslations } from "use-intl";
import type { BoardElement } from "~/collab/board-element";
import { DateTime } from "~/ui/date-time";
import { later } from "~/ui/later";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import type { SourceView } from "../decision-page";
import "~/collab/ui/versions.css";

const QuotedDrawing = later(() => import("./quoted-drawing").then((quoted) => quoted.QuotedDrawing));
await QuotedDrawing.ready();

type QuoteProps = {
  text: string;
  drawn?: readonly BoardElement[] | null;
  /** Whoever said or drew it; null where nobody knows. Left out: who and when stands elsewhere. */
  by?: { author: string | null; at: Date | string };
  kind?: SourceView["kind"];
  changed?: boolean;
};

/** What somebody said or drew, as it was. */
export function Quote({ text, drawn, by, kind = "comment", changed = false }: QuoteProps) {
  const t = useTranslations("decisions.quote");
  return (
    <figure className={`border-l-2 pl-4 ${changed ? "border-warning" : "border-accent"}`}>
      {drawn && <QuotedDrawing drawn={drawn} label={text ? t("drawingOf", { text }) : t("drawing")} />}
      {text && <blockquote className="wrap-anywhere whitespace-pre-line">{text}</blockquote>}
      {by && (
        <figcaption className="mt-1 text-sm text-muted">
          {t.rich(`by.${kind}`, {
            name: by.author ?? t("somebody"),
            date: () => <DateTime key="date" at={by.at} />,
          })}
        </figcaption>
      )}
    </figure>
  );
}

/** Where what is quoted stands, on the idea's pages. */
const placeOf: Record<SourceView["kind"], (idea: string, objectId: string) => string> = {
  comment: (idea, id) => `${idea}#${id}`,
  passage: (idea, id) => `${idea}?thread=${id}#thread-${id}`,
  thing: (idea) => `${idea}/board`,
};

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
  const { kind, objectId, quote, drawn, author, writtenAt, sha256, standing, present } = source;
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
          <Quote text={quote} drawn={drawn} by={{ author, at: writtenAt }} kind={kind} />
        </div>
        {standing === "changed" && present !== null && (
          <div className="min-w-0">
            <p className="mb-1 text-sm font-medium">{t("now")}</p>
            <Quote text={present.text} drawn={present.drawn} changed />
          </div>
        )}
      </div>
      {standing !== "gone" && (
        <Link to={placeOf[kind](idea, objectId)} className="link inline-flex min-h-8 items-center self-start">
          {t(kind === "thing" ? "openBoard" : kind === "passage" ? "openBrief" : "open")}
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
