import { Form, Link, useLocation } from "@remix-run/react";
import { Bell } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { NoticeRow } from "../notification";
import { NoticeRows } from "./notice-rows";

type Answer = { notices: Stretch<NoticeRow> };

/** Everything one was told, newest first. `settings`: where one says what comes by mail. */
export function NoticesPage({
  notices,
  unread,
  further,
  settings,
}: {
  notices: Stretch<NoticeRow>;
  unread: number;
  further: boolean;
  settings: string;
}) {
  const t = useTranslations("notifications");
  const { pathname } = useLocation();
  const stretches = useStretches(notices, (answer: Answer) => answer.notices);
  return (
    <div className="max-w-180">
      <PageHeader title={t("page.title")} lead={t("page.lead")}>
        {unread > 0 && (
          <Form method="post">
            <Button name="intent" value="read-all">
              {t("bell.readAll")}
            </Button>
          </Form>
        )}
      </PageHeader>
      {stretches.rows.length === 0 ? (
        <EmptyState icon={Bell} title={t("page.empty")} text={t("page.emptyText")} />
      ) : (
        <div className="overflow-hidden rounded-md border border-line bg-surface">
          <NoticeRows rows={stretches.rows} action={pathname} />
        </div>
      )}
      <LoadMore stretches={stretches} />
      <p className="mt-4 flex flex-wrap gap-x-6">
        {further && (
          <Link to={pathname} className="link inline-flex min-h-9 items-center">
            {t("page.fromNewest")}
          </Link>
        )}
        <Link to={settings} className="link inline-flex min-h-9 items-center">
          {t("bell.settings")}
        </Link>
      </p>
    </div>
  );
}
