import { ArrowLeft } from "lucide-react";
import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";

/** The way back to the list. */
export function BackLink({ to }: { to: string }) {
  const t = useTranslations("ideas.page");
  return (
    <Link to={to} className="inline-flex min-h-8 items-center gap-1.5 hover:text-ink">
      <ArrowLeft className="size-4" aria-hidden="true" />
      {t("back")}
    </Link>
  );
}
