import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { requireStaff } from "~/accounts/session.server";
import { eventBefore } from "~/accounts/staff-account.schema";
import { viewHistory } from "~/accounts/staff-accounts.server";
import { notThere } from "~/accounts/staff-answers.server";
import { Part, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { StaffAccountHistory } from "~/accounts/ui/staff-account-history";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const before = eventBefore(request.url);
  const page = await viewHistory(staff, requireId(params, "accountId"), before);
  if (!page) throw notThere();
  return { ...page, further: before !== null };
}

export default function AccountHistory() {
  const { account, mayManage, events, ideas, further } = useLoaderData<typeof loader>();
  const t = useTranslations("staffAccounts.history");
  return (
    <StaffAccountFrame account={account} mayManage={mayManage}>
      <Part id="history" title={t("title")} lead={t("lead")}>
        <StaffAccountHistory events={events.rows} none={t("none")} />
        <p>
          {ideas > 0 ? (
            <Link to={`/staff/ideas?account=${account.id}&sort=activity`} className="link inline-block py-1.5">
              {t("ideas", { count: ideas })}
            </Link>
          ) : (
            t("ideas", { count: ideas })
          )}
        </p>
        <p className="flex gap-4">
          {further && (
            <Link to="." className="link">
              {t("newest")}
            </Link>
          )}
          {events.next && (
            <Link to={`?before=${events.next}`} className="link">
              {t("older")}
            </Link>
          )}
        </p>
      </Part>
    </StaffAccountFrame>
  );
}
