import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import type { SetupAnswer } from "../second-factor";
import { SignOut } from "./second-factor-page";
import { RecoveryCodes, SetupSteps } from "./setup-steps";
import { PageTitle } from "./sign-in-frame";

/** For staff who are asked for a second factor and have none: setting it up is all they can do. */
export function EnrolPage({ name, done, answer }: { name: string; done: boolean; answer: SetupAnswer | undefined }) {
  const t = useTranslations("accounts.secondFactor");
  if (answer?.codes || done) {
    return (
      <>
        <PageTitle title={t("doneTitle")} lead={t("doneLead")} />
        {answer?.codes && <RecoveryCodes codes={answer.codes} />}
        <LinkButton to="/staff" look="main" reloadDocument>
          {t("goOn")}
        </LinkButton>
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("enrolTitle")} lead={t("enrolLead", { name })} />
      <SetupSteps answer={answer} />
      <SignOut />
    </>
  );
}
