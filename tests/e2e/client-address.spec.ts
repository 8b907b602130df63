import { type APIRequestContext, expect, test } from "@playwright/test";
import { startServer, type TestServer } from "./server";

// Limits are used up on purpose here, so each test has an installation of its own.
const ADDRESS_LIMIT = 50;

type Claims = Record<string, string>;

async function guess(browser: APIRequestContext, server: TestServer, number: number, claims: Claims): Promise<number> {
  const answer = await browser.post("/login", {
    form: { email: `nobody-${number}@nowhere.example`, password: "a guess" },
    headers: { Origin: server.origin, ...claims },
    maxRedirects: 0,
  });
  return answer.status();
}

async function guessOften(
  browser: APIRequestContext,
  server: TestServer,
  count: number,
  claims: (number: number) => Claims,
): Promise<number[]> {
  const statuses: number[] = [];
  for (let start = 0; start < count; start += 10) {
    const batch = Array.from({ length: Math.min(10, count - start) }, (_, index) => start + index);
    statuses.push(...(await Promise.all(batch.map((number) => guess(browser, server, number, claims(number))))));
  }
  return statuses;
}

test("nobody buys more guesses by claiming to come from elsewhere", async ({ playwright }) => {
  const server = await startServer();
  const browser = await playwright.request.newContext({ baseURL: server.origin });
  try {
    const claims = (number: number) => {
      const elsewhere = `203.0.113.${number}`;
      return {
        "X-Forwarded-For": elsewhere,
        "X-Real-IP": elsewhere,
        Forwarded: `for=${elsewhere}`,
        "X-Tandem-Client-Address": elsewhere,
      };
    };
    const statuses = await guessOften(browser, server, ADDRESS_LIMIT, claims);
    expect(new Set(statuses)).toEqual(new Set([422]));
    expect(await guess(browser, server, 200, claims(200))).toBe(429);
  } finally {
    await browser.dispose();
    await server.dispose();
  }
});

test("behind a configured proxy each visitor is counted alone, by what the proxy itself wrote down", async ({
  playwright,
}) => {
  const server = await startServer({ env: { TRUSTED_PROXIES: "127.0.0.1 ::1" } });
  const browser = await playwright.request.newContext({ baseURL: server.origin });
  try {
    // The proxy appends the address it saw; what stands before it came from the visitor.
    const claims = (number: number) => ({ "X-Forwarded-For": `198.51.100.${number}, 203.0.113.7` });
    await guessOften(browser, server, ADDRESS_LIMIT, claims);
    expect(await guess(browser, server, 200, claims(200))).toBe(429);
    expect(await guess(browser, server, 201, { "X-Forwarded-For": "203.0.113.8" })).toBe(422);
  } finally {
    await browser.dispose();
    await server.dispose();
  }
});
