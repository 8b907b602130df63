import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

/** Asking for a link with which a new password is chosen. */
export function ForgotPage({ answer }: { answer: Answer | undefined }) {
  const t = useTranslations("accounts");
  const labels = { email: t("fields.email") };
  const sent = answer?.sent;
  return (
    <>
      <PageTitle title={t("forgot.title")} lead={t("forgot.lead")} />
      {sent && <SentNotice>{t("forgot.sent", { email: sent })}</SentNotice>}
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm key={sent ? "again" : "ask"} name="forgot" failure={answer?.failure} labels={labels}>
        <TextField
          name="email"
          type="email"
          label={labels.email}
          autoComplete="username"
          {...(sent ? { defaultValue: sent } : {})}
        />
        <Button look="main">{sent ? t("code.again") : t("forgot.send")}</Button>
      </PostForm>
      <Link to="/login" className="link self-start py-1.5">
        {t("forgot.back")}
      </Link>
    </>
  );
}
