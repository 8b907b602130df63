import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { GUEST_NAME_MAX, type GuestDoorAnswer } from "../guest";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

type Props = { door: { step: "open"; name: string } | { step: "code" }; answer: GuestDoorAnswer | undefined };

/** Where a guest's link leads: a button in the first browser, a mailed code in every other one. */
export function GuestDoorPage({ door, answer }: Props) {
  const t = useTranslations("accounts.guest");
  if (door.step === "open") {
    return (
      <>
        <PageTitle title={t("openTitle")} lead={t("openLead")} />
        <PostForm name="open" failure={answer?.failure} labels={{ name: t("name") }}>
          <input type="hidden" name="intent" value="open" />
          <TextField
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            defaultValue={door.name}
            maxLength={GUEST_NAME_MAX}
            autoComplete="name"
          />
          <Button look="main">{t("open")}</Button>
        </PostForm>
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("codeTitle")} lead={t("codeLead")} />
      {answer?.codeSent && <SentNotice>{t("codeSent")}</SentNotice>}
      <PostForm
        name="code"
        failure={answer?.failure}
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
      <PostForm name="send" failure={answer?.failure}>
        <input type="hidden" name="intent" value="send" />
        <Button className="w-full">{answer?.codeSent ? t("again") : t("send")}</Button>
      </PostForm>
    </>
  );
}
