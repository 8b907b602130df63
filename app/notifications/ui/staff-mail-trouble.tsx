import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";

type Lost = { email: string; state: "failed" | "uncertain"; said: string; writtenAt: Date };

/**
 * Why a person hears nothing by mail, and, for those who may, another try; where mail is only late, how the last letter
 * ended. Nothing where mail arrives.
 */
export function StaffMailTrouble({
  trouble,
  lost,
  mayTry,
}: {
  trouble: { email: string; said: string } | null;
  lost: Lost | null;
  mayTry: boolean;
}) {
  const t = useTranslations("notifications.trouble");
  if (!trouble) return lost && <LetterLost lost={lost} />;
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

function LetterLost({ lost }: { lost: Lost }) {
  const t = useTranslations("notifications.trouble");
  const facts = { email: lost.email, date: () => <DateTime key="date" at={lost.writtenAt} /> };
  return (
    <div className="mb-6 max-w-180">
      <Notice tone="warning">
        <p className="font-medium">{t("lostTitle")}</p>
        <p>{t.rich(lost.state, facts)}</p>
        {lost.said && <p className="text-sm wrap-anywhere">{t("said", { said: lost.said })}</p>}
      </Notice>
    </div>
  );
}
