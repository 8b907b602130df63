import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { Badge } from "~/ui/badge";
import { DateTime } from "~/ui/date-time";
import { TextArea } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { neighbour } from "../pin";
import { PIN_LISTS, PIN_WORDS_MAX, type Pin } from "../pin-page";
import { reviewAddress } from "../review-page";
import type { ReviewProps } from "./review-props";
import { useReviewRefusals } from "./review-refusals";

/** The pins of a version as a list: everything that is done on the picture is done here, too. */
export function ReviewPins(props: ReviewProps) {
  const t = useTranslations("prototypes.review.pins");
  const { page, at } = props;
  const { list, counts, rows, next } = page.pins;
  const ids = rows.map(({ id }) => id);
  const to = (pin: string | null) => `${reviewAddress(at.path, page, { pin })}${pin ? `#pin-${pin}` : "#pins"}`;
  const count = { open: counts.open, resolved: counts.resolved, all: counts.open + counts.resolved };
  return (
    <section aria-labelledby="pins" className="flex flex-col gap-4">
      <h2 id="pins" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <nav aria-label={t("filter")}>
        <ul className="flex flex-wrap gap-x-4">
          {PIN_LISTS.map((one) => (
            <li key={one}>
              <Link
                to={`${reviewAddress(at.path, page, { pins: one, pin: null })}#pins`}
                {...(one === list ? { "aria-current": "true" as const } : {})}
                className="link inline-flex min-h-9 items-center aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
              >
                {t(one, { count: count[one] })}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {page.open && ids.length > 1 && (
        <p className="flex flex-wrap gap-x-4">
          <Link to={to(neighbour(ids, page.open, -1))} className="link" preventScrollReset>
            {t("previous")}
          </Link>
          <Link to={to(neighbour(ids, page.open, 1))} className="link" preventScrollReset>
            {t("next")}
          </Link>
        </p>
      )}
      {rows.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ol className="flex flex-col gap-3">
          {rows.map((pin) => (
            <PinRow key={pin.id} {...props} pin={pin} to={to(pin.id === page.open ? null : pin.id)} />
          ))}
        </ol>
      )}
      {next && (
        <Link to={`${reviewAddress(at.path, page, { pin: null })}&after=${next}#pins`} className="link">
          {t("older")}
        </Link>
      )}
    </section>
  );
}

function PinRow({ page, failure, pin, to }: ReviewProps & { pin: Pin; to: string }) {
  const t = useTranslations("prototypes.review.pins");
  const { id, of, number, author, createdAt, says, said, all, resolved, carried } = pin;
  const file = page.files.find((one) => one.id === pin.fileId);
  const elsewhere = pin.fileId !== page.file?.id || (pin.page ?? 1) !== page.page;
  return (
    <li
      id={`pin-${id}`}
      className="flex scroll-mt-20 flex-col gap-2 rounded-md border border-line bg-surface px-4 py-3"
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
        <Link to={to} aria-expanded={all !== null} className="link font-semibold" preventScrollReset>
          {t(of === "staff" ? "numberStaff" : "number", { number })}
        </Link>
        {of === "staff" && <Badge tone="warning">{t("staffOnly")}</Badge>}
        {resolved && <Badge tone="success">{t("isResolved")}</Badge>}
        {carried && carried !== "carried" && <Badge tone="warning">{t(carried)}</Badge>}
      </p>
      {elsewhere && file && (
        <p className="text-sm text-muted wrap-anywhere">
          {pin.page ? t("onPage", { file: file.name, page: pin.page }) : t("onFile", { file: file.name })}
        </p>
      )}
      {all ? (
        <ol className="flex flex-col gap-3">
          {all.map((words) => (
            <li key={words.id} className="wrap-anywhere">
              <p className="text-sm text-muted">
                <span className="font-medium text-ink">{words.author}</span> · <DateTime at={words.createdAt} />
              </p>
              <p className="whitespace-pre-line">{words.body}</p>
            </li>
          ))}
        </ol>
      ) : (
        <>
          <p className="line-clamp-3 whitespace-pre-line wrap-anywhere">{says}</p>
          <p className="text-sm text-muted wrap-anywhere">
            {author} · <DateTime at={createdAt} />
            {said > 1 && ` · ${t("answers", { count: said - 1 })}`}
          </p>
        </>
      )}
      {all && page.silent === null && <Talk pin={pin} me={page.me} failure={failure} />}
    </li>
  );
}

function Talk({ pin, me, failure }: { pin: Pin; me: string; failure: FormFailure | undefined }) {
  const t = useTranslations("prototypes.review.pins");
  const sentences = useReviewRefusals();
  const labels = { reply: t("reply") };
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      <PostForm
        name="reply"
        failure={failure}
        labels={labels}
        sentences={sentences}
        draft={`reply:${me}:${pin.id}`}
        className="flex flex-col gap-3"
      >
        <input type="hidden" name="pin" value={pin.id} />
        <input type="hidden" name="of" value={pin.of} />
        <TextArea name="reply" label={labels.reply} maxLength={PIN_WORDS_MAX} rows={2} />
        <Send label={t("send")} />
      </PostForm>
      <PostForm name="resolve" failure={failure} sentences={sentences}>
        <input type="hidden" name="pin" value={pin.id} />
        <input type="hidden" name="of" value={pin.of} />
        <input type="hidden" name="revision" value={pin.revision} />
        <input type="hidden" name="to" value={pin.resolved ? "open" : "resolved"} />
        <Send label={t(pin.resolved ? "reopen" : "resolve")} />
      </PostForm>
    </div>
  );
}
