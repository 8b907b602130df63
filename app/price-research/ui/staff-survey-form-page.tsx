import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { CURRENCIES } from "~/kernel/money";
import { Select, TextArea, TextField } from "~/ui/fields";
import { PostForm, useField } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Check } from "~/ui/switch";
import { WayUp } from "~/ui/way-up";
import { METHODS } from "../survey";
import type { NewSurveyPageData } from "../survey-page";
import { useRefusals } from "./survey-bits";

type Props = { page: NewSurveyPageData; mayRun: boolean; failure: FormFailure | undefined };

/** Where a survey about an idea is made. */
export function StaffSurveyFormPage({ page: { idea, accounts }, mayRun, failure }: Props) {
  const all = useTranslations("priceResearch");
  const t = useTranslations("priceResearch.staff.make");
  const refusals = useRefusals();
  const labels = {
    method: t("method"),
    title: t("title"),
    subject: t("subject"),
    currency: t("currency"),
    prices: t("prices"),
    closes: t("closes"),
    accounts: t("accounts"),
  };
  return (
    <div className="max-w-160">
      <PageHeader
        above={<WayUp to={`/staff/ideas/${idea.id}`}>{t("toIdea")}</WayUp>}
        title={all("makeOne")}
        lead={t("lead", { title: idea.title })}
      />
      {mayRun ? (
        <PostForm name="survey" failure={failure} labels={labels} sentences={refusals}>
          <Select
            name="method"
            label={labels.method}
            help={t("methodHelp")}
            options={METHODS.map((value) => ({ value, label: all(`methods.${value}`) }))}
          />
          <TextField name="title" label={labels.title} maxLength={140} autoComplete="off" defaultValue={idea.title} />
          <TextArea name="subject" label={labels.subject} help={t("subjectHelp")} maxLength={4000} />
          <Select
            name="currency"
            label={labels.currency}
            defaultValue="EUR"
            options={CURRENCIES.map((value) => ({ value, label: value }))}
          />
          <TextArea name="prices" label={labels.prices} help={t("pricesHelp")} optional rows={4} inputMode="decimal" />
          <TextField name="closes" type="date" label={labels.closes} />
          <Accounts legend={labels.accounts}>
            <p className="text-sm text-muted">{t("accountsHelp")}</p>
            {accounts.map(({ id, name }) => (
              <Account key={id} id={id} name={name} chosen={accounts.length === 1} />
            ))}
          </Accounts>
          <Send label={t("send")} look="main" />
        </PostForm>
      ) : (
        <Notice tone="info">{t("reader")}</Notice>
      )}
    </div>
  );
}

/** The place to which a sentence about the choice leads. */
function Accounts({ legend, children }: { legend: string; children: ReactNode }) {
  const { id, error } = useField("accounts");
  return (
    <fieldset id={id} className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">{legend}</legend>
      {error && <p className="text-sm text-danger">{error}</p>}
      {children}
    </fieldset>
  );
}

function Account({ id, name, chosen }: { id: string; name: string; chosen: boolean }) {
  const { typed, wasSent } = useField(`ask-${id}`);
  return <Check name={`ask-${id}`} value="1" label={name} defaultChecked={wasSent ? typed !== undefined : chosen} />;
}
