import { History as HistoryIcon } from "lucide-react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { EmptyState } from "~/ui/empty-state";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import { LoadMore, useStretches } from "~/ui/load-more";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { VERSION_NAME_MAX, type VersionRow, type VersionsPageData } from "../idea-version";
import { Send } from "./send";
import { Choices, useVersionTitle, Writers } from "./version-parts";
import "~/collab/ui/versions.css";

type Props = { page: VersionsPageData; ideas: string; failure: FormFailure | undefined };

/** What a brief or a board once said: its versions, newest first, each with who wrote since the one before. */
export function VersionsPage({ page, ideas, failure }: Props) {
  const t = useTranslations("collab.versions");
  // Words that staff alone have: nobody else is shown that part.
  const layer = useTranslations("ideas.layer");
  const { idea, part, parts, mayEdit } = page;
  const refusals = useRefusals();
  const here = `${ideas}/${idea.id}`;
  const stretches = useStretches<VersionRow, VersionsPageData>(page.versions, (answer) => answer.versions);
  const choices = parts.map((one) => ({
    to: one === "brief" ? `${here}/versions` : `${here}/versions?of=${one}`,
    label: one === "staff-layer" ? layer("own") : t(`part.${one}`),
    current: one === part,
  }));
  const back = { brief: here, board: `${here}/board`, "staff-layer": `${here}/layer` }[part];
  return (
    <article>
      <PageHeader
        above={<WayUp to={back}>{part === "staff-layer" ? layer("own") : t(`back.${part}`)}</WayUp>}
        title={t("title")}
        lead={t("lead", { title: idea.title })}
      />
      <Choices label={t("parts")} choices={choices} />
      {mayEdit && (
        <PostForm
          name="keep"
          failure={failure}
          labels={{ name: t("nameLabel") }}
          sentences={refusals}
          className="mb-8 flex max-w-150 flex-col gap-3"
        >
          <TextField
            name="name"
            label={t("nameLabel")}
            help={t("nameHelp")}
            maxLength={VERSION_NAME_MAX}
            autoComplete="off"
          />
          <Send label={t("keep")} />
        </PostForm>
      )}
      {stretches.rows.length === 0 ? (
        <EmptyState icon={HistoryIcon} title={t("none")} text={t("noneHelp")} />
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {stretches.rows.map((version) => (
            <Row key={version.id} version={version} to={`${here}/versions/${version.id}`} />
          ))}
        </ol>
      )}
      <LoadMore stretches={stretches} parameter="before" />
    </article>
  );
}

/** Sentences of what can keep a version from being made or restored. */
export function useRefusals() {
  const t = useTranslations("collab.versions.refused");
  const codes = ["may-not-edit", "same", "full", "damaged", "never-opened"] as const;
  return Object.fromEntries(codes.map((code) => [code, t(code)]));
}

function Row({ version, to }: { version: VersionRow; to: string }) {
  const t = useTranslations("collab.versions");
  const title = useVersionTitle()(version);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-3">
      <div className="min-w-0">
        <Link to={to} className="link inline-flex min-h-8 items-center font-medium wrap-anywhere">
          {title}
        </Link>
        <p className="text-sm text-muted">
          <DateTime at={version.madeAt} />
          {version.madeBy && <> · {t("madeBy", { name: version.madeBy })}</>}
        </p>
      </div>
      <Writers writers={version.writers} />
    </li>
  );
}
