import { Form, Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { useDay } from "~/ui/date-time";
import { Select } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { type Absence, type Answering, TEAM_ROLES, type TeamMember } from "../staff-account";
import { Part } from "./staff-account-frame";
import { Answers } from "./staff-account-page";

type Props = {
  team: readonly TeamMember[];
  absences: readonly Absence[];
  answering: Answering | null;
  staff: readonly { id: string; name: string }[];
  mayChange: boolean;
  failure: FormFailure | undefined;
};

/** Who of us looks after an account, who is away, and who answers today. */
export function StaffAccountTeam({ team, absences, answering, staff, mayChange, failure }: Props) {
  const t = useTranslations("staffAccounts");
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Part id="team" title={t("tabs.team")} lead={t("teamPage.lead")}>
        <Answers answering={answering} />
        {team.length === 0 ? (
          <p className="text-muted">{t("teamPage.none")}</p>
        ) : (
          <ul className="divide-y divide-line border-t border-line">
            {team.map((member) => (
              <li
                key={`${member.personId} ${member.role}`}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
              >
                <div className="min-w-0">
                  <p>
                    <span className="font-medium">{member.name}</span>{" "}
                    <span className="text-muted">· {t(`team.${member.role}`)}</span>
                  </p>
                  {absences
                    .filter(({ personId }) => personId === member.personId)
                    .map((absence) => (
                      <p key={absence.id} className="text-muted">
                        <AwayLine absence={absence} />
                      </p>
                    ))}
                </div>
                {mayChange && (
                  <Form method="post">
                    <input type="hidden" name="personId" value={member.personId} />
                    <input type="hidden" name="role" value={member.role} />
                    <Button
                      name="form"
                      value="leave"
                      look="quiet"
                      aria-label={t("teamPage.leave", { name: `${member.name}, ${t(`team.${member.role}`)}` })}
                    >
                      {t("teamPage.leaveShort")}
                    </Button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        )}
        <p>
          <Link to="/staff/absences" className="link">
            {t("teamPage.absences")}
          </Link>
        </p>
      </Part>
      {mayChange && (
        <Part id="join" title={t("teamPage.add")}>
          <PostForm name="join" failure={failure} className="flex flex-col gap-3">
            <Select
              name="personId"
              label={t("teamPage.person")}
              options={staff.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Select
              name="role"
              label={t("teamPage.role")}
              options={TEAM_ROLES.map((role) => ({ value: role, label: t(`team.${role}`) }))}
            />
            <Button>{t("teamPage.join")}</Button>
          </PostForm>
        </Part>
      )}
    </div>
  );
}

/** When somebody is away and who stands in, in a sentence. */
export function AwayLine({ absence }: { absence: Absence }) {
  const t = useTranslations("staffAccounts.teamPage");
  const dayOf = useDay();
  const { substitute } = absence;
  const [from, to] = [dayOf(absence.fromDay), dayOf(absence.toDay)];
  return <>{substitute ? t("away", { from, to, substitute }) : t("awayAlone", { from, to })}</>;
}
