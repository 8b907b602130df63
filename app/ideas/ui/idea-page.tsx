import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { later } from "~/ui/later";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import type { IdeaHead, IdeaPageData } from "../idea-page";
import { BackLink } from "./back-link";
import { BoardLink } from "./board-link";
import { BriefSection, type Me } from "./brief-section";
import { failureOf, type Refused } from "./refused";
import { StatusMeaning } from "./status";
import { evidenceReady, SupportPanel } from "./support-panel";
import { TogetherNotice } from "./together-notice";

const IdeaRest = later(() => import("./idea-rest").then((rest) => rest.IdeaRest));
const IdeaFacts = later(() => import("./idea-facts").then((facts) => facts.IdeaFacts));
const Sharing = later(() => import("./sharing").then((sharing) => sharing.Sharing));
const ThreadLine = later(() => import("./thread-line").then((thread) => thread.ThreadLine));
await Promise.all([IdeaRest.ready(), IdeaFacts.ready(), Sharing.ready(), ThreadLine.ready(), evidenceReady()]);

type Props = { page: IdeaPageData; me: Me; failure: FormFailure | undefined; refused: Refused | undefined };

/** An idea for its account's people: what it is, who needs it, what became of it, its brief, and what both sides say. */
export function IdeaPage({ page, me, failure, refused }: Props) {
  const t = useTranslations("ideas.page");
  const { idea, together } = page;
  return (
    <article>
      <Said
        sentences={{
          comment: t("commentSaid"),
          passage: t("commentSaid"),
          reply: t("commentSaid"),
          evidence: t("evidenceSaid"),
          edit: t("editSaid"),
        }}
      />
      <PageHeader
        above={<BackLink to="/ideas" hereOf={idea.id} />}
        title={idea.title}
        lead={<Suggested idea={idea} />}
      />
      <div className="mb-5">
        <ThreadLine ideas="/ideas" idea={idea} decided={page.decided} together={together} />
      </div>
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <aside aria-label={t("status")} className="lg:order-last">
          <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4">
            <StatusMeaning status={together?.status ?? idea.status} />
            {together && <TogetherNotice together={together} />}
            {page.facts && <IdeaFacts facts={page.facts} ideas="/ideas" />}
            <div className="border-t border-line pt-4">
              <SupportPanel
                supportAccounts={idea.supportAccounts}
                supportPeople={idea.supportPeople}
                mySupport={idea.mySupport}
                evidence={page.evidence.rows}
                maySupport={page.maySupport}
                following={idea.following}
                mine={idea.authorId === me.personId}
                failure={failureOf(failure, "evidence")}
                draft={`support:${me.personId}:${idea.id}`}
              />
            </div>
            <Sharing
              visibility={idea.visibility}
              revision={idea.revision}
              account={idea.account}
              may={page.mayShare}
              refused={refused?.form === "visibility" ? refused.why : null}
            />
            <Link to={`/ideas/${idea.id}/guests`} className="link self-start py-1.5">
              {t("guests")}
            </Link>
          </div>
        </aside>
        <div className="flex min-w-0 flex-col gap-8">
          <BriefSection page={page} me={me} failure={failure} refused={refused} ideas="/ideas" />
          <BoardLink ideaId={idea.id} idea={`/ideas/${idea.id}`} />
          <IdeaRest page={page} me={me} failure={failure} />
        </div>
      </div>
    </article>
  );
}

function Suggested({ idea }: { idea: IdeaHead }) {
  const t = useTranslations("ideas.page");
  return t.rich("suggested", {
    name: idea.author,
    date: () => <DateTime key="date" at={idea.createdAt} time={false} />,
  });
}
