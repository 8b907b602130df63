import { Form } from "@remix-run/react";
import { Eye } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";

/** Says to staff that they look as a customer, who as whom and until when, with the way out. */
export function ViewBanner({ who, account, endsAt }: { who: string; account: string; endsAt: Date }) {
  const t = useTranslations("accounts.viewing");
  return (
    <aside
      aria-label={t("label")}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-warning/40 bg-warning-soft px-4 py-2 sm:px-6"
    >
      <p className="flex min-w-0 items-center gap-2">
        <Eye className="size-5 shrink-0 text-warning" aria-hidden="true" />
        <span>{t.rich("banner", { who, account, time: () => <DateTime key="time" at={endsAt} /> })}</span>
      </p>
      {/* A whole document: staff's pages have sentences of their own. */}
      <Form method="post" action="/api/view" reloadDocument>
        <Button>{t("exit")}</Button>
      </Form>
    </aside>
  );
}
