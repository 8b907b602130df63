import { PenTool } from "lucide-react";
import { useTranslations } from "use-intl";

/** Where the board of sketches will be. */
export function BoardComing() {
  const t = useTranslations("ideas.page");
  return (
    <p className="flex items-center gap-2 rounded-md border border-dashed border-line px-4 py-2.5 text-muted">
      <PenTool className="size-4 shrink-0" aria-hidden="true" />
      {t("board")}
    </p>
  );
}
