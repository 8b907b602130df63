import { Form } from "@remix-run/react";
import { Check, Circle } from "lucide-react";
import { useTranslations } from "use-intl";
import { LinkButton } from "~/ui/button";
import { ConfirmButton } from "~/ui/confirm";
import { DateTime } from "~/ui/date-time";
import { type AccountHead, CLOSING_STEPS, type ClosingStep } from "../staff-account";
import { type AccountAnswer, Part, StaffAccountFrame } from "./staff-account-frame";

type Done = { step: ClosingStep; at: Date; who: string; facts: Record<string, unknown> };
type Props = {
  account: AccountHead;
  mayManage: boolean;
  done: readonly Done[];
  duties: number;
  next: ClosingStep | null;
  refused: AccountAnswer["refused"];
};

/** The checklist that ends the work with an account. */
export function StaffAccountClosePage({ account, mayManage, done, duties, next, refused }: Props) {
  const t = useTranslations("staffAccounts.closing");
  const base = `/staff/accounts/${account.id}`;
  return (
    <StaffAccountFrame account={account} mayManage={mayManage} refused={refused}>
      <div className="flex max-w-180 flex-col gap-5">
        <Part id="closing" title={t("title")} lead={t("lead")}>
          <ol className="divide-y divide-line">
            {CLOSING_STEPS.map((step) => {
              const entry = done.find((one) => one.step === step);
              const Mark = entry ? Check : Circle;
              return (
                <li key={step} className="flex gap-3 py-3">
                  <Mark
                    className={`mt-0.5 size-5 shrink-0 ${entry ? "text-success" : "text-muted"}`}
                    aria-hidden="true"
                  />
                  <div className="flex min-w-0 grow flex-col gap-2">
                    <div>
                      <h3 className="font-medium">{t(`steps.${step}`)}</h3>
                      <p className="text-muted">{t(`help.${step}`)}</p>
                    </div>
                    {step === "obligations" && !entry && (
                      <p>{duties > 0 ? t("open", { count: duties }) : t("nothingOpen")}</p>
                    )}
                    {entry && <DoneLine entry={entry} />}
                    {mayManage && step === next && account.state === "open" && (
                      <Act step={step} base={base} blocked={step === "obligations" && duties > 0} />
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        </Part>
        {mayManage && done.length > 0 && (
          <Part id="reopen" title={t("reopen")} lead={t("reopenHelp")}>
            <Form method="post">
              <input type="hidden" name="form" value="reopen" />
              <ConfirmButton look="plain" question={t("reopen")} explanation={t("reopenHelp")} yes={t("reopen")}>
                {t("reopen")}
              </ConfirmButton>
            </Form>
          </Part>
        )}
      </div>
    </StaffAccountFrame>
  );
}

function DoneLine({ entry }: { entry: Done }) {
  const t = useTranslations("staffAccounts.closing");
  const number = (name: string) => Number(entry.facts[name] ?? 0);
  return (
    <p>
      {t.rich("done", { who: entry.who, date: () => <DateTime key="date" at={entry.at} /> })}{" "}
      {entry.step === "access" &&
        t("result.access", {
          grants: number("grants"),
          invitations: number("invitations"),
          sessions: number("sessions"),
        })}
      {entry.step === "people" && t("result.people", { people: number("people") })}
    </p>
  );
}

function Act({ step, base, blocked }: { step: ClosingStep; base: string; blocked: boolean }) {
  const t = useTranslations("staffAccounts.closing");
  if (blocked) return null;
  const word = step === "export" ? t("act.handedOver") : t(`act.${step}`);
  return (
    <div className="flex flex-wrap gap-3">
      {step === "export" && (
        <LinkButton to={`${base}/export`} reloadDocument>
          {t("act.export")}
        </LinkButton>
      )}
      <Form method="post">
        <input type="hidden" name="form" value="step" />
        <input type="hidden" name="step" value={step} />
        <ConfirmButton
          look={step === "obligations" || step === "export" ? "plain" : "danger"}
          question={word}
          explanation={t(`help.${step}`)}
          yes={word}
        >
          {word}
        </ConfirmButton>
      </Form>
    </div>
  );
}
