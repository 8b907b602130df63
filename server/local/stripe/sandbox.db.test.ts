import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox, type TestSandbox } from "./test-sandbox";

/** The stand-in for Stripe, asked through the unchanged SDK. */

let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  await sandbox.events();
  sandbox.told.length = 0;
  await sandbox.control("faults", { clear: true });
});

const DAY = 86_400;
const held = (more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 1_100_00,
    currency: "eur",
    capture_method: "manual",
    payment_method: "pm_card_visa",
    confirm: true,
    ...more,
  });
const refusal = async (asked: Promise<unknown>): Promise<Stripe.errors.StripeError> => {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Stripe.errors.StripeError)) throw new Error(`It was not refused: ${String(error)}`);
  return error;
};
const typesOf = (events: readonly Stripe.Event[]) => events.map(({ type }) => type).sort();
const openSession = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  stripe.checkout.sessions.create({
    mode: "payment",
    line_items: [
      { price_data: { currency: "eur", unit_amount: 1_100_00, product_data: { name: "Lamp, IP65" } }, quantity: 10 },
    ],
    payment_intent_data: { capture_method: "manual", metadata: { offer: "o1" } },
    success_url: "http://localhost:3000/offers/o1?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://localhost:3000/offers/o1",
    customer_email: "owner@metis.example",
    client_reference_id: "o1",
    ...more,
  });
const pay = (session: Stripe.Checkout.Session, card: string) =>
  sandbox.submit(`/c/pay/${session.id}`, { card, name: "Оксана Левчук", do: "pay" });

describe("money is held, taken and let go", () => {
  test("a hold is captured once, and the money and its fee stand in the balance", async () => {
    const intent = await held();
    expect(intent).toMatchObject({ status: "requires_capture", amount_capturable: 1_100_00, amount_received: 0 });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge));
    expect(charge).toMatchObject({ captured: false, paid: true, status: "succeeded" });
    expect(charge.payment_method_details?.card?.capture_before).toBe(charge.created + 7 * DAY);
    const taken = await stripe.paymentIntents.capture(intent.id);
    expect(taken).toMatchObject({ status: "succeeded", amount_capturable: 0, amount_received: 1_100_00 });
    const again = await refusal(stripe.paymentIntents.capture(intent.id));
    expect(again).toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
    const [money] = (await stripe.balanceTransactions.list({ source: charge.id })).data;
    expect(money).toMatchObject({ amount: 1_100_00, fee: 1675, net: 108_325, type: "charge" });
    expect(typesOf(await sandbox.events())).toEqual([
      "charge.captured",
      "charge.succeeded",
      "payment_intent.amount_capturable_updated",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
  });

  test("part of a hold is taken and the rest let go; more than is held is refused", async () => {
    const intent = await held();
    expect(await refusal(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 1_100_01 }))).toMatchObject({
      code: "amount_too_large",
    });
    const taken = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 950_00 });
    expect(taken).toMatchObject({ status: "succeeded", amount_received: 950_00, amount_capturable: 0 });
  });

  test("a hold that is cancelled can neither be taken nor cancelled again", async () => {
    const intent = await held();
    const ended = await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: "requested_by_customer" });
    expect(ended).toMatchObject({
      status: "canceled",
      cancellation_reason: "requested_by_customer",
      amount_capturable: 0,
    });
    for (const asked of [stripe.paymentIntents.capture(intent.id), stripe.paymentIntents.cancel(intent.id)]) {
      expect(await refusal(asked)).toMatchObject({ code: "payment_intent_unexpected_state" });
    }
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({
      refunded: true,
      captured: false,
    });
  });

  test("a hold ends by the clock after seven days, and not before", async () => {
    const intent = await held();
    await sandbox.control("clock", { advance: 7 * DAY - 60 });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("requires_capture");
    await sandbox.control("clock", { advance: 120 });
    const ended = await stripe.paymentIntents.retrieve(intent.id);
    expect(ended).toMatchObject({ status: "canceled", cancellation_reason: "automatic" });
    expect(typesOf(await sandbox.events())).toEqual(
      expect.arrayContaining(["charge.expired", "payment_intent.canceled"]),
    );
  });

  test("a hold grows where that was asked for, and nowhere else", async () => {
    const plain = await held();
    expect(await refusal(stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 1_200_00 }))).toMatchObject({
      code: "incremental_authorization_not_supported",
    });
    const growing = await held({
      payment_method_options: { card: { request_incremental_authorization: "if_available" } },
    });
    const more = await stripe.paymentIntents.incrementAuthorization(growing.id, { amount: 1_200_00 });
    expect(more).toMatchObject({ amount: 1_200_00, amount_capturable: 1_200_00 });
    expect(await refusal(stripe.paymentIntents.incrementAuthorization(growing.id, { amount: 900_00 }))).toMatchObject({
      param: "amount",
    });
  });

  test("of fifty captures and cancels at the same time one wins", async () => {
    const intent = await held();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        (at % 2 === 0 ? stripe.paymentIntents.capture(intent.id) : stripe.paymentIntents.cancel(intent.id)).then(
          () => "done",
          () => "refused",
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  });
});

describe("cards do what Stripe's documentation says of them", () => {
  test.each([
    ["pm_card_visa_chargeDeclined", "card_declined", "generic_decline"],
    ["pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
    ["pm_card_chargeDeclinedExpiredCard", "expired_card", ""],
    ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", ""],
    ["pm_card_chargeDeclinedProcessingError", "processing_error", ""],
  ])("%s is refused with %s", async (card, code, decline) => {
    const refused = await refusal(held({ payment_method: card }));
    expect(refused).toMatchObject({ type: "StripeCardError", statusCode: 402, code, decline_code: decline });
    const [intent] = (await stripe.paymentIntents.list({ limit: 1 })).data;
    expect(intent).toMatchObject({ status: "requires_payment_method", last_payment_error: { code } });
    expect(await stripe.charges.retrieve(String(intent?.latest_charge))).toMatchObject({
      status: "failed",
      failure_code: code,
    });
  });

  test("a card that asks its holder waits for them, and without them is refused", async () => {
    const asked = await held({
      payment_method: "pm_card_authenticationRequired",
      return_url: "http://localhost:3000/back",
    });
    expect(asked).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    const page = new URL(asked.next_action?.redirect_to_url?.url ?? "");
    expect((await sandbox.submit(page.pathname, { do: "yes" })).headers.get("location")).toContain(
      "redirect_status=succeeded",
    );
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe("requires_capture");
    expect(await refusal(held({ payment_method: "pm_card_authenticationRequired", off_session: true }))).toMatchObject({
      code: "authentication_required",
    });
  });

  test("a card that is saved is charged without its holder, and one that fails later is saved and refused", async () => {
    const customer = await stripe.customers.create({ email: "owner@metis.example", name: "Metis" });
    const save = async (card: string) => {
      const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: card, confirm: true });
      expect(setup.status).toBe("succeeded");
      return held({ customer: customer.id, payment_method: String(setup.payment_method), off_session: true });
    };
    expect((await save("pm_card_visa")).status).toBe("requires_capture");
    expect(await refusal(save("pm_card_chargeCustomerFail"))).toMatchObject({ code: "card_declined" });
    expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(2);
  });

  test("a payment is disputed afterwards; who wins has the money back", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 500_00,
      currency: "eur",
      payment_method: "pm_card_createDispute",
      confirm: true,
    });
    await sandbox.control("clock", { advance: 5 });
    const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
    expect(dispute).toMatchObject({ amount: 500_00, status: "needs_response" });
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
      code: "charge_disputed",
    });
    const won = await stripe.disputes.update(dispute?.id ?? "", {
      evidence: { uncategorized_text: "winning_evidence" },
      submit: true,
    });
    expect(won).toMatchObject({ status: "won", evidence_details: { has_evidence: true, submission_count: 1 } });
    expect(typesOf(await sandbox.events())).toEqual(
      expect.arrayContaining(["charge.dispute.closed", "charge.dispute.created", "charge.dispute.funds_reinstated"]),
    );
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({ disputed: false });
  });

  test("a refund that the bank sends back is failed, and can be made again", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 500_00,
      currency: "eur",
      payment_method: "pm_card_refundFail",
      confirm: true,
    });
    const made = await stripe.refunds.create({ payment_intent: intent.id, amount: 200_00 });
    expect(made.status).toBe("succeeded");
    await sandbox.control("clock", { advance: 5 });
    expect(await stripe.refunds.retrieve(made.id)).toMatchObject({ status: "failed" });
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({ amount_refunded: 0 });
    const total = (await stripe.balanceTransactions.list({ source: made.id })).data.reduce(
      (sum, { amount }) => sum + amount,
      0,
    );
    expect(total).toBe(0);
  });
});

describe("money is given back", () => {
  test("never more than was taken, however many ask at once", async () => {
    const intent = await stripe.paymentIntents.create({
      amount: 100_00,
      currency: "eur",
      payment_method: "pm_card_visa",
      confirm: true,
    });
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        stripe.refunds.create({ payment_intent: intent.id, amount: 30_00 }).then(
          () => 30_00,
          () => 0,
        ),
      ),
    );
    expect(outcomes.reduce((sum, amount) => sum + amount, 0)).toBe(90_00);
    await stripe.refunds.create({ payment_intent: intent.id });
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
      code: "charge_already_refunded",
    });
    const whole = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] });
    expect(whole).toMatchObject({ refunded: true, amount_refunded: 100_00 });
    expect(whole.refunds?.data).toHaveLength(4);
  });

  test("a hold is not refunded", async () => {
    const intent = await held();
    expect(await refusal(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ statusCode: 400 });
  });
});

describe("the hosted page", () => {
  test("holds an amount, without a script, and leads back; its time of asking is over then", async () => {
    const session = await openSession({ locale: "ru" });
    expect(session).toMatchObject({
      status: "open",
      payment_status: "unpaid",
      payment_intent: null,
      amount_total: 11_000_00,
    });
    const page = await (await sandbox.raw("GET", new URL(session.url ?? "").pathname)).text();
    expect(page).toContain("тест: деньги не движутся");
    expect(page).toContain("Lamp, IP65");
    expect(page).not.toContain("<script");
    const paid = await pay(session, "4242424242424242");
    expect(paid.status).toBe(303);
    expect(paid.headers.get("location")).toBe(`http://localhost:3000/offers/o1?session=${session.id}`);
    const done = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ["payment_intent.latest_charge", "line_items"],
    });
    expect(done).toMatchObject({ status: "complete", payment_status: "unpaid", url: null });
    const intent = done.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({ status: "requires_capture", metadata: { offer: "o1" }, amount: 11_000_00 });
    expect((intent.latest_charge as Stripe.Charge).billing_details.name).toBe("Оксана Левчук");
    expect(done.line_items?.data[0]).toMatchObject({
      quantity: 10,
      amount_total: 11_000_00,
      description: "Lamp, IP65",
    });
    await stripe.paymentIntents.capture(intent.id);
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
    expect((await pay(session, "4242424242424242")).status).toBe(200);
    expect((await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id).toBe(intent.id);
  });

  test("says why a card was refused, keeps what was typed, and takes another one for the same payment", async () => {
    const session = await openSession({ locale: "en" });
    const refused = await pay(session, "4000000000009995");
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain("There is not enough money on this card.");
    expect(page).toContain("Оксана Левчук");
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    expect((await pay(session, "4242424242424242")).status).toBe(303);
    const tried = (await stripe.charges.list({ limit: 2 })).data;
    expect(tried.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
    expect(new Set(tried.map(({ payment_intent: of }) => of)).size).toBe(1);
  });

  test("asks the holder, who may refuse, and is open until they agree", async () => {
    const session = await openSession();
    const asked = await pay(session, "4000002760003184");
    const proof = asked.headers.get("location") ?? "";
    expect(proof).toMatch(/^\/c\/prove\/pi_/);
    expect((await sandbox.submit(proof, { do: "no" })).headers.get("location")).toBe(`/c/pay/${session.id}`);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
    const second = (await pay(session, "4000002760003184")).headers.get("location") ?? "";
    expect((await sandbox.submit(second, { do: "yes" })).headers.get("location")).toContain(session.id);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
  });

  test("saves a card for later in setup mode", async () => {
    const customer = await stripe.customers.create({ email: "owner@metis.example" });
    const session = await stripe.checkout.sessions.create({
      mode: "setup",
      currency: "eur",
      customer: customer.id,
      success_url: "http://localhost:3000/back",
    });
    expect((await pay(session, "4242424242424242")).status).toBe(303);
    const setup = await stripe.setupIntents.retrieve(String(session.setup_intent));
    expect(setup).toMatchObject({ status: "succeeded", customer: customer.id });
    expect(
      (await held({ customer: customer.id, payment_method: String(setup.payment_method), off_session: true })).status,
    ).toBe("requires_capture");
  });

  test("takes no form from another site, no card that is none, and nobody after its time", async () => {
    const session = await openSession({ locale: "en" });
    expect(
      (await sandbox.submit(`/c/pay/${session.id}`, { card: "4242424242424242" }, "http://evil.example")).status,
    ).toBe(403);
    expect(await (await sandbox.submit(`/c/pay/${session.id}`, { number: "1234" })).text()).toContain(
      "This is no number of a card.",
    );
    expect(await (await sandbox.submit(`/c/pay/${session.id}`, { number: "4111 1111 1111 1111" })).text()).toContain(
      "Only test cards work here.",
    );
    await sandbox.control("clock", { advance: DAY + 60 });
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    expect((await pay(session, "4242424242424242")).status).toBe(410);
    expect(await refusal(stripe.checkout.sessions.expire(session.id))).toMatchObject({ statusCode: 400 });
  });
});
