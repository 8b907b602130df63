import { FileText } from "lucide-react";
import { useLocale, useTranslations } from "use-intl";
import type { Attachment } from "../idea-attachment";
import type { IdeaPageData } from "../idea-page";

/** Photos as small pictures that open, files as names that are saved, and what is still being looked at. */
export function Attachments({ items }: { items: readonly Attachment[] }) {
  const t = useTranslations("ideas.attachments");
  const bytes = useBytes();
  if (items.length === 0) return null;
  const photos = items.filter(({ state, width }) => state === "ready" && width !== null);
  const files = items.filter((item) => !photos.includes(item));
  return (
    <div className="flex flex-col gap-2">
      {photos.length > 0 && (
        <ul aria-label={t("photos")} className="flex flex-wrap gap-2">
          {photos.map(({ id, name }) => (
            <li key={id}>
              <a href={`/api/attachments/${id}`} target="_blank" rel="noreferrer" title={name} className="block">
                <img
                  src={`/api/attachments/${id}?size=thumb`}
                  alt={name}
                  loading="lazy"
                  width={112}
                  height={112}
                  className="size-28 rounded-md border border-line bg-sunken object-cover"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul aria-label={t("files")} className="flex flex-col gap-1">
          {files.map(({ id, name, state, byteSize, refusal }) => (
            <li key={id} className="flex min-h-8 items-center gap-2">
              <FileText className="size-4 shrink-0 text-muted" aria-hidden="true" />
              {state === "ready" ? (
                <a href={`/api/attachments/${id}`} download className="link min-w-0 break-all">
                  {name}
                </a>
              ) : (
                <span className="min-w-0 break-all">{name}</span>
              )}
              <span className={`text-sm ${state === "refused" ? "text-danger" : "text-muted"}`}>
                {state === "ready" ? bytes(byteSize) : refusal ? t(`refusal.${refusal}`) : t("phase.checking")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Writes sizes of files as people say them. */
export function useBytes(): (size: number) => string {
  const locale = useLocale();
  return (size) => {
    // Below a tenth of a kilobyte a file would seem to be empty.
    const [unit, value] =
      size < 1_000
        ? (["byte", size] as const)
        : size < 1_000_000
          ? (["kilobyte", size / 1_000] as const)
          : (["megabyte", size / 1_000_000] as const);
    return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(
      value,
    );
  };
}

/** What was sent along with the idea itself. */
export function Files({ page }: { page: Pick<IdeaPageData, "attachments"> }) {
  const t = useTranslations("ideas.page");
  const own = page.attachments.filter(({ saidId, supportId }) => !saidId && !supportId);
  if (own.length === 0) return null;
  return (
    <section aria-labelledby="files" className="flex flex-col gap-3">
      <h2 id="files" className="text-lg font-semibold">
        {t("filesTitle")}
      </h2>
      <Attachments items={own} />
    </section>
  );
}
