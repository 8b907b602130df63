import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readSettings } from "~/kernel/env.server";
import { adminUrl } from "../../tests/database";
import { startLocalServices } from "./index";

const folder = mkdtempSync(join(tmpdir(), "tandem-stripe-"));
const before = { ...process.env };
const log = { warn: (_: object, message: string) => process.stderr.write(`${message}\n`) };

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

const settings = (more: Record<string, string> = {}) =>
  readSettings({ ...before, MIGRATION_DATABASE_URL: adminUrl, DATA_DIR: folder, ...more });

const ask = (path: string, key = process.env.STRIPE_SECRET_KEY ?? "") =>
  fetch(`${process.env.STRIPE_PROTOCOL}://${process.env.STRIPE_HOST}:${process.env.STRIPE_PORT}${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });

test("without a key of Stripe's the environment leads to a stand-in that answers, with the same keys after every start", async () => {
  const local = await startLocalServices(settings(), folder, () => {});
  const keys = [process.env.STRIPE_SECRET_KEY, process.env.STRIPE_WEBHOOK_SECRET];
  const stripe = await local.startStripe?.(log);
  expect((await ask("/v1/customers", "sk_test_another")).status).toBe(401);
  expect(await (await ask("/v1/customers")).json()).toMatchObject({ object: "list", data: [] });
  await stripe?.close();

  const again = await startLocalServices(settings(), folder, () => {});
  expect([process.env.STRIPE_SECRET_KEY, process.env.STRIPE_WEBHOOK_SECRET]).toEqual(keys);
  const second = await again.startStripe?.(log);
  expect((await ask("/v1/customers")).status).toBe(200);
  await second?.close();
});

test("with a key of Stripe's nothing stands in, and the environment says what was configured", async () => {
  const given = { STRIPE_SECRET_KEY: "sk_test_theirs", STRIPE_WEBHOOK_SECRET: "whsec_theirs" };
  const local = await startLocalServices(settings(given), folder, () => {});
  expect(local.startStripe).toBeNull();
  expect(process.env.STRIPE_HOST).toBe(before.STRIPE_HOST);
});

test("a port that is taken is named in a sentence before anything starts", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = String(typeof address === "object" ? address?.port : "");
  await expect(startLocalServices(settings({ LOCAL_STRIPE_PORT: port }), folder, () => {})).rejects.toThrow(
    `Port ${port} is in use: stop what listens there, or choose another with LOCAL_STRIPE_PORT.`,
  );
  other.close();
});
