import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { listAddress } from "../idea-list";
import type { IdeaHead, IdeaPageData, MoveRefused, StaffCare } from "../idea-page";
import type { IdeaStatus } from "../idea-status";
import { Files } from "./attachments";
import { BackLink } from "./back-link";
import { BoardLink } from "./board-link";
import { BriefSection, type Me } from "./brief-section";
import { CommentSection } from "./conversation";
import { FollowButton } from "./follow-button";
import { History } from "./history";
import { IdeaFacts } from "./idea-facts";
import { WhyNot } from "./quick-form";
import type { Refused } from "./refused";
import { Sharing } from "./sharing";
import { type CareChoices, StaffCareSection } from "./staff-care";
import { type MergeChoices, StaffMerge } from "./staff-merge";
import { StaffMoveForm } from "./staff-move-form";
import { type Notes, StaffNotes } from "./staff-notes";
import { StaffSupport } from "./staff-support";
import { useStatusName } from "./status";
import { ThreadLine } from "./thread-line";

export type StaffIdea = IdeaPageData & {
  care: StaffCare;
  notes: Notes;
  mayNote: boolean;
  mayShape: boolean;
  moves: readonly IdeaStatus[];
};

/** What the forms offer that staff have opened. */
export type StaffPanel =
  | { panel: null }
  | { panel: "behalf"; accounts: readonly string[]; today: string }
  | ({ panel: "care" } & CareChoices)
  | ({ panel: "merge" } & MergeChoices);

type Props = {
  page: StaffIdea;
  panel: StaffPanel;
  me: Me;
  failure: FormFailure | undefined;
  refused: Refused | undefined;
  moved: MoveRefused | undefined;
};

/** An idea for staff: what the customer sees, and beside it what staff decide and tell each other. */
export function StaffIdeaPage({ page, panel, me, failure, refused, moved }: Props) {
  const t = useTranslations("ideas");
  const research = useTranslations("priceResearch");
  const nameOf = useStatusName();
  const { idea, care } = page;
  const said = {
    comment: t("page.commentSaid"),
    passage: t("page.commentSaid"),
    reply: t("page.commentSaid"),
    edit: t("page.editSaid"),
    note: t("staff.noteSaid"),
    move: t("staff.moveSaid", { status: nameOf(idea.status) }),
    behalf: t("behalf.said"),
    product: t("care.said"),
    owner: t("care.said"),
    tags: t("care.said"),
    merge: t("merge.said"),
    unmerge: t("merge.unmergeSaid"),
  };
  const together = care.mergedInto;
  const whyOf = (form: string) => (refused?.form === form ? refused.why : null);
  return (
    <article>
      <Said sentences={said} />
      <PageHeader
        above={<BackLink to="/staff/ideas" hereOf={idea.id} />}
        title={idea.title}
        lead={<Suggested idea={idea} />}
      >
        {page.mayShape && <LinkButton to={`/staff/roadmap/${idea.id}`}>{t("roadmap.put")}</LinkButton>}
      </PageHeader>
      <div className="mb-5">
        <ThreadLine ideas="/staff/ideas" idea={idea} decided={page.decided} together={together} />
      </div>
      {/* On a phone: where it stands, what it is, what staff say; on a wide screen the first and the last stand beside it. */}
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr] xl:gap-y-6">
        <div className="flex min-w-0 flex-col gap-6 xl:col-start-2">
          <StaffMoveForm idea={idea} moves={page.moves} failure={failure} refused={moved} />
          <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4">
            {page.facts && <IdeaFacts facts={page.facts} ideas="/staff/ideas" />}
            <WhyNot why={whyOf("product") ?? whyOf("owner") ?? whyOf("tags")} />
            <StaffCareSection
              care={care}
              revision={idea.revision}
              may={page.mayShape}
              choices={panel.panel === "care" ? panel : null}
              failure={failure}
            />
            <Sharing
              visibility={idea.visibility}
              revision={idea.revision}
              account={idea.account}
              may={page.mayShare}
              refused={whyOf("visibility")}
            />
            <div className="border-t border-line pt-4">
              <FollowButton following={idea.following} anyway={false} />
            </div>
          </div>
          <p className="flex flex-wrap gap-x-4">
            <Link to={`/staff/ideas/${idea.id}/guests`} className="link py-1.5">
              {t("page.guests")}
            </Link>
            <Link to={`/staff/ideas/${idea.id}/survey`} className="link py-1.5">
              {research("makeOne")}
            </Link>
            {page.mayShape && (
              <Link to={`/staff/ideas/${idea.id}/split`} className="link py-1.5">
                {t("page.split")}
              </Link>
            )}
          </p>
        </div>
        <div className="flex min-w-0 flex-col gap-8 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          <StaffMerge
            idea={idea}
            care={care}
            may={page.mayShape}
            choices={panel.panel === "merge" ? panel : null}
            refused={whyOf("merge") ?? whyOf("unmerge")}
          />
          <BriefSection page={page} me={me} failure={failure} refused={refused} ideas="/staff/ideas" />
          <BoardLink ideaId={idea.id} idea={`/staff/ideas/${idea.id}`} />
          <Files page={page} />
          <StaffSupport
            page={page}
            may={page.mayShape}
            choices={panel.panel === "behalf" ? panel : null}
            failure={failure}
            refused={whyOf("unbehalf") ?? whyOf("behalf")}
          />
          <CommentSection page={page} ideas="/staff/ideas" failure={failure} me={me} reads={t("page.staffReads")} />
          <History steps={page.history} title={idea.title} />
        </div>
        <div className="min-w-0 xl:col-start-2">
          <StaffNotes
            notes={page.notes}
            ideaId={idea.id}
            attachments={page.attachments}
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
