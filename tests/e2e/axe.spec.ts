import { examine, expect, test } from "./journey";
import { pages } from "./pages";

// Pages shown to a guest, or to somebody half signed in, are examined by the journeys that lead to them:
// EXAMINED_ON_THE_WAY in pages.ts, held to it by tests/architecture/pages.test.ts.
for (const { route, path, login } of pages()) {
  test(`axe finds nothing to complain about on ${path}, at both widths, light and dark`, async ({ person, nobody }) => {
    const options = { reducedMotion: "reduce" as const };
    const page = login === null ? await nobody(options) : await person(login, options);
    const answer = await page.goto(path, { waitUntil: "load" });
    expect(answer?.status()).toBe(route === "routes/$" ? 404 : 200);
    await expect(page.getByRole("main")).toBeVisible();
    await examine(page, `page-${route.replace(/^routes\//, "").replaceAll(" ", "-")}`);
  });
}
