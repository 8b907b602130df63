import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { invitedTo } from "~/accounts/people.server";
import { peopleForStaff } from "~/accounts/person-data.server";
import { requireStaff } from "~/accounts/session.server";
import { notThere } from "~/accounts/staff-answers.server";
import { InvitationList, InvitationNotice, newsIn } from "~/accounts/ui/invitation-list";
import { Part, StaffAccountFrame } from "~/accounts/ui/staff-account-frame";
import { StaffAccountPeople } from "~/accounts/ui/staff-person-data-page";
import { readCursor } from "~/kernel/cursor";
import { requireId } from "~/kernel/params";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.account.name} · Tandem` : "Tandem" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const staff = await requireStaff(context);
  const id = requireId(params, "accountId");
  const query = new URL(request.url).searchParams;
  const page = await peopleForStaff(staff, id, readCursor(query.get("after")));
  if (!page) throw notThere();
  const { invitations, mayManage } = await invitedTo(staff, id);
  const mayInvite = mayManage && page.account.state === "open";
  return { ...page, invitations, mayInvite, news: newsIn(query, invitations) };
}

export default function AccountPeople() {
  const { account, mayManage, people, invitations, mayInvite, news } = useLoaderData<typeof loader>();
  const t = useTranslations("staffAccounts");
  const invite = useTranslations("accounts.people");
  const here = `/staff/accounts/${account.id}/people`;
  return (
    <StaffAccountFrame account={account} mayManage={mayManage}>
      <Part id="people" title={t("tabs.people")} lead={t("people.lead")}>
        <InvitationNotice news={news} />
        {mayInvite && (
          <Link to={`/staff/people/invite?account=${account.id}`} prefetch="intent" className="link self-start py-1.5">
            {invite("inviteTo")}
          </Link>
        )}
        <StaffAccountPeople people={people} base={here} />
        <InvitationList invitations={invitations} mayManage={mayInvite} action="/staff/people" back={here} />
      </Part>
    </StaffAccountFrame>
  );
}
