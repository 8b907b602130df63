import { Form, Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { NoticeKind } from "~/kernel/notice";
import { Button } from "~/ui/button";
import { PlainPage } from "~/ui/trouble";

/** Where an unsubscribe link leads: what it would end, one button, and what became of it. */
export function UnsubscribePage({
  kind,
  done,
  settings,
}: {
  kind: NoticeKind | "all";
  done: boolean;
  settings: string;
}) {
  const t = useTranslations("notifications");
  const what = kind === "all" ? "" : t(`kind.${kind}`);
  return (
    <PlainPage>
      <div className="mx-auto flex w-full max-w-120 flex-col gap-5 py-12" role={done ? "status" : undefined}>
        <h1 className="text-2xl font-semibold tracking-tight">
          {done ? t("unsubscribe.doneTitle") : t("unsubscribe.title")}
        </h1>
        {done ? (
          <>
            <p>{kind === "all" ? t("unsubscribe.doneAll") : t("unsubscribe.doneKind", { kind: what })}</p>
            <p>
              <Link to={settings} className="link">
                {t("unsubscribe.change")}
              </Link>
            </p>
          </>
        ) : (
          <>
            <p>{kind === "all" ? t("unsubscribe.all") : t("unsubscribe.kind", { kind: what })}</p>
            <Form method="post">
              <Button look="main">{t("unsubscribe.button")}</Button>
            </Form>
          </>
        )}
      </div>
    </PlainPage>
  );
}
