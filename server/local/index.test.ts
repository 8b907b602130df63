import { expect, test } from "vitest";
import { readSettings } from "~/kernel/env.server";
import { isForThisMachine, standsInForStripe } from "./index";

const reached = (settings: Record<string, string>) => isForThisMachine(readSettings(settings));

test("without settings an installation is for this machine alone", () => {
  expect(reached({})).toBe(true);
  expect(reached({ HOST: "::1", APP_ORIGIN: "http://[::1]:3000" })).toBe(true);
  expect(reached({ APP_ORIGIN: "http://127.0.0.1:4000" })).toBe(true);
});

test("what listens to the network, or stands behind a proxy's name, is not", () => {
  expect(reached({ HOST: "0.0.0.0" })).toBe(false);
  expect(reached({ HOST: "127.0.0.1", APP_ORIGIN: "https://tandem.example" })).toBe(false);
  expect(reached({ HOST: "127.0.0.1", APP_ORIGIN: "https://127.0.0.1.evil.example" })).toBe(false);
});

test("a key of Stripe's means Stripe, and production has no stand-in that nobody allowed", () => {
  const standsIn = (settings: Record<string, string>) => standsInForStripe(readSettings(settings));
  expect(standsIn({})).toBe(true);
  expect(standsIn({ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_WEBHOOK_SECRET: "whsec_x" })).toBe(false);
  const production = { NODE_ENV: "production", APP_ORIGIN: "https://portal.example", ALLOW_LOCAL_SERVICES: "1" };
  expect(standsIn(production)).toBe(true);
  expect(standsInForStripe({ ...readSettings(production), ALLOW_LOCAL_SERVICES: false })).toBe(false);
});
