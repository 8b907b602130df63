import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { ConfirmButton } from "~/ui/confirm";
import { DateTime } from "~/ui/date-time";
import { PostForm } from "~/ui/form";
import type { StaffPrototype, StageOnPage, VersionOnPage } from "../prototype-page";
import { stageResult } from "../verdict";
import { OverallBadge, useRefusals } from "./staff-states";

type Props = { prototype: StaffPrototype; version: VersionOnPage; failure: FormFailure | undefined };

/** Who is shown a version, who opened it, who answers for it and what they said. */
export function StaffVersionPeople({ prototype, version, failure }: Props) {
  const t = useTranslations("prototypes.page");
  const staff = useTranslations("prototypes.staff");
  const { releases, openings, stages } = version;
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">{t("shown")}</h3>
        {releases.length === 0 ? (
          <p className="text-muted">{staff("shownToNobody")}</p>
        ) : (
          <ul className="flex flex-col gap-2">
            {releases.map((release) => (
              <Release key={release.id} release={release} mayEnd={prototype.mayMake} failure={failure} />
            ))}
          </ul>
        )}
        {openings.length > 0 && (
          <>
            <h3 className="mt-2 font-medium">{t("opened")}</h3>
            <ul className="text-sm">
              {openings.map(({ name, at }) => (
                <li key={`${name} ${at}`} className="wrap-anywhere">
                  {name} · <DateTime at={at} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">{t("stages")}</h3>
        {stages.length === 0 && <p className="text-muted">{t("noStages")}</p>}
        {stages.map((stage) => (
          <Stage key={stage.id} stage={stage} />
        ))}
      </div>
    </div>
  );
}

type ReleaseProps = { release: VersionOnPage["releases"][number]; mayEnd: boolean; failure: FormFailure | undefined };

function Release({ release: { id, account, people, from }, mayEnd, failure }: ReleaseProps) {
  const t = useTranslations("prototypes.page");
  const sentences = useRefusals();
  return (
    <li className="flex flex-wrap items-center justify-between gap-2">
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">{account}</span>{" "}
        <span className="block text-sm text-muted">
          {people ? people.join(", ") : t("shownAll")} · {t.rich("shownFrom", { date: () => <DateTime at={from} /> })}
        </span>
      </p>
      {mayEnd && (
        <PostForm name="end" failure={failure} sentences={sentences}>
          <input type="hidden" name="release" value={id} />
          <ConfirmButton
            aria-label={t("endOf", { name: account })}
            question={t("endQuestion", { name: account })}
            explanation={t("endMeans")}
            yes={t("end")}
          >
            {t("end")}
          </ConfirmButton>
        </PostForm>
      )}
    </li>
  );
}

function Stage({ stage }: { stage: StageOnPage }) {
  const t = useTranslations("prototypes");
  const { name, account, rule, dueAt, late, reviewers } = stage;
  const { overall } = stageResult(rule, reviewers);
  return (
    <div className="rounded-md border border-line px-3 py-2">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium wrap-anywhere">{name}</span> <OverallBadge overall={overall} />
      </p>
      <p className="text-sm text-muted">
        {account ?? t("page.ours")} · {t(`rule.${rule}`)}
        {dueAt && (
          <>
            {" · "}
            <span className={late && overall === "waiting" ? "text-danger" : ""}>
              {t.rich(late && overall === "waiting" ? "staff.late" : "staff.due", {
                date: () => <DateTime at={dueAt} time={false} />,
              })}
            </span>
          </>
        )}
      </p>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {reviewers.map((one) => (
          <li key={one.id} className="wrap-anywhere">
            {one.name}
            {rule === "named" && one.decides && <span className="text-muted"> ({t("page.decides")})</span>}
            {": "}
            {one.verdict ? t(`verdict.${one.verdict}`) : <span className="text-muted">{t("page.noAnswer")}</span>}
            {one.words && <span className="block whitespace-pre-line text-muted">{one.words}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
