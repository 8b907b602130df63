import { Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { IdeaHead, IdeaPageData, IdeaStatus, MoveRefused } from "../idea";
import { BriefSection, type Me } from "./brief-section";
import { CommentForm } from "./conversation";
import { listAddress } from "./idea-filter";
import { BackLink, CommentSection } from "./idea-page";
import { StaffMoveForm } from "./staff-move-form";
import { type Notes, StaffNotes } from "./staff-notes";

export type StaffIdea = IdeaPageData & { notes: Notes; mayNote: boolean; moves: readonly IdeaStatus[] };

type Props = { page: StaffIdea; me: Me; failure: FormFailure | undefined; refused: MoveRefused | undefined };

/** An idea for staff: what the customer sees, and beside it the status and the internal notes. */
export function StaffIdeaPage({ page, me, failure, refused }: Props) {
  const t = useTranslations("ideas.page");
  const { idea } = page;
  return (
    <article>
      <PageHeader above={<BackLink to="/staff/ideas" />} title={idea.title} lead={<Suggested idea={idea} />} />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <aside className="flex min-w-0 flex-col gap-6 xl:order-last">
          <StaffMoveForm idea={idea} moves={page.moves} failure={failure} refused={refused} />
          <StaffNotes
            notes={page.notes}
            mayNote={page.mayNote}
            failure={failure}
            draft={`note:${me.personId}:${idea.id}`}
          />
        </aside>
        <div className="flex min-w-0 flex-col gap-8">
          <BriefSection page={page} me={me} />
          <CommentSection page={page}>
            {page.mayComment ? (
              <CommentForm account={idea.account} failure={failure} draft={`comment:${me.personId}:${idea.id}`} />
            ) : (
              <Notice tone="info">{t("staffReads")}</Notice>
            )}
          </CommentSection>
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
