import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";

/** Why a person hears nothing by mail, and, for those who may, another try. Nothing where mail arrives. */
export function StaffMailTrouble({
  trouble,
  mayTry,
}: {
  trouble: { email: string; said: string } | null;
  mayTry: boolean;
}) {
  const t = useTranslations("notifications.trouble");
  if (!trouble) return null;
  return (
    <div className="mb-6 max-w-180">
      <Notice tone="warning">
        <p className="font-medium">{t("title")}</p>
        <p>{t("text", { email: trouble.email })}</p>
        <p className="text-sm wrap-anywhere">{t("said", { said: trouble.said })}</p>
        {mayTry && (
          <PostForm name="mail" className="mt-2">
            <Button className="self-start">{t("again")}</Button>
          </PostForm>
        )}
      </Notice>
    </div>
  );
}
