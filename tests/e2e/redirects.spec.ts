import type { APIResponse } from "@playwright/test";
import { demoPassword } from "../personas";
import { ELSEWHERE } from "./elsewhere";
import { expect, test } from "./journey";

/** Where the answer leads, resolved as a browser would; null when it leads nowhere. */
function leadsTo(answer: APIResponse, from: string): URL | null {
  const { location } = answer.headers();
  return location === undefined ? null : new URL(location, from);
}

test("there are sixty ways to ask for somewhere else, each of them once", () => {
  expect(new Set(ELSEWHERE).size).toBe(60);
});

test("signing in leads to a page of ours, wherever it was asked to lead", async ({ playwright, server }) => {
  test.setTimeout(120_000);
  const signIn = async (next: string, number: number) => {
    const headers = { Origin: server.origin, "X-Forwarded-For": `203.0.113.${number}` };
    const visitor = await playwright.request.newContext({ baseURL: server.origin, maxRedirects: 0 });
    const form = { email: "approver@metis.example", password: demoPassword, next };
    const answer = await visitor.post("/login", { form, headers });
    expect(answer.status(), JSON.stringify(next)).toBe(302);
    expect(leadsTo(answer, `${server.origin}/login`)?.origin, JSON.stringify(next)).toBe(server.origin);
    await visitor.dispose();
  };
  // A password takes a while to check, on purpose.
  for (let start = 0; start < ELSEWHERE.length; start += 6) {
    await Promise.all(ELSEWHERE.slice(start, start + 6).map((next, index) => signIn(next, start + index + 1)));
  }
});

test("no page carries the way elsewhere on, in a link, a form or a redirect", async ({ caller, server }) => {
  test.setTimeout(120_000);
  const nobody = await caller(null);
  const owner = await caller("owner@metis.example");
  const doors = [
    { visitor: nobody, path: "/login" },
    { visitor: nobody, path: "/login/code" },
    { visitor: nobody, path: "/confirm" },
    // Asked of whoever is signed in already, who then goes on with a form.
    { visitor: owner, path: "/confirm-identity" },
  ];
  for (const next of ELSEWHERE) {
    const query = new URLSearchParams({ next, back: next, redirect_to: next, type: "magiclink", token_hash: "x" });
    for (const { visitor, path } of doors) {
      const answer = await visitor.get(`${path}?${query}`);
      expect([200, 302, 422], `${path} ${JSON.stringify(next)}`).toContain(answer.status());
      expect(leadsTo(answer, server.origin)?.origin ?? server.origin, `${path} ${JSON.stringify(next)}`).toBe(
        server.origin,
      );
      const targets = [...(await answer.text()).matchAll(/(?:href|action|formaction|value)="([^"]*)"/g)];
      for (const [, target = ""] of targets) {
        const place = new URL(target.replaceAll("&amp;", "&"), server.origin);
        expect(place.origin, `${path} ${JSON.stringify(next)} leads to ${target}`).toBe(server.origin);
      }
    }
  }
});

test("choosing a language or an appearance leads back to a page of ours", async ({ caller, server }) => {
  const nobody = await caller(null);
  for (const back of ELSEWHERE) {
    const form = { theme: "dark", back };
    const answer = await nobody.post("/api/preferences", { form, headers: { Origin: server.origin } });
    expect(answer.status(), JSON.stringify(back)).toBe(302);
    expect(leadsTo(answer, server.origin)?.origin, JSON.stringify(back)).toBe(server.origin);
  }
});
