import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { IdeaHead, IdeaPageData, MoveRefused } from "../idea";
import type { IdeaStatus } from "../idea-status";
import { BriefSection, type Me } from "./brief-section";
import { CommentForm, wasRefused } from "./conversation";
import { listAddress } from "./idea-filter";
import { BackLink, CommentSection } from "./idea-page";
import { StaffMoveForm } from "./staff-move-form";
import { type Notes, StaffNotes } from "./staff-notes";
import { useStatusName } from "./status";

export type StaffIdea = IdeaPageData & { notes: Notes; mayNote: boolean; moves: readonly IdeaStatus[] };

type Props = { page: StaffIdea; me: Me; failure: FormFailure | undefined; refused: MoveRefused | undefined };

/** An idea for staff: what the customer sees, and beside it the status and the internal notes. */
export function StaffIdeaPage({ page, me, failure, refused }: Props) {
  const t = useTranslations("ideas");
  const nameOf = useStatusName();
  const { idea } = page;
  const said = {
    comment: t("page.commentSaid"),
    note: t("staff.noteSaid"),
    move: t("staff.moveSaid", { status: nameOf(idea.status) }),
  };
  return (
    <article>
      <Said sentences={said} />
      <PageHeader above={<BackLink to="/staff/ideas" />} title={idea.title} lead={<Suggested idea={idea} />} />
      {/* On a phone: where it stands, what it is, what staff say; on a wide screen the first and the last stand beside it. */}
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr] xl:gap-y-6">
        <div className="min-w-0 xl:col-start-2">
          <StaffMoveForm idea={idea} history={page.history} moves={page.moves} failure={failure} refused={refused} />
          <Link to={`/staff/ideas/${idea.id}/guests`} className="link mt-3 inline-block py-1.5">
            {t("page.guests")}
          </Link>
        </div>
        <div className="flex min-w-0 flex-col gap-8 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          <BriefSection page={page} me={me} />
          <CommentSection page={page}>
            {page.mayComment || wasRefused(failure, "comment") ? (
              <CommentForm account={idea.account} failure={failure} draft={`comment:${me.personId}:${idea.id}`} />
            ) : (
              <Notice tone="info">{t("page.staffReads")}</Notice>
            )}
          </CommentSection>
        </div>
        <div className="min-w-0 xl:col-start-2">
          <StaffNotes
            notes={page.notes}
            mayNote={page.mayNote}
            failure={failure}
            draft={`note:${me.personId}:${idea.id}`}
          />
        </div>
      </div>
    </article>
  );
}

function Suggested({ idea }: { idea: IdeaHead }) {
  const t = useTranslations("ideas.page");
  return t.rich("suggestedFor", {
    name: idea.author,
    account: () => (
      <Link
        key="account"
        to={listAddress("/staff/ideas", { q: "", status: null, account: idea.accountId })}
        className="link"
      >
        {idea.account}
      </Link>
    ),
    date: () => <DateTime key="date" at={idea.createdAt} time={false} />,
  });
}
