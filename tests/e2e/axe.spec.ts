import AxeBuilder from "@axe-core/playwright";
import { DESKTOP, expect, PHONE, test } from "./journey";
import { pages } from "./pages";

/** Off in axe unless asked for: what a finger cannot hit. */
const ALSO = { rules: { "target-size": { enabled: true } } };

for (const { path, login } of pages()) {
  test(`axe finds nothing to complain about on ${path}, at both widths, light and dark`, async ({ person, nobody }) => {
    const options = { reducedMotion: "reduce" as const };
    const page = login === null ? await nobody(options) : await person(login, options);
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await page.goto(path, { waitUntil: "networkidle" });
      await expect(page.getByRole("main")).toBeVisible();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).options(ALSO).analyze();
        const said = violations.map(
          (one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target).join("; ")})`,
        );
        expect(said, `${viewport.width} px, ${colorScheme}`).toEqual([]);
      }
    }
  });
}
