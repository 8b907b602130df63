import { useTranslations } from "use-intl";
import { Button, LinkButton } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { type Answer, PASSWORD_MIN } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { PageTitle } from "./sign-in-frame";

/** Choosing a new password. `proved`: this session came by e-mail, not long ago. */
export function PasswordPage({ name, proved, answer }: { name: string; proved: boolean; answer: Answer | undefined }) {
  const t = useTranslations("accounts");
  const labels = { password: t("fields.new-password") };
  if (!proved) {
    return (
      <>
        <PageTitle title={t("password.prove-title")} lead={t("password.prove-text")} />
        <LinkButton to="/forgot" look="main">
          {t("password.prove")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("password.title")} lead={t("password.lead", { name })} />
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm name="password" failure={answer?.failure} labels={labels}>
        <TextField
          name="password"
          type="password"
          label={labels.password}
          help={t("fields.new-password-help", { limit: PASSWORD_MIN })}
          autoComplete="new-password"
        />
        <Button look="main">{t("password.save")}</Button>
      </PostForm>
    </>
  );
}

/** After a new password was taken. */
export function PasswordSavedPage({ home }: { home: string }) {
  const t = useTranslations("accounts.password");
  return (
    <>
      <PageTitle title={t("saved-title")} lead={t("saved-text")} />
      <LinkButton to={home} look="main">
        {t("go-on")}
      </LinkButton>
    </>
  );
}
