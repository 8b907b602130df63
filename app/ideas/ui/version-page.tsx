import { useTranslations } from "use-intl";
import { RichTextView } from "~/collab/ui/rich-text-view";
import { WrittenBy } from "~/collab/ui/shown-text";
import type { FormFailure } from "~/kernel/form";
import { DateTime } from "~/ui/date-time";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { later } from "~/ui/later";
import { PageHeader } from "~/ui/page-header";
import { WayUp } from "~/ui/way-up";
import { VERSION_NAME_MAX, type VersionPageData, type VersionShown, type VersionView, VIEWS } from "../idea-version";
import { Send } from "./send";
import { Choices, useVersionTitle, Writers } from "./version-parts";
import { useRefusals } from "./versions-page";
import "~/collab/ui/brief.css";
import "~/collab/ui/versions.css";

const VersionBoard = later(() => import("./version-board").then((board) => board.VersionBoard));
await VersionBoard.ready();

type Props = { page: VersionPageData; ideas: string; failure: FormFailure | undefined };

/** One version: what it said and who wrote it, what it brought, what has changed since; and the way back to it. */
export function VersionPage({ page, ideas, failure }: Props) {
  const t = useTranslations("collab.versions");
  const { idea, part, version, view, mayEdit } = page;
  const list = `${ideas}/${idea.id}/versions`;
  const here = `${list}/${version.id}`;
  const title = useVersionTitle()(version);
  const refusals = useRefusals();
  const choices = VIEWS.map((one) => ({
    to: one === "text" ? here : `${here}?show=${one}`,
    label: t(`view.${one}`),
    current: one === view,
  }));
  return (
    <article>
      <PageHeader
        above={<WayUp to={part === "brief" ? list : `${list}?of=${part}`}>{t("toList")}</WayUp>}
        title={title}
        lead={<Made page={page} />}
      />
      {version.writers.length > 0 && (
        <section aria-labelledby="writers" className="mb-6">
          <h2 id="writers" className="mb-1 text-sm font-medium">
            {t("wroteSince")}
          </h2>
          <Writers writers={version.writers} />
        </section>
      )}
      <Choices label={t("views")} choices={choices} />
      <Body shown={page.shown} view={view} first={page.before === null} title={title} />
      {mayEdit && (
        <div className="mt-8 flex max-w-150 flex-col gap-8 border-t border-line pt-6">
          <PostForm name="restore" failure={failure} sentences={refusals} className="flex flex-col gap-3">
            <p>{t("restoreHelp")}</p>
            <Send label={t("restore")} look="main" />
          </PostForm>
          <PostForm
            name="name"
            failure={failure}
            labels={{ name: t("nameLabel") }}
            sentences={refusals}
            className="flex flex-col gap-3"
          >
            <TextField
              name="name"
              label={t("nameLabel")}
              defaultValue={version.name ?? ""}
              maxLength={VERSION_NAME_MAX}
              autoComplete="off"
            />
            <Send label={t("name")} />
          </PostForm>
        </div>
      )}
    </article>
  );
}

function Made({ page: { idea, version } }: { page: VersionPageData }) {
  const t = useTranslations("collab.versions");
  const { madeBy, restoredFrom } = version;
  return (
    <>
      {idea.title} · <DateTime at={version.madeAt} />
      {madeBy && <> · {t("madeBy", { name: madeBy })}</>}
      {restoredFrom && <> · {t.rich("restoredFrom", { date: () => <DateTime key="date" at={restoredFrom} /> })}</>}
    </>
  );
}

type BodyProps = { shown: VersionShown; view: VersionView; first: boolean; title: string };

function Body({ shown, view, first, title }: BodyProps) {
  const t = useTranslations("collab.versions");
  const people = usePeople(shown);
  if (shown.part !== "brief") return <VersionBoard shown={shown} view={view} title={title} />;
  return (
    <>
      {view === "text" ? (
        people.length > 0 && (
          <section aria-labelledby="people" className="mb-4">
            <h2 id="people" className="mb-1 text-sm font-medium">
              {t("people")}
            </h2>
            <Writers writers={shown.people} />
          </section>
        )
      ) : (
        <p className="mb-4">
          {view === "before" && first && <>{t("firstOne")} </>}
          {t("counts", { added: shown.added, removed: shown.removed })}
        </p>
      )}
      <div className="rounded-md border border-line bg-surface px-4 py-4 sm:px-6 sm:py-5">
        <WrittenBy people={people}>
          <RichTextView doc={shown.doc} />
        </WrittenBy>
      </div>
    </>
  );
}

function usePeople(shown: VersionShown) {
  const t = useTranslations("collab.versions");
  return shown.part === "brief" ? shown.people.map(({ id, name }) => ({ id, name: name ?? t("somebody") })) : [];
}
