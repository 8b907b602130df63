import { useTranslations } from "use-intl";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import type { InviteRefused, OpenInvitation } from "../person";
import { Send } from "./send";

/** What became of the last move on an invitation: refused, or (told through the address) done. */
export type InvitationNews = { refused?: InviteRefused | undefined; sent?: string | undefined; revoked?: boolean };

/** What the address of a list tells of the last move on one of its invitations. */
export function newsIn(query: URLSearchParams, invitations: readonly OpenInvitation[]): InvitationNews {
  const sent = invitations.find(({ id }) => id === query.get("sent"))?.email;
  return { sent, revoked: query.has("revoked") };
}

type Props = {
  invitations: readonly OpenInvitation[];
  mayManage: boolean;
  /** Where the forms go: the page of people of the reader's side. */
  action: string;
  /** The page to come back to, where that is another one. */
  back?: string;
};

/** Who is invited and has not come yet, with what can be done about it. Nothing when nobody is. */
export function InvitationList({ invitations, mayManage, action, back }: Props) {
  const t = useTranslations("accounts.people");
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="invited" className="mt-8">
      <h2 id="invited" className="mb-3 text-lg font-semibold">
        {t("invited")}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-md border border-line bg-surface">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0 grow basis-64">
              <p className="font-medium wrap-anywhere">{invitation.email}</p>
              <p className="text-sm text-muted">
                <Roles invitation={invitation} /> · {t("invitedBy", { name: invitation.inviter })} ·{" "}
                <span className={invitation.over ? "text-danger" : ""}>
                  {invitation.over ? t("letterOver") : t("letterUntil")} <DateTime at={invitation.expiresAt} />
                </span>
              </p>
            </div>
            {mayManage && <Moves invitation={invitation} action={action} back={back} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Roles({ invitation: { role, staffRoles } }: { invitation: OpenInvitation }) {
  const t = useTranslations("accounts");
  return <>{role ? t(`roles.${role}`) : staffRoles?.map((one) => t(`staffRoles.${one}`)).join(", ")}</>;
}

function Moves({
  invitation: { id, email },
  action,
  back,
}: {
  invitation: OpenInvitation;
  action: string;
  back: string | undefined;
}) {
  const t = useTranslations("accounts.people");
  const moves = [
    { intent: "again", word: t("again"), label: t("againFor", { email }) },
    { intent: "revoke", word: t("revoke"), label: t("revokeFor", { email }) },
  ];
  return (
    <div className="flex flex-wrap gap-2">
      {moves.map(({ intent, word, label }) => (
        <PostForm key={intent} name={`${intent}-${id}`} action={action} className="contents">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="intent" value={intent} />
          {back && <input type="hidden" name="back" value={back} />}
          <Send label={label}>{word}</Send>
        </PostForm>
      ))}
    </div>
  );
}

/** What became of the last move, as a sentence on top of the page. */
export function InvitationNotice({ news }: { news: InvitationNews | undefined }) {
  const t = useTranslations("accounts");
  if (news?.refused) {
    return (
      <Notice tone="danger" takesFocus>
        {t(`invite.${news.refused.why}`)}
      </Notice>
    );
  }
  if (!news?.sent && !news?.revoked) return null;
  return (
    <Notice tone="success" takesFocus>
      {news.sent ? t("people.sent", { email: news.sent }) : t("people.revoked")}
    </Notice>
  );
}
