import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { FORM_NAME, PostForm } from "~/ui/form";
import type { GuestDoorAnswer } from "../guest";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

/** Where a guest's link leads in a browser that was not shown to be theirs: a mailed code. */
export function GuestDoorPage({ answer }: { answer: GuestDoorAnswer | undefined }) {
  const t = useTranslations("accounts.guest");
  const failure = answer?.failure;
  // What comes next stands first: sending for a code, then typing it.
  const typing = answer?.codeSent || failure?.values[FORM_NAME] === "code";
  const send = (
    <PostForm key="send" name="send" failure={failure}>
      <input type="hidden" name="intent" value="send" />
      <Button className="w-full" {...(typing ? {} : { look: "main" })}>
        {typing ? t("again") : t("send")}
      </Button>
    </PostForm>
  );
  return (
    <>
      <PageTitle title={t("openTitle")} lead={t("openLead")} />
      {answer?.codeSent && <SentNotice>{t("codeSent")}</SentNotice>}
      {!typing && send}
      <PostForm
        key="code"
        name="code"
        failure={failure}
        labels={{ code: t("code") }}
        sentences={{ "wrong-code": t("wrong") }}
      >
        <input type="hidden" name="intent" value="check" />
        <TextField
          name="code"
          label={t("code")}
          help={t("codeHelp")}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <Button {...(typing ? { look: "main" } : {})}>{t("check")}</Button>
      </PostForm>
      {typing && send}
    </>
  );
}
