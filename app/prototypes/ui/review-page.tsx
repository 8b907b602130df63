import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import { reviewAddress } from "../review-page";
import { ReviewPins } from "./review-pins";
import type { ReviewProps } from "./review-props";
import { ReviewStage } from "./review-shown";
import { ReviewVerdicts } from "./review-verdicts";

/** A version of a prototype under review: what is shown, what is said at its places, and what its reviewers answer. */
export function ReviewPage(props: ReviewProps) {
  const t = useTranslations("prototypes.review");
  const { page, at } = props;
  const { name, idea, version } = page;
  return (
    <article>
      <Said
        sentences={{
          pin: t("said.pin"),
          reply: t("said.reply"),
          resolve: t("said.resolve"),
          verdict: t("said.verdict"),
        }}
      />
      <PageHeader
        above={<WayUp to={at.up}>{t("back")}</WayUp>}
        title={name}
        lead={
          idea &&
          t.rich("lead", {
            idea: () => (
              <Link key="idea" to={`${at.ideas}/${idea.id}`} className="link wrap-anywhere">
                {idea.title}
              </Link>
            ),
          })
        }
      />
      <Versions {...props} />
      {version.draft && <Notice tone="info">{t("draft")}</Notice>}
      {page.silent === "review-closed" && <Notice tone="success">{t("closed")}</Notice>}
      {page.silent === "may-not" && <Notice tone="info">{t("reads")}</Notice>}
      <div className="mt-6 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-8">
          {version.notes && (
            <section aria-labelledby="notes">
              <h2 id="notes" className="mb-2 text-lg font-semibold">
                {t("notes")}
              </h2>
              <p className="max-w-prose whitespace-pre-line wrap-anywhere">{version.notes}</p>
            </section>
          )}
          <ReviewStage {...props} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <ReviewVerdicts {...props} />
          <ReviewPins {...props} />
        </div>
      </div>
    </article>
  );
}

/** Which version this is, the ways to the others, and for staff whose conversation it is. */
function Versions({ page, at }: ReviewProps) {
  const t = useTranslations("prototypes.review");
  const { version, versions, accounts, account } = page;
  return (
    <div className="mb-4 flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <strong>{t("version", { number: version.number })}</strong>
        {version.publishedAt && (
          <span className="text-sm text-muted">
            {t.rich("publishedOn", { date: () => <DateTime key="date" at={version.publishedAt ?? ""} time={false} /> })}
          </span>
        )}
      </p>
      {versions.length > 1 && (
        <nav aria-label={t("versions")}>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {versions.map(({ id, number }) => (
              <li key={id}>
                <Link
                  to={reviewAddress(at.path, page, { version: number })}
                  {...(id === version.id ? { "aria-current": "page" as const } : {})}
                  className="link inline-flex min-h-9 items-center aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:no-underline"
                >
                  {t("version", { number })}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {accounts && accounts.length > 0 && (
        <nav aria-label={t("conversations")}>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {accounts.map(({ id, name }) => (
              <li key={id}>
                <Link
                  to={reviewAddress(at.path, page, { account: id, pin: null })}
                  {...(id === account ? { "aria-current": "true" as const } : {})}
                  className="link inline-flex min-h-9 items-center aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
                >
                  {t("withAccount", { account: name })}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
