import { useTranslations } from "use-intl";
import type { Chart } from "~/kernel/chart";
import { Button } from "~/ui/button";
import { LineChart } from "~/ui/line-chart";
import { Notice } from "~/ui/notice";
import { Cell, Table } from "~/ui/table";
import { ENOUGH } from "../feature-price";
import { METER_FIELDS } from "../survey-page";
import type { LadderFigures, MeterFigures } from "../survey-results";
import type { MeterPoints } from "../van-westendorp";
import { useNumbers } from "./use-numbers";

type Meter = { figures: MeterFigures; chart: Chart | null; currency: string };

/** Where the four curves of a price meter meet, as a sentence, a drawing and tables. */
export function MeterResults({ figures, chart, currency }: Meter) {
  const t = useTranslations("priceResearch.staff.meter");
  const page = useTranslations("priceResearch.staff.page");
  const { money, percent } = useNumbers(currency);
  const { accounts, valid, excluded, points, steps } = figures;
  const { pmcOriginal: pmc, pmeOriginal: pme, indifference: ipp, optimal: opp } = points;
  const meets = pmc !== null && pme !== null && ipp !== null && opp !== null;
  const named = (keys: readonly (keyof typeof SHORT)[], long: boolean) =>
    Object.fromEntries(keys.map((key) => [key, long ? t(`points.${key}`) : t(`short.${key}`)]));
  return (
    <>
      <Thin thin={figures.thin} accounts={accounts} />
      <p>
        {meets
          ? t("sentence", { valid, accounts, pmc: money(pmc), pme: money(pme), opp: money(opp), ipp: money(ipp) })
          : t("none")}
      </p>
      <p className="text-sm text-muted">
        {page("excluded", { count: excluded })} {t("rule")}
      </p>
      {chart && (
        <LineChart
          chart={chart}
          title={t("chart")}
          axes={{ x: t("x"), y: t("y") }}
          names={Object.fromEntries(METER_FIELDS.map((key) => [key, t(`series.${key}`)]))}
          marks={named(KEYS, false)}
        />
      )}
      <Table caption={t("pointsTitle")} head={[t("point"), t("price"), t("narrower")]} numbers={[1, 2]}>
        {KEYS.map((key) => (
          <tr key={key}>
            <Cell>{t(`points.${key}`)}</Cell>
            {SHORT[key].map((point) => (
              <Cell key={point} number>
                {written(points[point], money)}
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
      <details>
        <summary className="text-accent">{t("table")}</summary>
        <div className="pt-3">
          <Table
            caption={t("table")}
            head={[t("x"), ...METER_FIELDS.map((key) => t(`series.${key}`))]}
            numbers={[0, 1, 2, 3, 4]}
          >
            {steps.map((step) => (
              <tr key={step.price}>
                <Cell number>{money(step.price)}</Cell>
                {METER_FIELDS.map((key) => (
                  <Cell key={key} number>
                    {percent(step[key])}
                  </Cell>
                ))}
              </tr>
            ))}
          </Table>
        </div>
      </details>
    </>
  );
}

/** A point by both definitions; indifference and the optimal price have one. */
const SHORT = {
  pmc: ["pmcOriginal", "pmcNarrower"],
  opp: ["optimal"],
  ipp: ["indifference"],
  pme: ["pmeOriginal", "pmeNarrower"],
} as const satisfies Record<string, readonly (keyof MeterPoints)[]>;
const KEYS = ["pmc", "opp", "ipp", "pme"] as const;

const written = (minor: number | null, money: (minor: number) => string) => (minor === null ? "–" : money(minor));

function Thin({ thin, accounts }: { thin: boolean; accounts: number }) {
  const t = useTranslations("priceResearch.staff.page");
  if (!thin) return null;
  return <Notice tone="warning">{t("thin", { count: accounts, enough: ENOUGH.accountsPerOption })}</Notice>;
}

type Ladder = { figures: LadderFigures; chart: Chart | null; cost: string | null; currency: string };

/** At which prices accounts would buy, and which of them brings most, as a sentence, a drawing and a table. */
export function LadderResults({ figures, chart, cost, currency }: Ladder) {
  const t = useTranslations("priceResearch.staff.ladder");
  const page = useTranslations("priceResearch.staff.page");
  const { money, percent } = useNumbers(currency);
  const { accounts, excluded, steps, best } = figures;
  const top = steps.find(({ price }) => price === (best?.contribution ?? best?.revenue));
  const contributes = cost !== null;
  const facts = top && {
    share: percent(top.accounts / accounts),
    accounts,
    price: money(top.price),
    wins: percent(top.wins),
  };
  return (
    <>
      <Thin thin={figures.thin} accounts={accounts} />
      {facts && <p>{contributes ? t("byContribution", facts) : t("byRevenue", facts)}</p>}
      <p className="text-sm text-muted">
        {page("unfinished", { count: excluded })} {t("rule")}
      </p>
      {chart && (
        <LineChart
          chart={chart}
          title={t("chart")}
          axes={{ x: t("x"), y: t("y") }}
          names={{ accounts: t("series.accounts"), band: t("series.band") }}
          marks={{ best: t("best") }}
        />
      )}
      <Cost cost={cost} currency={currency} />
      {steps.length > 0 && (
        <Table
          caption={t("table")}
          head={[
            t("price"),
            t("people"),
            t("accounts"),
            t("interval"),
            t("revenue"),
            ...(contributes ? [t("contribution")] : []),
            t("wins"),
          ]}
          numbers={[0, 1, 2, 3, 4, 5, 6]}
        >
          {steps.map((step) => (
            <tr key={step.price}>
              <Cell number>{money(step.price)}</Cell>
              <Cell number>{percent(step.share)}</Cell>
              <Cell number>
                {step.accounts} / {accounts}
              </Cell>
              <Cell number>
                {percent(step.interval.lo)} – {percent(step.interval.hi)}
              </Cell>
              <Cell number>{money(step.revenue)}</Cell>
              {contributes && <Cell number>{money(step.contribution ?? 0)}</Cell>}
              <Cell number>{percent(step.wins)}</Cell>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

/** What one piece costs stands in the address: a question about the figures, which changes nothing. */
function Cost({ cost, currency }: { cost: string | null; currency: string }) {
  const t = useTranslations("priceResearch.staff.ladder");
  return (
    <form method="get" className="flex flex-wrap items-end gap-3">
      <label className="flex flex-col gap-1">
        <span className="font-medium">
          {t("cost")} ({currency})
        </span>
        <input
          name="cost"
          defaultValue={cost ?? ""}
          inputMode="decimal"
          autoComplete="off"
          className="h-11 w-40 rounded-md border border-edge bg-surface px-3 pointer-fine:h-10"
        />
      </label>
      <Button look="plain">{t("show")}</Button>
      <p className="basis-full text-sm text-muted">{t("costHelp")}</p>
    </form>
  );
}
