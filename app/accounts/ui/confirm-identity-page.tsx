import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { CodeField } from "./second-factor-page";
import { PageTitle } from "./sign-in-frame";

/** Asks once more who is there, before roles or money are touched. */
export function ConfirmIdentityPage(props: {
  name: string;
  byCode: boolean;
  next: string;
  answer: Answer | undefined;
}) {
  const t = useTranslations("accounts");
  const { byCode, next, answer } = props;
  const labels = { code: t("secondFactor.code"), password: t("fields.password") };
  return (
    <>
      <PageTitle
        title={t("identity.title")}
        lead={byCode ? t("identity.byCode", { name: props.name }) : t("identity.byPassword", { name: props.name })}
      />
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm name="identity" failure={answer?.failure} labels={labels}>
        <input type="hidden" name="next" value={next} />
        {byCode ? (
          <CodeField />
        ) : (
          <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
        )}
        <Button look="main">{t("identity.submit")}</Button>
      </PostForm>
      <a href={next} className="link self-start py-1.5">
        {t("identity.back")}
      </a>
    </>
  );
}
