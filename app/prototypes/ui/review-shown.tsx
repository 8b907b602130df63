import { useState } from "react";
import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";
import { isSame, type Place } from "../pin";
import { fileUrl } from "../prototype-file";
import { reviewAddress } from "../review-page";
import { ReviewPicture } from "./review-picture";
import { PinForm } from "./review-pin-form";
import type { ReviewProps } from "./review-props";

/** The files of a version, the one that is looked at, and the form that sets a pin on it. */
export function ReviewStage(props: ReviewProps) {
  const t = useTranslations("prototypes.review");
  const { page, at } = props;
  const { files, file } = page;
  // What was chosen on the picture, for the form; the form alone says what is sent.
  const [pressed, choose] = useState<Place | null>(null);
  // Where a pin stands by now nothing is asked for any more.
  const chosen = pressed && page.pins.markers.some(({ place }) => isSame(place, pressed)) ? null : pressed;
  if (!file) return <p className="text-muted">{t("noFiles")}</p>;
  const isFlat = file.kind === "picture" || file.kind === "pdf";
  const speaks = page.silent === null && !(page.accounts === null && page.version.draft);
  return (
    <section aria-labelledby="shown" className="flex min-w-0 flex-col gap-4">
      <h2 id="shown" className="text-lg font-semibold wrap-anywhere">
        {file.name}
      </h2>
      {files.length > 1 && (
        <nav aria-label={t("files")}>
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {files.map(({ id, name }) => (
              <li key={id} className="min-w-0">
                <Link
                  to={reviewAddress(at.path, page, { file: id, page: 1, pin: null })}
                  {...(id === file.id ? { "aria-current": "true" as const } : {})}
                  className="link inline-flex min-h-9 items-center wrap-anywhere aria-[current=true]:font-semibold aria-[current=true]:text-ink aria-[current=true]:no-underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {file.kind === "pdf" && <Pages {...props} />}
      {isFlat && <ReviewPicture {...props} file={file} chosen={chosen} choose={speaks ? choose : null} />}
      {file.kind === "video" && (
        // biome-ignore lint/a11y/useMediaCaption: a film of a prototype comes without captions; what is said about it stands in the pins.
        <video
          src={fileUrl(file.id)}
          controls
          preload="metadata"
          aria-label={file.name}
          className="w-full rounded-md"
        />
      )}
      {file.kind === "model" && (
        <p>
          {/* A file: the router has no page to show for it. */}
          <a href={fileUrl(file.id)} className="link" download>
            {t("model")}
          </a>
        </p>
      )}
      {file.kind === "web" && file.address && (
        <p>
          <a href={file.address} rel="noreferrer noopener" target="_blank" className="link wrap-anywhere">
            {file.address}
          </a>
        </p>
      )}
      {speaks && (
        <PinForm
          {...props}
          key={`${file.id} ${page.page}`}
          file={file}
          chosen={isFlat ? chosen : null}
          choose={choose}
        />
      )}
    </section>
  );
}

function Pages({ page, at }: ReviewProps) {
  const t = useTranslations("prototypes.review");
  const count = page.file?.pages ?? 1;
  if (count < 2) return null;
  return (
    <nav aria-label={t("pages")} className="overflow-x-auto">
      <ul className="flex gap-1">
        {Array.from({ length: count }, (_, index) => index + 1).map((number) => (
          <li key={number}>
            <Link
              to={reviewAddress(at.path, page, { page: number, pin: null })}
              aria-label={t("page", { number })}
              {...(number === page.page ? { "aria-current": "page" as const } : {})}
              className="flex size-11 items-center justify-center rounded-md border border-line bg-surface tabular -outline-offset-2 aria-[current=page]:border-accent aria-[current=page]:font-semibold"
            >
              {number}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
