import { useTranslations } from "use-intl";
import { Send } from "~/ideas/ui/send";
import type { FormFailure } from "~/kernel/form";
import { Button } from "~/ui/button";
import { DateTime } from "~/ui/date-time";
import { TextField } from "~/ui/fields";
import { PostForm, useField, useFormBusy } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageHeader } from "~/ui/page-header";
import { Check } from "~/ui/switch";
import { WayUp } from "~/ui/way-up";
import { type AskedPageData, METER_FIELDS } from "../survey-page";
import { Part, SurveyBadge, useRefusals } from "./survey-bits";

type Props = { page: AskedPageData; failure: FormFailure | undefined };

/** A survey as those see it who are asked: what it is about, the question that is due, or what they stated. */
export function AskedPage({ page, failure }: Props) {
  const t = useTranslations("priceResearch.asked");
  const { title, subject, state, closesAt, stated, mayState } = page;
  const isOpen = state === "open" && stated === null;
  return (
    <div className="flex max-w-160 flex-col gap-6">
      <PageHeader above={<WayUp to="/surveys">{t("toList")}</WayUp>} title={title} lead={t("binding")}>
        <SurveyBadge state={state} />
      </PageHeader>
      <Part id="what" title={t("what")}>
        <p className="whitespace-pre-line wrap-anywhere">{subject}</p>
        {state === "open" && (
          <p className="text-sm text-muted">{t.rich("until", { day: () => <DateTime at={closesAt} /> })}</p>
        )}
      </Part>
      {state === "closed" && !stated && <Notice tone="info">{t("over")}</Notice>}
      {isOpen && !mayState && <Notice tone="info">{t("reader")}</Notice>}
      {isOpen && mayState && page.method === "meter" && <Meter page={page} failure={failure} />}
      {isOpen && mayState && page.price && <Ladder page={page} price={page.price} failure={failure} />}
      {stated && <Stated stated={stated} />}
    </div>
  );
}

function Meter({ page, failure }: Props) {
  const t = useTranslations("priceResearch.asked");
  const labels = Object.fromEntries(METER_FIELDS.map((field) => [field, t(`fields.${field}`)]));
  return (
    <Part id="ask" title={t("meter", { currency: page.currency })}>
      <PostForm name="meter" failure={failure} labels={labels} sentences={useRefusals()}>
        {METER_FIELDS.map((field) => (
          <TextField key={field} name={field} label={t(`fields.${field}`)} inputMode="decimal" autoComplete="off" />
        ))}
        {failure?.errors[""] === "contradicts" && <Meant />}
        <Send label={t("send")} look="main" />
      </PostForm>
    </Part>
  );
}

function Meant() {
  const t = useTranslations("priceResearch.asked");
  const { typed } = useField("meant");
  return <Check name="meant" value="1" defaultChecked={typed === "1"} label={t("meant")} help={t("meantHelp")} />;
}

function Ladder({ page, price, failure }: Props & { price: { minor: string; text: string } }) {
  const t = useTranslations("priceResearch.asked");
  return (
    <Part id="ask" title={t("ladder", { price: price.text })}>
      <p className="text-sm text-muted">{t("ladderStep", { step: page.step + 1 })}</p>
      <PostForm key={price.minor} name="price" failure={failure} sentences={useRefusals()}>
        <input type="hidden" name="price" value={price.minor} />
        <div className="flex flex-wrap gap-3">
          <Says value="yes" label={t("yes")} />
          <Says value="no" label={t("no")} />
        </div>
      </PostForm>
    </Part>
  );
}

function Says({ value, label }: { value: "yes" | "no"; label: string }) {
  return (
    <Button name="buys" value={value} look="plain" busy={useFormBusy()}>
      {label}
    </Button>
  );
}

function Stated({ stated }: { stated: NonNullable<AskedPageData["stated"]> }) {
  const t = useTranslations("priceResearch.asked");
  return (
    <>
      <Notice tone="success">{t("thanks")}</Notice>
      <Part id="yours" title={t("yours")}>
        {stated.method === "ladder" ? (
          <p>{stated.highest === null ? t("never") : t("highest", { price: stated.highest })}</p>
        ) : (
          <dl className="divide-y divide-line rounded-md border border-line bg-surface">
            {METER_FIELDS.map((field) => (
              <div key={field} className="flex flex-wrap justify-between gap-x-6 px-4 py-2">
                <dt className="text-muted">{t(`fields.${field}`)}</dt>
                <dd className="tabular">{stated.prices[field]}</dd>
              </div>
            ))}
          </dl>
        )}
      </Part>
    </>
  );
}
