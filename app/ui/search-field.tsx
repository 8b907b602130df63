import { Search, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Link } from "./link";

/**
 * One line to search by, for a form that gets (`<Form>`): what is searched for lives in the URL.
 * `clear`: the address without the search, offered while there is one.
 */
export function SearchField({
  name = "q",
  label,
  hint,
  value,
  clear,
}: {
  name?: string;
  label: string;
  hint?: string;
  value: string;
  clear: string;
}) {
  const t = useTranslations("ui.list");
  return (
    <div className="relative min-w-0 grow">
      <Search
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted"
        aria-hidden="true"
      />
      <input
        key={value}
        type="text"
        enterKeyHint="search"
        name={name}
        aria-label={label}
        placeholder={hint ?? label}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        className="h-11 w-full rounded-md border border-edge bg-surface pr-11 pl-9 placeholder:text-muted pointer-fine:h-10"
      />
      {value && (
        <Link
          to={clear}
          aria-label={t("clear")}
          className="absolute top-0 right-0 flex size-11 items-center justify-center rounded-md text-muted hover:text-ink pointer-fine:size-10"
        >
          <X className="size-4" aria-hidden="true" />
        </Link>
      )}
    </div>
  );
}
