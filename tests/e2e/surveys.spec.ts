import { readFileSync } from "node:fs";
import pageEn from "~/price-research/words/page/en";
import pageUk from "~/price-research/words/page/uk";
import staffEn from "~/price-research/words/staff/en";
import { demoSurveys, stifferJoint } from "../personas";
import { examine, expect, PHONE, test } from "./journey";

test("what people would pay is asked about an idea, stated on a phone, and read as a curve with its table", async ({
  person,
}) => {
  const [owner, pricing] = await Promise.all([
    person("owner@metis.example", { viewport: PHONE }),
    person("pricing@tandem.example"),
  ]);
  const { make, page } = staffEn.staff;
  await pricing.goto(`/staff/ideas/${stifferJoint}`);
  await pricing.getByRole("link", { name: staffEn.makeOne }).click();
  await pricing.getByLabel(make.method).selectOption("ladder");
  await pricing.getByLabel(make.subject).fill("The brass joint, for one lamp, without tax.");
  await pricing.getByLabel(make.prices).fill("20\n40\nsixty");
  await pricing.getByLabel(make.closes).fill("2099-12-31");
  await pricing.getByRole("button", { name: make.send }).click();
  // What is wrong stands there, and nothing typed is lost.
  await expect(pricing.getByRole("alert")).toContainText(pageEn.refused["nobody-asked"]);
  await expect(pricing.getByLabel(make.prices)).toHaveValue("20\n40\nsixty");
  await pricing.getByLabel(make.prices).fill("20\n40\n60");
  await pricing.getByRole("checkbox", { name: "Metis" }).check();
  await pricing.getByRole("button", { name: make.send }).click();
  await pricing.getByRole("button", { name: page.open }).click();
  await expect(pricing.getByRole("button", { name: page.close })).toBeVisible();
  const survey = new URL(pricing.url()).pathname.replace("/staff", "");

  // The owner reads Ukrainian.
  await owner.goto("/surveys");
  await owner.locator(`a[href="${survey}"]`).click();
  await owner.getByRole("button", { name: pageUk.asked.yes }).click();
  await expect(owner.getByRole("heading", { name: /60,00/ })).toBeVisible();
  await owner.getByRole("button", { name: pageUk.asked.no }).click();
  await expect(owner.getByText(pageUk.asked.thanks)).toBeVisible();
  await expect(owner.getByText(/40,00/)).toBeVisible();

  // Four prices that contradict each other come back with what was typed; put right, they stand.
  await owner.goto(`/surveys/${demoSurveys.own}`);
  const four = pageUk.asked.fields;
  const state = async (...prices: readonly [string, string, string, string]) => {
    for (const [at, field] of [four.tooCheap, four.cheap, four.expensive, four.tooExpensive].entries()) {
      await owner.getByLabel(field).fill(prices[at] ?? "");
    }
    await owner.getByRole("button", { name: pageUk.asked.send }).click();
  };
  await state("90", "80", "200", "280,50");
  await expect(owner.getByRole("alert")).toContainText(pageUk.refused.contradicts);
  await expect(owner.getByLabel(four.tooExpensive)).toHaveValue("280,50");
  await state("90", "140", "200", "280,50");
  await expect(owner.getByText(pageUk.asked.thanks)).toBeVisible();
  await examine(owner, "survey-stated");

  await pricing.reload();
  await pricing.getByLabel(new RegExp(staffEn.staff.ladder.cost)).fill("25");
  await pricing.getByRole("button", { name: staffEn.staff.ladder.show }).click();
  await expect(pricing.getByRole("columnheader", { name: staffEn.staff.ladder.contribution })).toBeVisible();
  await expect(pricing.getByRole("img", { name: staffEn.staff.ladder.chart })).toBeVisible();
  await examine(pricing, "survey-ladder");
  const download = pricing.waitForEvent("download");
  await pricing.getByRole("link", { name: page.csv }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toContain("40.00");

  await pricing.goto(`/staff/surveys/${demoSurveys.closed}`);
  await expect(pricing.getByRole("img", { name: staffEn.staff.meter.chart })).toBeVisible();
  await examine(pricing, "survey-meter");
});
