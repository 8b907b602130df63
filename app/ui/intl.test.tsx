import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { IntlProvider, useTimeZone, useTranslations } from "./intl";

const sentences = { ui: { list: { rows: "{count, plural, one {One row} other {# rows}}" } } };
const made: unknown[] = [];

function Row({ count }: { count: number }) {
  const t = useTranslations() as unknown as (key: string, values: object) => string;
  const list = useTranslations("ui.list" as never) as unknown as (key: string, values: object) => string;
  made.push(list);
  return (
    <p>
      {t("ui.list.rows", { count })}, {list("rows", { count: count + 1 })}, {useTimeZone()}
    </p>
  );
}

const page = (timeZone = "UTC") =>
  renderToStaticMarkup(
    <IntlProvider locale="en-GB" messages={sentences} timeZone={timeZone}>
      <Row count={1} />
      <IntlProvider locale="en-GB" messages={sentences}>
        <Row count={2} />
      </IntlProvider>
    </IntlProvider>,
  );

test("what is inside keeps the zone of what is outside", () => {
  expect(page("Asia/Shanghai")).toBe("<p>One row, 2 rows, Asia/Shanghai</p><p>2 rows, 3 rows, Asia/Shanghai</p>");
});

test("translators and formats are made once for a language and a zone, however many pages are drawn", () => {
  page();
  made.length = 0;
  const rules = vi.spyOn(Intl, "PluralRules");
  for (let time = 0; time < 5; time += 1) page();
  expect(made).toHaveLength(10);
  expect(new Set(made).size).toBe(1);
  expect(rules).not.toHaveBeenCalled();
  rules.mockRestore();
});
