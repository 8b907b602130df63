import { Form, Link } from "@remix-run/react";
import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { PageTitle } from "./sign-in-frame";

type Props = { name: string; next: string | null; recovering: boolean; answer: Answer | undefined };

/** The second half of signing in: a code of the app, or a recovery code of somebody who lost it. */
export function SecondFactorPage({ name, next, recovering, answer }: Props) {
  const t = useTranslations("accounts.secondFactor");
  const query = new URLSearchParams({ ...(recovering ? {} : { with: "recovery" }), ...(next ? { next } : {}) });
  const labels = { code: t("code"), recovery: t("recoveryCode") };
  return (
    <>
      <PageTitle title={t("proveTitle")} lead={recovering ? t("recoverLead", { name }) : t("proveLead", { name })} />
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm key={String(recovering)} name="second-factor" failure={answer?.failure} labels={labels}>
        {next && <input type="hidden" name="next" value={next} />}
        <input type="hidden" name="intent" value={recovering ? "recover" : "prove"} />
        {recovering ? (
          <TextField
            name="recovery"
            label={labels.recovery}
            help={t("recoveryHelp")}
            autoComplete="off"
            spellCheck={false}
          />
        ) : (
          <CodeField />
        )}
        <Button look="main">{t("proveSubmit")}</Button>
      </PostForm>
      <div className="flex flex-col items-start gap-2">
        <Link to={`/login/second-factor?${query}`} className="link py-1.5">
          {recovering ? t("withApp") : t("withRecovery")}
        </Link>
        {!recovering && <p className="text-sm text-muted">{t("askAdmin")}</p>}
        <SignOut />
      </div>
    </>
  );
}

/** Six digits of an authenticator app. */
export function CodeField() {
  const t = useTranslations("accounts.secondFactor");
  return (
    <TextField name="code" label={t("code")} help={t("codeHelp")} inputMode="numeric" autoComplete="one-time-code" />
  );
}

/** The way out for somebody who is signed in by half. */
export function SignOut() {
  const t = useTranslations("accounts.secondFactor");
  return (
    <Form method="post" action="/logout">
      <button type="submit" className="link py-1.5">
        {t("signOut")}
      </button>
    </Form>
  );
}
