import { useTranslations } from "use-intl";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import type { FormFailure } from "~/kernel/form";
import type { Money } from "~/kernel/money";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import type { PersonRefused, PersonStep } from "../person";
import {
  Facts,
  LimitForm,
  OwnNotice,
  PersonHistory,
  RefusedNotice,
  RemoveForm,
  RoleForm,
  Section,
  StaffRolesForm,
} from "./person-parts";

type Props = {
  person: {
    name: string;
    email: string | null;
    accountId: string | null;
    account: string | null;
    role: ClientRole | null;
    roles: StaffRole[];
    limit: Money | null;
    revision: number;
    createdAt: Date;
  };
  steps: readonly PersonStep[];
  mayChange: boolean;
  maySetLimit: boolean;
  isMe: boolean;
  failure: FormFailure | undefined;
  refused: PersonRefused | undefined;
};

/** Anybody, for staff: a customer's person with their account, or a member of staff with their roles. */
export function StaffPersonPage({ person, steps, mayChange, maySetLimit, isMe, failure, refused }: Props) {
  const t = useTranslations("accounts");
  const { name, revision, role, roles, account, accountId } = person;
  return (
    <div className="max-w-180">
      <PageHeader
        above={
          <WayUp to={accountId ? `/staff/accounts/${accountId}` : "/staff/people"}>
            {account ?? t("people.staffTitle")}
          </WayUp>
        }
        title={name}
      />
      <Said
        sentences={{
          role: t("person.saidRole"),
          "staff-roles": t("person.saidRole"),
          limit: t("person.saidLimit"),
        }}
      />
      <div className="flex flex-col gap-5">
        <RefusedNotice refused={refused} />
        <Facts
          email={person.email}
          roles={role ? t(`roles.${role}`) : roles.map((one) => t(`staffRoles.${one}`)).join(", ")}
          since={person.createdAt}
          limit={accountId ? person.limit : undefined}
        />
        {isMe && <OwnNotice side="staff" settings="/settings" />}
        {mayChange && (
          <Section id="role" title={role ? t("person.roleTitle") : t("person.rolesTitle")}>
            {role ? (
              <RoleForm role={role} revision={revision} failure={failure} />
            ) : (
              <StaffRolesForm roles={roles} revision={revision} failure={failure} />
            )}
          </Section>
        )}
        {maySetLimit && (
          <Section id="limit" title={t("person.limitTitle")} lead={t("person.limitLead")}>
            <LimitForm limit={person.limit} revision={revision} failure={failure} />
          </Section>
        )}
        <PersonHistory steps={steps} />
        {mayChange && (
          <Section id="remove" title={t("person.removeTitle", { name })} lead={t("person.removeLead")}>
            <RemoveForm name={name} revision={revision} failure={failure} />
          </Section>
        )}
      </div>
    </div>
  );
}
