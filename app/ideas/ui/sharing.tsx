import { Building2, Globe } from "lucide-react";
import { useTranslations } from "use-intl";
import { PostForm } from "~/ui/form";
import type { Refusal, Visibility } from "../idea-page";
import { WhyNot } from "./quick-form";
import { Send } from "./send";

/** Who sees an idea, what that means, and for those who may: the other way. */
export function Sharing({
  visibility,
  revision,
  account,
  may,
  refused,
}: {
  visibility: Visibility;
  revision: number;
  account: string;
  may: boolean;
  refused: Refusal | null;
}) {
  const t = useTranslations("ideas.sharing");
  const shared = visibility === "all_customers";
  const Icon = shared ? Globe : Building2;
  return (
    <section aria-labelledby="sharing" className="flex flex-col gap-2 border-t border-line pt-4">
      <h2 id="sharing" className="text-sm font-medium">
        {t("title")}
      </h2>
      <p className="flex items-start gap-2 text-sm">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden="true" />
        <span>{t(visibility, { account })}</span>
      </p>
      <WhyNot why={refused} />
      {may && (
        <details>
          <summary className="inline-flex min-h-8 items-center text-sm font-medium text-accent">{t("change")}</summary>
          <PostForm name="visibility" className="flex flex-col gap-3 py-2">
            <input type="hidden" name="revision" key={revision} defaultValue={revision} />
            <input type="hidden" name="to" value={shared ? "account" : "all_customers"} />
            <p className="text-sm text-muted">{t(shared ? "meansBack" : "meansShare", { account })}</p>
            <Send label={shared ? t("takeBack", { account }) : t("share")} />
          </PostForm>
        </details>
      )}
    </section>
  );
}
