import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import type { OpenInvitation, StaffPerson } from "../person";
import { InvitationList, type InvitationNews, InvitationNotice } from "./invitation-list";
import { type Gone, GoneNotice } from "./people-page";
import { StaffPeopleTable } from "./staff-people-table";

type Props = {
  people: Stretch<StaffPerson>;
  invitations: readonly OpenInvitation[];
  mayManage: boolean;
  me: string;
  gone: Gone | null;
  news: InvitationNews | undefined;
};

/** Staff, for staff; admins invite from here. */
export function StaffPeoplePage({ people, invitations, mayManage, me, gone, news }: Props) {
  const t = useTranslations("accounts.people");
  const stretches = useStretches(people, (answer: { people: Stretch<StaffPerson> }) => answer.people);
  return (
    <>
      <PageHeader title={t("staffTitle")} lead={t("staffLead")}>
        {mayManage && (
          <LinkButton to="/staff/people/invite" look="main" prefetch="intent">
            {t("inviteStaff")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        <GoneNotice gone={gone} />
        <InvitationNotice news={news} />
      </div>
      <StaffPeopleTable rows={stretches.rows} me={me} />
      <LoadMore stretches={stretches} />
      <InvitationList invitations={invitations} mayManage={mayManage} action="/staff/people" />
    </>
  );
}
