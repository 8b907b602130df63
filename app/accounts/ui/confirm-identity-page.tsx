import { useTranslations } from "use-intl";
import { HELD_FORM } from "~/kernel/held-form";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { CodeField } from "./second-factor-page";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

/**
 * Asks once more who is there, before roles, money or whole records are touched. A form that was on its way waits in a field of
 * this page, so that nothing typed is lost.
 */
export function ConfirmIdentityPage(props: {
  name: string;
  byCode: boolean;
  next: string;
  answer: Answer | undefined;
}) {
  const t = useTranslations("accounts");
  const { name, byCode, next, answer } = props;
  const typed = answer?.failure?.values;
  const byMail = !byCode && Boolean(answer?.sent || typed?.way === "mail");
  const way = byCode ? "app" : byMail ? "mail" : "password";
  const lead = { app: t("identity.byCode", { name }), mail: t("identity.byMail", { name }) };
  const labels = { code: byMail ? t("fields.code") : t("secondFactor.code"), password: t("fields.password") };
  return (
    <>
      <PageTitle
        title={t("identity.title")}
        lead={way === "password" ? t("identity.byPassword", { name }) : lead[way]}
      />
      {answer?.sent && <SentNotice key={answer.sent}>{t("identity.mailed", { email: answer.sent })}</SentNotice>}
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm name="identity" failure={answer?.failure} labels={labels}>
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="way" value={way} />
        {typed?.[HELD_FORM] && <input type="hidden" name={HELD_FORM} value={typed[HELD_FORM]} />}
        {way === "app" && <CodeField />}
        {way === "mail" && (
          <TextField
            name="code"
            label={labels.code}
            help={t("fields.code-help")}
            inputMode="numeric"
            autoComplete="one-time-code"
          />
        )}
        {way === "password" && (
          <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
        )}
        <Button look="main">{t("identity.submit")}</Button>
        {!byCode && (
          <Button name="do" value="mail">
            {byMail ? t("identity.mailAgain") : t("identity.mail")}
          </Button>
        )}
      </PostForm>
      <a href={next} className="link self-start py-1.5">
        {t("identity.back")}
      </a>
    </>
  );
}
