import { useTranslations } from "use-intl";
import { Link } from "~/ui/link";
import type { Together } from "../idea-page";

/** That an idea is followed up in another one, as far as the reader may know that one. */
export function TogetherNotice({ together }: { together: Together }) {
  const t = useTranslations("ideas.together");
  return (
    <div className="flex flex-col gap-1 rounded-md bg-info-soft px-3 py-2 text-sm">
      <p className="font-medium text-info">{t("title")}</p>
      <p>{t("means")}</p>
      {together.id && (
        <Link to={`/ideas/${together.id}`} className="link self-start">
          {together.title}
        </Link>
      )}
    </div>
  );
}
