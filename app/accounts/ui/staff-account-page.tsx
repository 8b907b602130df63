import { Form, Link } from "@remix-run/react";
import { Eye, Pencil } from "lucide-react";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { showMoney } from "~/kernel/money";
import { Button, LinkButton } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { DateTime, useDay } from "~/ui/date-time";
import type { AccountHead, Answering, FilledField, TeamMember } from "../staff-account";
import { type AccountAnswer, Part, StaffAccountFrame } from "./staff-account-frame";
import { type AccountEvent, StaffAccountHistory } from "./staff-account-history";
import { fieldName, type ShownField, shownValue } from "./staff-field-words";

type Merge = { id: string; accountId: string; name: string; at: Date; who: string };

export type StaffAccountData = {
  account: AccountHead;
  mayManage: boolean;
  mayChange: boolean;
  mayView: boolean;
  team: readonly TeamMember[];
  answering: Answering | null;
  fields: readonly FilledField[];
  merges: readonly Merge[];
  /** What merged this account into another one. */
  mergedBy: Merge | null;
  mayUndo: boolean;
  events: readonly AccountEvent[];
};

/** An account at a glance. */
export function StaffAccountPage({ page, refused }: { page: StaffAccountData; refused: AccountAnswer["refused"] }) {
  const t = useTranslations("staffAccounts");
  const { account, mayChange, mayView, merges, mergedBy, mayUndo, mayManage } = page;
  const base = `/staff/accounts/${account.id}`;
  return (
    <StaffAccountFrame
      account={account}
      mayManage={mayManage}
      refused={refused}
      actions={
        <>
          <LinkButton to={`/staff/ideas?account=${account.id}`}>{t("account.ideas")}</LinkButton>
          {mergedBy && mayUndo && <Undo merge={mergedBy} />}
          {mayView && (
            <Form method="post" reloadDocument>
              <Button name="form" value="view" title={t("account.viewAsHelp")}>
                <Eye className="size-4" aria-hidden="true" />
                {t("account.viewAs")}
              </Button>
            </Form>
          )}
          {mayChange && (
            <LinkButton to={`${base}/edit`} look="main">
              <Pencil className="size-4" aria-hidden="true" />
              {t("account.change")}
            </LinkButton>
          )}
        </>
      }
    >
      <div className="grid gap-5 lg:grid-cols-2">
        <Facts account={account} fields={page.fields} />
        <Part id="answering" title={t("account.answering")}>
          <Answers answering={page.answering} />
          {page.team.length > 0 && (
            <ul className="flex flex-col gap-1">
              {page.team.map((member) => (
                <li key={`${member.personId} ${member.role}`} className="flex justify-between gap-3">
                  <span className="min-w-0">{member.name}</span>
                  <span className="text-muted">{t(`team.${member.role}`)}</span>
                </li>
              ))}
            </ul>
          )}
        </Part>
        <Part id="happened" title={t("account.happened")}>
          <StaffAccountHistory events={page.events} none={t("account.nothingHappened")} />
          <p>
            <Link to={`${base}/history`} className="link">
              {t("account.allHistory")}
            </Link>
          </p>
        </Part>
        {merges.length > 0 && (
          <Part id="merged" title={t("account.mergedHere")}>
            <ul className="flex flex-col gap-3">
              {merges.map((merge) => (
                <li key={merge.id} className="flex flex-wrap items-center justify-between gap-3">
                  <span>
                    {t.rich("account.mergedLine", {
                      name: merge.name,
                      who: merge.who,
                      date: () => <DateTime key="date" at={merge.at} />,
                    })}
                  </span>
                  {mayManage && <Undo merge={merge} />}
                </li>
              ))}
            </ul>
          </Part>
        )}
      </div>
    </StaffAccountFrame>
  );
}

function Undo({ merge }: { merge: Merge }) {
  const t = useTranslations("staffAccounts.account");
  return (
    <Form method="post">
      <input type="hidden" name="form" value="unmerge" />
      <input type="hidden" name="merge" value={merge.id} />
      <ConfirmButton
        look="plain"
        question={t("undo")}
        explanation={t("undoHelp", { name: merge.name })}
        yes={t("undo")}
      >
        {t("undo")}
      </ConfirmButton>
    </Form>
  );
}

function Facts({ account, fields }: { account: AccountHead; fields: readonly ShownField[] }) {
  const t = useTranslations("staffAccounts");
  const locale = useLocale();
  const base = `/staff/accounts/${account.id}`;
  return (
    <Part id="facts" title={t("account.facts")}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
        <Fact name={t("account.value")}>
          {account.value ? (
            showMoney(account.value, locale)
          ) : (
            <span className="text-muted">{t("account.noValue")}</span>
          )}
        </Fact>
        {account.domain && <Fact name={t("account.domain")}>{account.domain}</Fact>}
        <Fact name={t("account.people")}>
          <Link to={`${base}/people`} className="link">
            {account.people}
          </Link>
        </Fact>
        <Fact name={t("account.sites")}>
          <Link to={`${base}/sites`} className="link">
            {account.sites}
          </Link>
        </Fact>
        {fields
          .filter(({ value }) => value !== null)
          .map((field) => (
            <Fact key={field.id} name={fieldName(field, locale)}>
              {shownValue(field, locale)}
            </Fact>
          ))}
      </dl>
    </Part>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Who answers for the account today, in a sentence. */
export function Answers({ answering }: { answering: Answering | null }) {
  const dayOf = useDay();
  const t = useTranslations("staffAccounts.account");
  if (!answering) return <p className="text-muted">{t("noLead")}</p>;
  const { name, insteadOf, until } = answering;
  if (!insteadOf) return <p>{t("answers", { name: name ?? "" })}</p>;
  const day = until ? dayOf(until) : "";
  return <p>{name ? t("standsIn", { name, day, lead: insteadOf }) : t("nobody", { day, lead: insteadOf })}</p>;
}
