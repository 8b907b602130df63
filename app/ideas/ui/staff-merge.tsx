import { Form, Link } from "@remix-run/react";
import { Merge } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { SearchField } from "~/ui/search-field";
import type { IdeaHead, Refusal, StaffCare } from "../idea-page";
import type { IdeaStatus } from "../idea-status";
import { WhyNot } from "./quick-form";
import { Send } from "./send";
import { StatusBadge } from "./status";

type Target = { id: string; title: string; account: string; status: IdeaStatus; supportAccounts: number };
type Preview = Omit<Target, "supportAccounts"> & {
  revision: number;
  supportAccounts: number;
  supportPeople: number;
  comments: number;
  watchers: number;
  source: { comments: number; watchers: number };
  together: { accounts: number; people: number; comments: number; watchers: number };
};
export type MergeChoices = { q: string; found: readonly Target[]; preview: Preview | null };

type Props = {
  idea: IdeaHead;
  care: StaffCare;
  may: boolean;
  choices: MergeChoices | null;
  refused: Refusal | null;
};

/** What an idea is followed up together with, and for those who may: merging it, and taking that back. */
export function StaffMerge({ idea, care, may, choices, refused }: Props) {
  const t = useTranslations("ideas.merge");
  const { mergedInto, mergedHere } = care;
  return (
    <section aria-label={t("title")} className="flex flex-col gap-3 empty:hidden">
      <WhyNot why={refused} />
      {mergedInto && (
        <Notice tone="info">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p>
              {t.rich("into", {
                account: mergedInto.account,
                idea: () => (
                  <Link key="idea" to={`/staff/ideas/${mergedInto.id}`} className="link">
                    {mergedInto.title}
                  </Link>
                ),
              })}
            </p>
            {may && <Unmerge id={idea.id} revision={idea.revision} />}
          </div>
        </Notice>
      )}
      {mergedHere.length > 0 && (
        <div className="flex flex-col gap-2 rounded-md border border-line bg-surface px-4 py-3">
          <h2 className="font-semibold">{t("here", { count: mergedHere.length })}</h2>
          <p className="text-sm text-muted">
            {t("hereMeans", { count: String(idea.commentCount), followers: String(care.followers) })}
          </p>
          <ul className="divide-y divide-line">
            {mergedHere.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 py-2">
                <span>
                  <Link to={`/staff/ideas/${one.id}`} className="link">
                    {one.title}
                  </Link>{" "}
                  <span className="text-muted">{one.account}</span>
                </span>
                {may && <Unmerge id={one.id} revision={one.revision} />}
              </li>
            ))}
          </ul>
        </div>
      )}
      {may && !mergedInto && !choices && (
        <Link to="?panel=merge" preventScrollReset className="link inline-flex min-h-8 items-center gap-1.5 self-start">
          <Merge className="size-4" aria-hidden="true" />
          {t("open")}
        </Link>
      )}
      {may && !mergedInto && choices && <MergePanel idea={idea} choices={choices} />}
    </section>
  );
}

function Unmerge({ id, revision }: { id: string; revision: number }) {
  const t = useTranslations("ideas.merge");
  return (
    <PostForm name="unmerge" className="flex">
      <input type="hidden" name="source" value={id} />
      <input type="hidden" name="revision" key={revision} defaultValue={revision} />
      <Send label={t("unmerge")} />
    </PostForm>
  );
}

function MergePanel({ idea, choices }: { idea: IdeaHead; choices: MergeChoices }) {
  const t = useTranslations("ideas.merge");
  const { q, found, preview } = choices;
  const query = (into?: string) => `?${new URLSearchParams({ panel: "merge", q, ...(into && { into }) })}`;
  return (
    <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4">
      <h2 className="font-semibold">{t("title")}</h2>
      {!preview && (
        <>
          <Form role="search" className="flex gap-2" preventScrollReset>
            <input type="hidden" name="panel" value="merge" />
            <SearchField label={t("search")} hint={t("searchHint")} value={q} clear="?panel=merge" />
            <Button>{t("searchSend")}</Button>
          </Form>
          {q !== "" && found.length === 0 && <p className="text-muted">{t("noneFound")}</p>}
          <ul className="divide-y divide-line">
            {found.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                <Link to={query(one.id)} preventScrollReset className="link min-w-0">
                  {one.title}
                </Link>
                <span className="flex items-center gap-3 text-muted">
                  {one.account}
                  <StatusBadge status={one.status} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {preview && <MergePreview idea={idea} preview={preview} back={query()} />}
      <Link to="?" preventScrollReset className="link self-start text-sm">
        {t("close")}
      </Link>
    </div>
  );
}

/** What the two are and become, before anything happens. */
function MergePreview({ idea, preview, back }: { idea: IdeaHead; preview: Preview; back: string }) {
  const t = useTranslations("ideas.merge");
  const { source, together } = preview;
  const rows = [
    { what: t("accounts"), one: idea.supportAccounts, other: preview.supportAccounts, both: together.accounts },
    { what: t("people"), one: idea.supportPeople, other: preview.supportPeople, both: together.people },
    { what: t("comments"), one: source.comments, other: preview.comments, both: together.comments },
    { what: t("followers"), one: source.watchers, other: preview.watchers, both: together.watchers },
  ];
  return (
    <>
      <p>{t("becomes", { source: idea.title, target: preview.title, account: preview.account })}</p>
      <table className="w-full text-left hyphens-auto max-sm:text-sm">
        <thead className="align-bottom text-sm text-muted">
          <tr>
            <td />
            <th scope="col" className="py-1 pr-3 font-medium">
              {t("thisOne")}
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              {t("otherOne")}
            </th>
            <th scope="col" className="py-1 font-medium">
              {t("bothTogether")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ what, one, other, both }) => (
            <tr key={what}>
              <th scope="row" className="py-1.5 pr-3 font-normal">
                {what}
              </th>
              <td className="tabular">{one}</td>
              <td className="tabular">{other}</td>
              <td className="font-semibold tabular">{both}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-muted">{t("means")}</p>
      <p className="text-sm text-muted">{t("undoable")}</p>
      <PostForm name="merge" className="flex flex-wrap items-center gap-3">
        <input type="hidden" name="into" value={preview.id} />
        <input type="hidden" name="revision" key={`a${idea.revision}`} defaultValue={idea.revision} />
        <input type="hidden" name="intoRevision" key={`b${preview.revision}`} defaultValue={preview.revision} />
        <Send label={t("send")} look="main" />
        <Link to={back} preventScrollReset className="link">
          {t("another")}
        </Link>
      </PostForm>
    </>
  );
}
