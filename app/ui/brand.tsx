import { useTranslations } from "use-intl";
import { Link } from "./link";

/** Two halves that hold each other: the mark of Tandem, and its name. Leads to the start of the reader's side. `short`: the mark alone on a phone. */
export function Brand({ to, short = false }: { to: string; short?: boolean }) {
  const t = useTranslations("ui.shell");
  return (
    <Link to={to} className="-mx-2 flex h-11 items-center gap-2.5 rounded-md px-2 text-lg font-semibold tracking-tight">
      <svg viewBox="0 0 24 24" width="24" height="24" className="text-accent" aria-hidden="true">
        <path d="M3 5h11a5 5 0 0 1 0 10h-1" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
        <path d="M21 19H10a5 5 0 0 1 0-10h1" fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      </svg>
      {short ? <span className="max-sm:sr-only">{t("brand")}</span> : t("brand")}
    </Link>
  );
}
