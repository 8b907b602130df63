import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { FORM_NAME, PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import type { GuestDoorAnswer } from "../guest";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

/**
 * Where a guest's link leads in a browser that was not shown to be theirs: sending for a code, and then typing it. In:
 * whether they say that they have one already.
 */
export function GuestDoorPage({ asked, answer }: { asked: boolean; answer: GuestDoorAnswer | undefined }) {
  const t = useTranslations("accounts.guest");
  const failure = answer?.failure;
  const typing = asked || answer?.codeSent || failure?.values[FORM_NAME] === "code";
  const send = (
    <PostForm key="send" name="send" failure={failure}>
      <input type="hidden" name="intent" value="send" />
      <Button className="w-full" {...(typing ? {} : { look: "main" })}>
        {typing ? t("again") : t("send")}
      </Button>
    </PostForm>
  );
  if (!typing) {
    return (
      <>
        <PageTitle title={t("openTitle")} lead={t("openLead")} />
        {send}
        <Link to="?step=code" className="link self-start py-1.5">
          {t("have")}
        </Link>
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("openTitle")} />
      {answer?.codeSent && <SentNotice>{t("codeSent")}</SentNotice>}
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
        <Button look="main">{t("check")}</Button>
      </PostForm>
      {send}
    </>
  );
}
