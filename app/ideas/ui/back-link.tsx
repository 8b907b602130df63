import { ArrowLeft } from "lucide-react";
import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";
import { IdeaHere } from "./idea-here";

/**
 * The way back to the list, or to what `name` says, and beside it who else is at an idea now, where nothing moves when they
 * come.
 */
export function BackLink({ to, name, hereOf }: { to: string; name?: string; hereOf?: string }) {
  const t = useTranslations("ideas.page");
  const link = (
    <Link to={to} className="inline-flex min-h-8 shrink-0 items-center gap-1.5 hover:text-ink">
      <ArrowLeft className="size-4" aria-hidden="true" />
      {name ?? t("back")}
    </Link>
  );
  if (!hereOf) return link;
  return (
    <div className="flex items-center gap-4">
      {link}
      <IdeaHere ideaId={hereOf} named />
    </div>
  );
}
