import AxeBuilder from "@axe-core/playwright";
import { DESKTOP, expect, PHONE, test } from "./journey";
import { pages } from "./pages";

/** Off in axe unless asked for: what a finger cannot hit. */
const ALSO = { rules: { "target-size": { enabled: true } } };

/** Widths and colours hardly depend on each other, and each look at a page takes a second or two. */
const LOOKS = [
  { viewport: DESKTOP, colorScheme: "light" },
  { viewport: PHONE, colorScheme: "dark" },
] as const;

for (const { path, login } of pages()) {
  test(`axe finds nothing to complain about on ${path}, at both widths, light and dark`, async ({ person, nobody }) => {
    const options = { reducedMotion: "reduce" as const };
    const page = login === null ? await nobody(options) : await person(login, options);
    await page.goto(path, { waitUntil: "load" });
    await expect(page.getByRole("main")).toBeVisible();
    for (const { viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).options(ALSO).analyze();
      const said = violations.map(
        (one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target).join("; ")})`,
      );
      expect(said, `${viewport.width} px, ${colorScheme}`).toEqual([]);
    }
  });
}
