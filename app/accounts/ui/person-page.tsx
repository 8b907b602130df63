import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { PageHeader } from "~/ui/page-header";
import { Said } from "~/ui/said";
import { WayUp } from "~/ui/way-up";
import type { ClientPerson, PersonRefused, PersonStep } from "../person";
import {
  Facts,
  LimitForm,
  OwnNotice,
  PersonHistory,
  RefusedNotice,
  RemoveForm,
  RoleForm,
  Section,
} from "./person-parts";

type Props = {
  person: ClientPerson;
  steps: readonly PersonStep[];
  mayChange: boolean;
  maySetLimit: boolean;
  isMe: boolean;
  failure: FormFailure | undefined;
  refused: PersonRefused | undefined;
};

/** A colleague: who they are for everybody, and for owners what they may do and spend. */
export function PersonPage({ person, steps, mayChange, maySetLimit, isMe, failure, refused }: Props) {
  const t = useTranslations("accounts");
  const { name, revision } = person;
  return (
    <div className="max-w-180">
      <PageHeader above={<WayUp to="/people">{t("invite.back")}</WayUp>} title={name} />
      <Said sentences={{ role: t("person.saidRole"), limit: t("person.saidLimit") }} />
      <div className="flex flex-col gap-5">
        <RefusedNotice refused={refused} />
        <Facts
          email={person.email}
          roles={t(`roles.${person.role}`)}
          since={person.createdAt}
          limit={maySetLimit || isMe ? person.limit : undefined}
        />
        {isMe && <OwnNotice side="client" settings="/settings" />}
        {mayChange && (
          <Section id="role" title={t("person.roleTitle")}>
            <RoleForm role={person.role} revision={revision} failure={failure} />
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
