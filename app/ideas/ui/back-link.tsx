import { useTranslations } from "use-intl";
import { WayUp } from "~/ui/way-up";
import { IdeaHere } from "./idea-here";

/**
 * The way back to the list, or to what `name` says, and beside it who else is at an idea now, where nothing moves when they
 * come.
 */
export function BackLink({ to, name, hereOf }: { to: string; name?: string; hereOf?: string }) {
  const t = useTranslations("ideas.page");
  const link = <WayUp to={to}>{name ?? t("back")}</WayUp>;
  if (!hereOf) return link;
  return (
    <div className="flex items-center gap-4">
      {link}
      <IdeaHere ideaId={hereOf} named />
    </div>
  );
}
