import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Cell, Table } from "~/ui/table";
import { WayUp } from "~/ui/way-up";
import type { StaffSurveyPageData } from "../survey-page";
import { LadderResults, MeterResults } from "./staff-survey-results";
import { Part, SurveyBadge, useRefusals } from "./survey-bits";
import { useNumbers } from "./use-numbers";

type Props = { page: StaffSurveyPageData; failure: FormFailure | undefined };

/** A survey for staff: what is asked and of whom, how many answered, and what came of it. */
export function StaffSurveyPage({ page, failure }: Props) {
  const all = useTranslations("priceResearch");
  const t = useTranslations("priceResearch.staff.page");
  const { title, state, method, subject, prices, madeBy, createdAt, closesAt, ideaId, idea } = page;
  return (
    <div className="flex max-w-220 flex-col gap-8">
      <PageHeader
        above={<WayUp to="/staff/surveys">{t("toList")}</WayUp>}
        title={title}
        lead={t.rich("made", { name: madeBy, day: () => <DateTime at={createdAt} time={false} /> })}
      >
        <SurveyBadge state={state} />
      </PageHeader>
      <Part id="subject" title={t("subject")}>
        <p className="whitespace-pre-line wrap-anywhere">{subject}</p>
        <p className="text-sm text-muted">
          <Link to={`/staff/ideas/${ideaId}`} className="link">
            {idea}
          </Link>{" "}
          · {all(`methods.${method}`)} ·{" "}
          {state === "closed" ? t("closedOn") : t.rich("closesOn", { day: () => <DateTime at={closesAt} /> })}
        </p>
        {prices.length > 0 && (
          <p className="text-sm text-muted">
            {t("prices")}: <span className="tabular">{prices.join(" · ")}</span>
          </p>
        )}
        <Running page={page} failure={failure} />
      </Part>
      <Response page={page} />
      {state !== "draft" && <Results page={page} />}
    </div>
  );
}

function Running({ page: { state, mayRun, revision }, failure }: Props) {
  const t = useTranslations("priceResearch.staff.page");
  const refusals = useRefusals();
  const move = state === "draft" ? "open" : state === "open" ? "close" : null;
  if (!mayRun || !move) return null;
  return (
    <PostForm name={move} failure={failure} sentences={refusals} className="flex flex-col gap-2">
      <input type="hidden" name="revision" value={revision} />
      <Send label={t(move)} look={move === "open" ? "main" : "plain"} />
      <p className="text-sm text-muted">{t(`${move}Help`)}</p>
    </PostForm>
  );
}

function Response({ page: { accounts, mayRead, state } }: { page: StaffSurveyPageData }) {
  const t = useTranslations("priceResearch.staff.page");
  const { percent } = useNumbers();
  const sum = (of: "people" | "begun" | "finished") => accounts.reduce((all, one) => all + one[of], 0);
  const [asked, begun, finished] = [sum("people"), sum("begun"), sum("finished")];
  const counts = mayRead && state !== "draft";
  return (
    <Part id="response" title={t("response")}>
      {counts && asked > 0 && (
        <p>{t("responseSentence", { asked, begun, finished, share: percent(finished / asked) })}</p>
      )}
      <Table
        caption={t("response")}
        head={[t("account"), t("people"), ...(counts ? [t("begun"), t("finished")] : [])]}
        numbers={[1, 2, 3]}
      >
        {accounts.map((one) => (
          <tr key={one.id}>
            <Cell>{one.name}</Cell>
            <Cell number>{one.people}</Cell>
            {counts && <Cell number>{one.begun}</Cell>}
            {counts && <Cell number>{one.finished}</Cell>}
          </tr>
        ))}
      </Table>
    </Part>
  );
}

function Results({ page }: { page: StaffSurveyPageData }) {
  const t = useTranslations("priceResearch.staff.page");
  const { id, results, mayRead, currency } = page;
  return (
    <Part id="results" title={t("results")}>
      {!mayRead && <Notice tone="info">{t("unread")}</Notice>}
      {mayRead && !results && <p className="text-muted">{t("nothing")}</p>}
      {results && (
        <>
          <Notice tone="info">{t("binding")}</Notice>
          {results.method === "meter" ? (
            <MeterResults figures={results.figures} chart={results.chart} currency={currency} />
          ) : (
            <LadderResults figures={results.figures} chart={results.chart} cost={results.cost} currency={currency} />
          )}
          <p>
            <LinkButton to={`/staff/surveys/${id}/csv`} reloadDocument>
              {t("csv")}
            </LinkButton>
          </p>
        </>
      )}
    </Part>
  );
}
