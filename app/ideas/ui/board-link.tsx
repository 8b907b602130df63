import { PenTool } from "lucide-react";
import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";
import { IdeaHere } from "./idea-here";

/** The way to the board of an idea, and who is on it now. In: the idea's own address. */
export function BoardLink({ ideaId, idea }: { ideaId: string; idea: string }) {
  const t = useTranslations("ideas.page");
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-surface px-4 py-2.5">
      <PenTool className="size-4 shrink-0 text-muted" aria-hidden="true" />
      <Link to={`${idea}/board`} className="link py-1.5 font-medium">
        {t("board")}
      </Link>
      <IdeaHere ideaId={ideaId} at="board" />
    </p>
  );
}
