import { createHmac } from "node:crypto";
import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "../../server/local/stripe/index";
import { startTestSandbox, type TestSandbox } from "../../server/local/stripe/test-sandbox";
import { asSuperuser } from "../../tests/database";
import { requireStripe, takeEvent } from "./stripe-events.server";

/** What the stand-in tells, signed as Stripe does, and handed to the door of events. */

const PREVIOUS = "whsec_of_last_year";
const { secretKey, webhookSecret } = sandboxKeys("for tests only");
Object.assign(process.env, {
  STRIPE_SECRET_KEY: secretKey,
  STRIPE_WEBHOOK_SECRET: webhookSecret,
  STRIPE_PREVIOUS_WEBHOOK_SECRET: PREVIOUS,
});

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(() => asSuperuser("delete from stripe_events"));

type Told = { body: string; signature: string };
const signed = (body: string, secret = webhookSecret, at = Math.floor(Date.now() / 1000)): Told => ({
  body,
  signature: `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`,
});
const request = ({ body, signature }: Told) =>
  new Request("http://localhost:3000/api/stripe/events", {
    method: "POST",
    body,
    headers: { "stripe-signature": signature },
  });
const tell = async (told: Told) => takeEvent(await requireStripe(request(told)));
const refused = async (told: Told) => {
  const thrown = await requireStripe(request(told)).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof Response)) throw new Error(`It was let in: ${String(thrown)}`);
  return { status: thrown.status, ...((await thrown.json()) as object) };
};
const kept = () =>
  asSuperuser<{ id: string; kind: string; object_id: string; payload: Stripe.Event }>(
    "select id, kind, object_id, payload from stripe_events order by id",
  );

const WRONG = { status: 403, why: "wrong-signature" };
const event = (more: object = {}) =>
  JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "payment_intent.canceled",
    created: 1_795_000_000,
    livemode: false,
    data: { object: { id: "pi_1" } },
    ...more,
  });

test("what really happened is kept once, however often and in whatever order it is told", async () => {
  const intent = await sandbox.stripe.paymentIntents.create({
    amount: 110_000,
    currency: "eur",
    capture_method: "manual",
    payment_method: "pm_card_visa",
    confirm: true,
  });
  await sandbox.stripe.paymentIntents.capture(intent.id);
  const events = await sandbox.events();
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["payment_intent.amount_capturable_updated", "payment_intent.succeeded"]),
  );
  const five = sandbox.told.flatMap((told) => Array.from({ length: 5 }, () => told));
  const shuffled = five.map((told, at) => ({ told, key: (at * 7919) % five.length })).sort((a, b) => a.key - b.key);
  const answers = await Promise.all(shuffled.map(({ told }) => tell(told)));

  expect(answers.filter(({ known }) => !known)).toHaveLength(events.length);
  const rows = await kept();
  expect(rows.map(({ id }) => id)).toEqual(events.map(({ id }) => id).sort());
  const succeeded = events.find(({ type }) => type === "payment_intent.succeeded");
  expect(rows.find(({ id }) => id === succeeded?.id)).toMatchObject({ object_id: intent.id, payload: succeeded });
});

test("a secret that is being renewed lets in what was signed with either", async () => {
  expect(await tell(signed(event()))).toEqual({ known: false });
  expect(await tell(signed(event(), PREVIOUS))).toEqual({ known: true });
  expect(await tell(signed(event({ id: "evt_2" }), PREVIOUS))).toEqual({ known: false });
});

test("what is not signed, changed on the way, or told an hour late is refused and kept nowhere", async () => {
  const body = event();
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  expect(await refused({ body, signature: "" })).toEqual(WRONG);
  expect(await refused(signed(body, "whsec_guessed"))).toEqual(WRONG);
  expect(await refused({ ...signed(body), body: body.replace("pi_1", "pi_2") })).toEqual(WRONG);
  expect(await refused(signed(body, webhookSecret, hourAgo))).toEqual(WRONG);
  expect(await refused(signed("not json"))).toEqual(WRONG);
  expect(await kept()).toEqual([]);
});

test("a signature of a time to come lets an event in once, as any other does", async () => {
  const tomorrow = signed(event(), webhookSecret, Math.floor(Date.now() / 1000) + 86_400);
  expect([await tell(tomorrow), await tell(tomorrow)]).toEqual([{ known: false }, { known: true }]);
});

test("an event of another environment or of another account is refused, though its signature is right", async () => {
  const foreign = { status: 403, why: "another-environment" };
  expect(await refused(signed(event({ livemode: true })))).toEqual(foreign);
  expect(await refused(signed(event({ account: "acct_1" })))).toEqual(foreign);
  expect(await kept()).toEqual([]);
});
