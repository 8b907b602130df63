import { useTranslations } from "use-intl";
import { Avatar } from "~/ui/avatar";
import { LinkButton } from "~/ui/button";
import { Link } from "~/ui/link";
import { LoadMore, type Stretch, useStretches } from "~/ui/load-more";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { ClientPerson, OpenInvitation } from "../person";
import { Address } from "./address";
import { Amount } from "./amount";
import { InvitationList, type InvitationNews, InvitationNotice } from "./invitation-list";

/** Somebody who was removed, shown to whoever comes back from doing so, or from trying it too late. */
export type Gone = { name: string; by: string | null };

type Props = {
  people: Stretch<ClientPerson>;
  invitations: readonly OpenInvitation[];
  mayManage: boolean;
  account: string;
  me: string;
  gone: Gone | null;
  news: InvitationNews | undefined;
};

/** The people of the reader's account; owners invite from here, and everybody sees who does what. */
export function PeoplePage({ people, invitations, mayManage, account, me, gone, news }: Props) {
  const t = useTranslations("accounts.people");
  const stretches = useStretches(people, (answer: { people: Stretch<ClientPerson> }) => answer.people);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead", { account })}>
        {mayManage && (
          <LinkButton to="/people/invite" look="main" prefetch="intent">
            {t("invite")}
          </LinkButton>
        )}
      </PageHeader>
      <div className="mb-4 flex flex-col gap-3 empty:hidden">
        <GoneNotice gone={gone} />
        <InvitationNotice news={news} />
      </div>
      <PersonRows rows={stretches.rows} me={me} />
      <LoadMore stretches={stretches} />
      <InvitationList invitations={invitations} mayManage={mayManage} action="/people" />
    </>
  );
}

/** Tells that somebody's access has ended, and by whom. */
export function GoneNotice({ gone }: { gone: Gone | null }) {
  const t = useTranslations("accounts.people");
  if (!gone) return null;
  const { name, by } = gone;
  return (
    <Notice tone="success" takesFocus>
      {by ? t("gone", { name, by }) : t("goneUnknown", { name })}
    </Notice>
  );
}

function PersonRows({ rows, me }: { rows: readonly ClientPerson[]; me: string }) {
  const t = useTranslations("accounts");
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
      {rows.map((person) => (
        <li key={person.id} className="relative flex min-h-14 items-center gap-3 px-4 py-3 hover:bg-sunken">
          <Avatar name={person.name} />
          <div className="min-w-0 grow">
            <Link
              to={`/people/${person.id}`}
              prefetch="intent"
              className="font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2"
            >
              {person.name}
            </Link>
            {person.id === me && <span className="text-muted"> ({t("people.you")})</span>}
            <p className="text-sm text-muted">
              <Address email={person.email ?? ""} />
            </p>
          </div>
          <div className="shrink-0 text-right">
            <p>{t(`roles.${person.role}`)}</p>
            {person.limit && (
              <p className="text-sm text-muted" title={t("people.limit")}>
                <span className="sr-only">{t("people.limit")}: </span>
                <Amount money={person.limit} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
