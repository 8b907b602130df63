import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { Link } from "~/ui/link";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { SentNotice } from "./sent-notice";
import { PageTitle } from "./sign-in-frame";

type Props = { next: string | null; answer: Answer | undefined };

/** Asking for a message with a link and a code. */
export function AskForCodePage({ next, answer }: Props) {
  const t = useTranslations("accounts");
  const labels = { email: t("fields.email") };
  const have = new URLSearchParams({ step: "code", ...(next ? { next } : {}) });
  return (
    <>
      <PageTitle title={t("code.title")} lead={t("code.lead")} />
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm key="ask" name="sign-in" failure={answer?.failure} labels={labels} action="/login/code">
        {next && <input type="hidden" name="next" value={next} />}
        <TextField name="email" type="email" label={labels.email} autoComplete="username" />
        <Button look="main" name="do" value="send">
          {t("code.send")}
        </Button>
      </PostForm>
      <div className="flex flex-col items-start gap-2">
        <Link to={`/login/code?${have}`} className="link py-1.5">
          {t("code.have")}
        </Link>
        <WithPassword next={next} />
      </div>
    </>
  );
}

/** Typing the code, after a message was sent or by somebody who has one already. */
export function EnterCodePage({ next, answer }: Props) {
  const t = useTranslations("accounts");
  const labels = { email: t("fields.email"), code: t("fields.code") };
  const sent = answer?.sent;
  return (
    <>
      <PageTitle title={t("code.title")} />
      {sent && <SentNotice>{t("code.sent", { email: sent })}</SentNotice>}
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm key="enter" name="sign-in" failure={answer?.failure} labels={labels} action="/login/code?step=code">
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          name="email"
          type="email"
          label={labels.email}
          autoComplete="username"
          {...(sent ? { defaultValue: sent } : {})}
        />
        <TextField
          name="code"
          label={labels.code}
          help={t("fields.code-help")}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <Button look="main" name="do" value="verify">
          {t("code.verify")}
        </Button>
        <Button name="do" value="send">
          {t("code.again")}
        </Button>
      </PostForm>
      <WithPassword next={next} />
    </>
  );
}

function WithPassword({ next }: { next: string | null }) {
  const t = useTranslations("accounts.code");
  return (
    <Link to={next ? `/login?${new URLSearchParams({ next })}` : "/login"} className="link self-start py-1.5">
      {t("password")}
    </Link>
  );
}
