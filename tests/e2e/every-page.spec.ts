import { examine, expect, test } from "./journey";
import { pages } from "./pages";

/** What a page's own policy must say. Scripts run by the nonce of their answer alone. */
function expectStrict(policy: string): void {
  const directive = (name: string) =>
    policy
      .split(";")
      .map((part) => part.trim())
      .find((part) => part.startsWith(`${name} `)) ?? "";
  expect(directive("script-src")).toMatch(/'nonce-[A-Za-z0-9+/_-]{16,}={0,2}'/);
  expect(directive("script-src")).not.toContain("unsafe");
  expect(directive("style-src")).not.toContain("unsafe-inline");
  expect(directive("object-src")).toBe("object-src 'none'");
  expect(directive("base-uri")).toMatch(/'(none|self)'/);
  expect(directive("frame-ancestors")).toMatch(/'(none|self)'/);
  expect(directive("form-action")).toContain("'self'");
}

// Pages shown to a guest, or to somebody half signed in, are examined by the journeys that lead to them:
// EXAMINED_ON_THE_WAY in pages.ts, held to it by tests/architecture/pages.test.ts.
for (const { route, path, login } of pages()) {
  test(`${path} keeps a strict policy of its own, of which the browser reports nothing, and axe finds nothing at both widths, light and dark`, async ({
    person,
    nobody,
  }) => {
    const options = { reducedMotion: "reduce" as const };
    const page = login === null ? await nobody(options) : await person(login, options);
    const reported: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) reported.push(message.text());
    });
    page.on("pageerror", (error) => reported.push(error.message));
    const answer = await page.goto(path, { waitUntil: "networkidle" });
    expect(answer?.status()).toBe(route === "routes/$" ? 404 : 200);
    await expect(page.getByRole("main")).toBeVisible();
    // Outside of the app's own routes there is no script that a nonce could be for.
    if (route.startsWith("routes/")) expectStrict((await answer?.headerValue("content-security-policy")) ?? "");
    await examine(page, `page-${route.replace(/^routes\//, "").replaceAll(" ", "-")}`);
    expect(reported).toEqual([]);
  });
}
