import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import { waitingFor } from "../decision";
import type { DecisionPageData } from "../decision-page";
import { AnswerForms } from "./decision-answer";
import { AskForm } from "./decision-ask";
import { Before, Steps } from "./decision-past";
import { Signatories } from "./decision-people";
import { Sources } from "./decision-quote";
import { Refused, Reopening } from "./decision-reopen";
import { StateBadge } from "./decision-state";
import { Words } from "./decision-words";

type Props = {
  page: DecisionPageData;
  /** Where decisions and ideas of the reader's side are. */
  at: { decisions: "/decisions" | "/staff/decisions"; ideas: "/ideas" | "/staff/ideas" };
  /** Whether the words of a draft are to be changed now. */
  wording: boolean;
  failure: FormFailure | undefined;
};

/** A decision: its words, what it quotes, who agrees, and what became of it. */
export function DecisionPage({ page, at, wording, failure }: Props) {
  const t = useTranslations("decisions");
  const { sources, people, mayAnswer, moves, mayMake, before, history } = page;
  return (
    <article>
      <Said
        sentences={{
          agree: t("said.agree"),
          "not-yet": t("said.not-yet"),
          ask: t("said.ask"),
          word: t("said.word"),
          reopen: t("said.reopen"),
        }}
      />
      <PageHeader
        above={<WayUp to={at.decisions}>{t("page.back")}</WayUp>}
        title={page.title}
        lead={<MadeBy page={page} at={at} />}
      >
        {/* A file: the router has no page to show for it. */}
        <a href={`/api/decisions/${page.id}/pdf`} className="link inline-flex min-h-11 items-center">
          {t("page.pdf")}
        </a>
      </PageHeader>
      <Stands page={page} />
      <Refused failure={failure} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <Words page={page} wording={wording} failure={failure} path={`${at.decisions}/${page.id}`} />
          <Sources sources={sources} idea={`${at.ideas}/${page.ideaId}`} />
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <section aria-labelledby="people" className="flex flex-col gap-4">
            <h2 id="people" className="text-lg font-semibold">
              {t("people.title")}
            </h2>
            <Signatories {...page} />
          </section>
          {mayAnswer && <AnswerForms page={page} failure={failure} />}
          {people && <AskForm page={page} people={people} failure={failure} />}
          {mayMake && moves.includes("reopen") && <Reopening revision={page.number} />}
          <Steps steps={history} />
          <Before revisions={before} />
        </div>
      </div>
    </article>
  );
}

function MadeBy({ page, at }: Pick<Props, "page" | "at">) {
  const t = useTranslations("decisions.page");
  const parts = {
    name: page.madeBy,
    account: page.account,
    date: () => <DateTime key="date" at={page.createdAt} time={false} />,
    idea: () => (
      <Link key="idea" to={`${at.ideas}/${page.ideaId}`} className="link wrap-anywhere">
        {page.idea}
      </Link>
    ),
  };
  return t.rich(at.decisions === "/staff/decisions" ? "madeFor" : "made", parts);
}

/** How far it has come, and what that means for its words. */
function Stands({ page }: { page: DecisionPageData }) {
  const t = useTranslations("decisions");
  const open = page.asked.filter(({ personId, answer }) =>
    page.state === "asked" ? waitingFor(page).includes(personId) : answer?.says !== "agree",
  );
  return (
    <p className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-1">
      <StateBadge state={page.state} />
      <span className="text-sm text-muted">{t("page.revision", { number: page.number })}</span>
      <span>{t(`means.${page.state}`, { names: open.map(({ name }) => name).join(", ") })}</span>
    </p>
  );
}
