import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ClientRole, StaffRole } from "~/kernel/actor";
import type { FormFailure } from "~/kernel/form";
import { CURRENCIES, type Money, writeAmount } from "~/kernel/money";
import { DateTime } from "~/ui/date-time";
import { Select, TextField } from "~/ui/fields";
import { PostForm, useField } from "~/ui/form";
import { Link } from "~/ui/link";
import { Notice } from "~/ui/notice";
import { CLIENT_ROLES, type PersonRefused, type PersonStep, STAFF_ROLES } from "../person";
import { Amount } from "./amount";
import { RoleChoice, StaffRolesChoice } from "./role-choice";
import { Send } from "./send";

/** What a person's page, on either side, is made of: its forms quote the revision that their reader is looking at. */

type Form = { revision: number; failure: FormFailure | undefined };

export function Section({
  id,
  title,
  lead,
  children,
}: {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-md border border-line bg-surface px-4 py-4 sm:px-5"
    >
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

// A new key with each revision: what was chosen against the old one is not carried over.
const Revision = ({ revision }: { revision: number }) => (
  <input type="hidden" name="revision" key={revision} defaultValue={revision} />
);

export function RoleForm({ role, revision, failure }: Form & { role: ClientRole }) {
  const t = useTranslations("accounts.person");
  return (
    <PostForm name="role" failure={failure} className="flex flex-col gap-3">
      <Revision revision={revision} />
      <RoleChoice key={`role-${revision}`} legend={t("roleTitle")} chosen={role} headed />
      <Send>{t("roleSave")}</Send>
    </PostForm>
  );
}

export function StaffRolesForm({ roles, revision, failure }: Form & { roles: readonly StaffRole[] }) {
  const t = useTranslations("accounts.person");
  const labels = { roles: t("rolesTitle") };
  return (
    <PostForm
      name="staff-roles"
      failure={failure}
      labels={labels}
      sentences={{ "no-role": t("no-role") }}
      className="flex flex-col gap-3"
    >
      <Revision revision={revision} />
      <StaffRolesChoice key={`roles-${revision}`} legend={t("rolesTitle")} chosen={roles} headed />
      <Send>{t("rolesSave")}</Send>
    </PostForm>
  );
}

export function LimitForm({ limit, revision, failure }: Form & { limit: Money | null }) {
  const t = useTranslations("accounts.person");
  const labels = { amount: t("amount"), currency: t("currency") };
  // A currency that is no longer offered stays chosen while it is theirs.
  const offered = [...new Set<string>([...(limit ? [limit.currency] : []), ...CURRENCIES])];
  return (
    <PostForm
      name="limit"
      failure={failure}
      labels={labels}
      sentences={{ "not-amount": t("not-amount") }}
      className="flex flex-col gap-3"
    >
      <Revision revision={revision} />
      <div key={`limit-${revision}`} className="grid items-start gap-3 sm:grid-cols-[1fr_7rem]">
        <TextField
          name="amount"
          label={labels.amount}
          help={t("amountHelp")}
          inputMode="decimal"
          autoComplete="off"
          optional
          defaultValue={limit ? writeAmount(limit) : ""}
        />
        <Select
          name="currency"
          label={labels.currency}
          defaultValue={limit?.currency ?? "EUR"}
          options={offered.map((currency) => ({ value: currency, label: currency }))}
        />
      </div>
      <Send>{t("limitSave")}</Send>
    </PostForm>
  );
}

export function RemoveForm({ name, revision, failure }: Form & { name: string }) {
  const t = useTranslations("accounts.person");
  const sure = t("removeSure", { name });
  return (
    <PostForm
      name="remove"
      failure={failure}
      labels={{ sure }}
      sentences={{ required: t("not-sure"), "not-sure": t("not-sure") }}
      className="flex flex-col gap-3"
    >
      <Revision revision={revision} />
      <SureBox label={sure} />
      <Send look="danger">{t("remove")}</Send>
    </PostForm>
  );
}

function SureBox({ label }: { label: string }) {
  const { id, error } = useField("sure");
  return (
    <div>
      <label className="flex min-h-11 items-start gap-3 py-1.5 pointer-fine:min-h-9">
        <input
          id={id}
          type="checkbox"
          name="sure"
          className="mt-0.5 size-5 shrink-0 accent-accent"
          {...(error ? { "aria-invalid": true, "aria-describedby": `${id}-error` } : {})}
        />
        <span>{label}</span>
      </label>
      {error && (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

/** Why a decision was not taken, and by whom it was taken before. */
export function RefusedNotice({ refused }: { refused: PersonRefused | undefined }) {
  const t = useTranslations("accounts.decided");
  if (!refused || refused.why === "not-found" || refused.why === "removed-meanwhile") return null;
  const { why, by } = refused;
  const sentence = why !== "changed-meanwhile" ? t(why) : by ? t(why, { by }) : t("changed-meanwhile-unknown");
  return (
    <Notice tone="danger" takesFocus>
      {sentence}
    </Notice>
  );
}

/** Who somebody is, as a list of facts. `limit` undefined: the reader may not know. */
export function Facts({
  email,
  roles,
  since,
  limit,
}: {
  email: string | null;
  roles: string;
  since: Date;
  limit: Money | null | undefined;
}) {
  const t = useTranslations("accounts.people");
  const facts: [string, ReactNode][] = [
    [t("role"), roles],
    ...(email
      ? [
          [
            t("email"),
            <a key="email" href={`mailto:${email}`} className="link wrap-anywhere">
              {email}
            </a>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(limit === undefined
      ? []
      : [[t("limit"), limit ? <Amount key="limit" money={limit} /> : t("noLimit")] as [string, ReactNode]]),
    [t("since"), <DateTime key="since" at={since} time={false} />],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What changed about a person, newest first. */
export function PersonHistory({ steps }: { steps: readonly PersonStep[] }) {
  const t = useTranslations("accounts.person");
  if (steps.length === 0) return null;
  return (
    <Section id="history" title={t("history")}>
      <ol className="flex flex-col gap-2 text-sm">
        {steps.map((step) => (
          <li key={step.id}>
            <StepSentence step={step} />
            <span className="block text-muted">
              <DateTime at={step.at} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function StepSentence({ step: { name, who: by, from, to } }: { step: PersonStep }) {
  const t = useTranslations("accounts");
  const who = by ?? t("person.somebody");
  const rolesOf = (words: string | null) =>
    (words ?? "")
      .split(" ")
      .map((word) => roleName(t, word))
      .join(", ");
  if (name === "person.joined") return t("person.joined", { who, to: rolesOf(to) });
  if (name === "person.limit_changed") return t("person.limit_changed", { who });
  if (name === "person.removed") return t("person.removed", { who });
  return t("person.role_changed", { who, from: rolesOf(from), to: rolesOf(to) });
}

function roleName(t: ReturnType<typeof useTranslations<"accounts">>, word: string): string {
  const client = CLIENT_ROLES.find((role) => role === word);
  if (client) return t(`roles.${client}`);
  const staff = STAFF_ROLES.find((role) => role === word);
  return staff ? t(`staffRoles.${staff}`) : word;
}

/** Why one's own page has no forms for a role, and where to find what is one's own. */
export function OwnNotice({ side, settings }: { side: "client" | "staff"; settings: string }) {
  const t = useTranslations("accounts.person");
  return (
    <Notice tone="info">
      <p>{side === "client" ? t("self") : t("selfStaff")}</p>
      <Link to={settings} className="link">
        {t("settings")}
      </Link>
    </Notice>
  );
}
