import { useTranslations } from "use-intl";
import { Button } from "~/ui/button";
import { PostForm } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import type { SetupAnswer } from "../second-factor";
import { RecoveryCodes, SetupSteps } from "./setup-steps";

type Props = { hasSecondFactor: boolean; required: boolean; left: number; answer: SetupAnswer | undefined };

/** A member of staff's own second factor: setting it up, recovery codes, taking it away. */
export function StaffSecondFactorPage({ hasSecondFactor, required, left, answer }: Props) {
  const t = useTranslations("accounts.secondFactor");
  return (
    <div className="max-w-140">
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="flex flex-col gap-8">
        {answer?.codes && <RecoveryCodes codes={answer.codes} />}
        {hasSecondFactor ? (
          <>
            {!answer?.codes && (
              <Notice tone={left > 2 ? "success" : "warning"}>
                {t("isOn")} {t("codesLeft", { count: left })}
              </Notice>
            )}
            <section aria-labelledby="new-codes" className="flex flex-col gap-3">
              <h2 id="new-codes" className="text-lg font-semibold">
                {t("newCodesTitle")}
              </h2>
              <p className="text-muted">{t("newCodesLead")}</p>
              <PostForm name="codes" failure={answer?.failure}>
                <input type="hidden" name="intent" value="codes" />
                <Button className="self-start">{t("newCodes")}</Button>
              </PostForm>
            </section>
            <section aria-labelledby="remove" className="flex flex-col gap-3">
              <h2 id="remove" className="text-lg font-semibold">
                {t("removeTitle")}
              </h2>
              <p className="text-muted">{required ? t("removeRequired") : t("removeLead")}</p>
              <PostForm name="remove" failure={answer?.failure}>
                <input type="hidden" name="intent" value="remove" />
                <Button look="danger" className="self-start">
                  {t("remove")}
                </Button>
              </PostForm>
            </section>
          </>
        ) : (
          <>
            {!answer?.setup && <p>{t("isOff")}</p>}
            <SetupSteps answer={answer} />
          </>
        )}
      </div>
    </div>
  );
}
