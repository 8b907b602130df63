import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { peopleForStaff } from "~/accounts/person-data.server";
import { requireStaff } from "~/accounts/session.server";
import { notThere } from "~/accounts/staff-answers.server";
import { Part, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { StaffAccountPeople } from "~/accounts/ui/staff-person-data-page";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const page = await peopleForStaff(staff, requireId(params, "accountId"));
  if (!page) throw notThere();
  return page;
}

export default function AccountPeople() {
  const { account, mayManage, people } = useLoaderData<typeof loader>();
  const t = useTranslations("staffAccounts");
  return (
    <StaffAccountFrame account={account} mayManage={mayManage}>
      <Part id="people" title={t("tabs.people")} lead={t("people.lead")}>
        <StaffAccountPeople people={people} base={`/staff/accounts/${account.id}/people`} />
      </Part>
    </StaffAccountFrame>
  );
}
