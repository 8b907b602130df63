import { ThumbsUp } from "lucide-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { later } from "~/ui/later";
import { useOnlyReading } from "~/ui/reading";
import type { Evidence } from "../idea-page";
import { FollowButton } from "./follow-button";
import { QuickForm, useQuick, WhyNot } from "./quick-form";

const EvidenceForm = later(() => import("./evidence-form").then((form) => form.EvidenceForm));

/** For the pages around it: what this waits for where one walks to it. */
export const evidenceReady = EvidenceForm.ready;

type Props = {
  supportAccounts: number;
  supportPeople: number;
  mySupport: { comment: string | null } | null;
  /** Of the reader's own account. */
  evidence: readonly Evidence[];
  maySupport: boolean;
  following: boolean;
  /** The reader suggested it. */
  mine: boolean;
  failure: FormFailure | undefined;
  draft: string;
};

/** How many accounts and people need this, and the reader's own part in it. */
export function SupportPanel(props: Props) {
  const { mySupport, evidence, maySupport, following, failure, draft } = props;
  const t = useTranslations("ideas.support");
  const quick = useQuick();
  const reading = useOnlyReading();
  useEffect(() => {
    // Whoever supports now is asked why at once. A form that cannot come leaves the rest as it is.
    if (maySupport) evidenceReady().catch(() => undefined);
  }, [maySupport]);
  const pressed = quick.sent?.get("form");
  const supports = pressed ? pressed === "support" : mySupport !== null;
  const change = Number(supports) - Number(mySupport !== null);
  const accountChange = evidence.some(({ mine }) => !mine) ? 0 : change;
  return (
    <section aria-labelledby="support" className="flex flex-col gap-3">
      <h2 id="support" className="sr-only">
        {t("title")}
      </h2>
      <Counts accounts={props.supportAccounts + accountChange} people={props.supportPeople + change} />
      {maySupport && (
        <QuickForm quick={quick} name={supports ? "withdraw" : "support"} className="flex flex-wrap items-center gap-2">
          {supports && (
            <span className="inline-flex items-center gap-2 font-medium text-success">
              <ThumbsUp className="size-4" aria-hidden="true" />
              {t("yours")}
            </span>
          )}
          <Button look={supports ? "quiet" : "main"} className={supports ? "" : "grow"}>
            {!supports && <ThumbsUp className="size-4" aria-hidden="true" />}
            {supports ? t("withdraw") : t("support")}
          </Button>
        </QuickForm>
      )}
      <p role="status" className="sr-only">
        {pressed ? t(supports ? "nowSupported" : "nowWithdrawn") : ""}
      </p>
      <WhyNot why={quick.why} />
      {!maySupport && !reading && <p className="text-sm text-muted">{t("viewer")}</p>}
      {maySupport && supports && (
        <EvidenceForm
          key={mySupport?.comment ?? ""}
          words={mySupport?.comment ?? null}
          failure={failure}
          draft={draft}
        />
      )}
      <FollowButton following={following} anyway={props.mine || supports} />
    </section>
  );
}

/** The two numbers that support is told by, and on demand how they come about. */
export function Counts({ accounts, people }: { accounts: number; people: number }) {
  const t = useTranslations("ideas.support");
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span>
          <span className="text-2xl font-semibold tabular">{accounts}</span> {t("accounts", { count: accounts })}
        </span>
        <span className="text-muted">{t("people", { count: people })}</span>
      </p>
      <details className="text-sm text-muted">
        <summary className="inline-flex min-h-8 cursor-pointer items-center underline decoration-dotted underline-offset-4">
          {t("counted")}
        </summary>
        <p>{t("countedMeans")}</p>
      </details>
    </div>
  );
}
