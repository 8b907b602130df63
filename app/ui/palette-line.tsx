import { useTranslations } from "use-intl";

/** How the palette looks, for both halves of it. */
export const VEIL = "fixed inset-0 z-40 flex items-start justify-center bg-veil p-3 pt-[10dvh]";
export const SHEET = "w-full max-w-150 overflow-hidden rounded-md border border-line bg-surface text-base text-ink";
export const LINE =
  "h-13 w-full bg-surface px-4 text-lg outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:appearance-none";
export const LINE_MAX = 100;

/** The line of the palette while the rest of it loads: what is typed meanwhile stands in it afterwards. */
export function PaletteLine({
  typed,
  onType,
  close,
}: {
  typed: string;
  onType: (typed: string) => void;
  close: () => void;
}) {
  const t = useTranslations("ui.palette");
  return (
    <div className={VEIL}>
      <div role="dialog" aria-label={t("open")} className={SHEET}>
        <input
          ref={(line) => line?.focus()}
          type="search"
          aria-label={t("open")}
          placeholder={t("hint")}
          maxLength={LINE_MAX}
          value={typed}
          onChange={({ currentTarget }) => onType(currentTarget.value)}
          onKeyDown={({ key, nativeEvent }) => key === "Escape" && !nativeEvent.isComposing && close()}
          className={LINE}
        />
        <p role="status" className="p-4 text-muted">
          {t("looking")}
        </p>
      </div>
    </div>
  );
}
