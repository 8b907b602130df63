import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/fields";
import { PostForm } from "~/ui/form";
import { useNobodysKept } from "~/ui/kept-guard";
import { Link } from "~/ui/link";
import type { Answer } from "../account";
import { RefusalNotice } from "./refusal-notice";
import { PageTitle } from "./sign-in-frame";

/** Signing in by e-mail and password; the second button carries the address over to signing in by e-mail. */
export function LoginPage({ next, answer }: { next: string | null; answer: Answer | undefined }) {
  const t = useTranslations("accounts");
  useNobodysKept();
  const labels = { email: t("fields.email"), password: t("fields.password") };
  return (
    <>
      <PageTitle title={t("login.title")} />
      <RefusalNotice refusal={answer?.refusal} />
      <PostForm name="sign-in" failure={answer?.failure} labels={labels}>
        {next && <input type="hidden" name="next" value={next} />}
        <TextField name="email" type="email" label={labels.email} autoComplete="username" />
        <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
        <Button look="main">{t("login.submit")}</Button>
        <Link to="/forgot" className="link self-start py-1.5">
          {t("login.forgot")}
        </Link>
        <Button formAction="/login/code" name="do" value="mail" className="mt-3">
          {t("login.mail")}
        </Button>
      </PostForm>
    </>
  );
}
