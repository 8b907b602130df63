import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { LinkButton } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { PASSWORD_MIN, type Refusal } from "../account";
import type { Invitation } from "../person";
import { RefusalNotice } from "./refusal-notice";
import { Send } from "./send";
import { PageTitle } from "./sign-in-frame";

type Props = {
  invitation: Invitation | null;
  token: string;
  failure: FormFailure | undefined;
  refusal: Refusal | undefined;
};

/** Where a letter of invitation leads: who invites and to what, a name and a password. Opening it changes nothing. */
export function AcceptPage({ invitation, token, failure, refusal }: Props) {
  if (invitation?.outcome !== "open") return <NotOpen invitation={invitation} />;
  return <Open invitation={invitation} token={token} failure={failure} refusal={refusal} />;
}

function Open({ invitation, token, failure, refusal }: Props & { invitation: Invitation }) {
  const t = useTranslations("accounts");
  const { inviter, account, role, staffRoles, email, knownName } = invitation;
  const labels = { name: t("accept.name"), password: t("accept.password") };
  const roles = role ? t(`roles.${role}`) : (staffRoles ?? []).map((one) => t(`staffRoles.${one}`)).join(", ");
  return (
    <>
      <PageTitle
        title={t("accept.title")}
        lead={account === null ? t("accept.staff", { inviter }) : t("accept.account", { inviter, account })}
      />
      <p className="wrap-anywhere">
        {t("accept.as", { role: roles })}
        <br />
        {t("accept.email", { email })}
      </p>
      <RefusalNotice refusal={refusal} />
      <PostForm name="accept" failure={failure} labels={labels}>
        <input type="hidden" name="token" value={token} />
        <ZoneOfDevice />
        {/* Hidden from eyes, for the program that keeps passwords: whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <TextField
          name="name"
          label={labels.name}
          help={t("accept.nameHelp")}
          autoComplete="name"
          defaultValue={knownName ?? ""}
        />
        <TextField
          name="password"
          type="password"
          label={labels.password}
          help={t("fields.new-password-help", { limit: PASSWORD_MIN })}
          autoComplete="new-password"
        />
        <Send look="main">{t("accept.submit")}</Send>
      </PostForm>
    </>
  );
}

/** Times are shown where the reader is from the first page on. Without JavaScript the field stays empty. */
function ZoneOfDevice() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (field.current) field.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  }, []);
  return <input ref={field} type="hidden" name="zone" defaultValue="" />;
}

function NotOpen({ invitation }: { invitation: Invitation | null }) {
  const t = useTranslations("accounts.accept");
  const outcome = invitation && invitation.outcome !== "open" ? invitation.outcome : "over";
  const { inviter = "", email = "", account } = invitation ?? {};
  const facts = { inviter, email, account: account ?? "" };
  return (
    <>
      <PageTitle title={t(`${outcome}Title`)} lead={t(`${outcome}Text`, facts)} />
      <LinkButton to="/login" look="main">
        {t("signIn")}
      </LinkButton>
    </>
  );
}
