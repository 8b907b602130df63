import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestSandbox, type TestSandbox } from "./test-sandbox";

/** How the stand-in speaks: keys, lists, what is put in the place of an id, refusals, webhooks, and what goes wrong on purpose. */

let sandbox: TestSandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  stripe = sandbox.stripe;
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  sandbox.endpoint.status = 200;
  await sandbox.control("faults", { clear: true });
  await sandbox.control("webhooks", { drop: 0, times: 1, shuffle: true });
  await sandbox.events();
  sandbox.told.length = 0;
});

const held = (key?: string) =>
  stripe.paymentIntents.create(
    { amount: 1_100_00, currency: "eur", capture_method: "manual", payment_method: "pm_card_visa", confirm: true },
    key ? { idempotencyKey: key } : {},
  );
const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => error,
  ) as Promise<Stripe.errors.StripeError>;

describe("a request with a key", () => {
  test("is done once, and answered the same each time", async () => {
    const first = await held("one-key");
    const again = await held("one-key");
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect(await failure(stripe.customers.create({ name: "other" }, { idempotencyKey: "one-key" }))).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
    });
  });

  test("keeps that a card was refused", async () => {
    const asked = () =>
      failure(
        stripe.paymentIntents.create(
          { amount: 100, currency: "eur", payment_method: "pm_card_visa_chargeDeclined", confirm: true },
          { idempotencyKey: "refused-key" },
        ),
      );
    const [one, two] = [await asked(), await asked()];
    expect([one.statusCode, two.statusCode]).toEqual([402, 402]);
    expect(one.payment_intent?.id).toBe(two.payment_intent?.id);
  });

  test("is refused while the same one is under way, and done once however many ask", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        held("twenty").then(
          ({ id }) => id,
          (error: Stripe.errors.StripeError) => error.statusCode,
        ),
      ),
    );
    const done = new Set(outcomes.filter((outcome) => typeof outcome === "string"));
    expect(done.size).toBe(1);
    expect(outcomes.every((outcome) => typeof outcome === "string" || outcome === 409)).toBe(true);
  });

  test("whose answer was lost was done, also after the stand-in has ended, and is found by its key", async () => {
    // The SDK asks a second time by itself when a line is cut.
    await sandbox.control("faults", { kind: "answer-lost", path: "/v1/payment_intents", times: 2 });
    expect(await failure(held("lost"))).toMatchObject({ type: "StripeConnectionError" });
    await sandbox.restart();
    const found = await held("lost");
    expect(found.lastResponse.headers["idempotent-replayed"]).toBe("true");
    expect((await stripe.paymentIntents.list({ limit: 2 })).data.filter(({ id }) => id === found.id)).toHaveLength(1);
  });
});

describe("what goes wrong on purpose", () => {
  test.each([
    ["error", 500],
    ["too-many", 429],
    ["no-key", 401],
  ] as const)("%s: refused with %d, nothing done, and done with the same key the next time", async (kind, status) => {
    const before = (await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id;
    await sandbox.control("faults", { kind, method: "POST" });
    expect((await failure(held(`fault-${kind}`))).statusCode).toBe(status);
    expect((await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id).toBe(before);
    expect((await held(`fault-${kind}`)).status).toBe("requires_capture");
  });

  test("silence: no answer, and nothing done", async () => {
    const intent = await held();
    await sandbox.control("faults", { kind: "silence", ending: "/capture" });
    expect(await failure(stripe.paymentIntents.capture(intent.id, {}, { timeout: 300 }))).toMatchObject({
      type: "StripeConnectionError",
    });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("requires_capture");
  });
});

describe("refusals", () => {
  test("nobody without the key", async () => {
    for (const authorization of ["", "Bearer sk_test_other", "Basic c2s6"]) {
      expect((await sandbox.raw("GET", "/v1/customers", undefined, { authorization })).status).toBe(401);
      expect((await sandbox.raw("POST", "/_sandbox/clock", "{}", { authorization })).status).toBe(401);
    }
  });

  test.each([
    ["POST", "/v1/customers", "frist_name=x", 400, "parameter_unknown", "frist_name"],
    ["POST", "/v1/payment_intents", "currency=eur", 400, "parameter_missing", "amount"],
    ["POST", "/v1/payment_intents", "amount=ten&currency=eur", 400, "parameter_invalid_integer", "amount"],
    ["POST", "/v1/payment_intents", "amount=0&currency=eur", 400, "parameter_invalid_integer", "amount"],
    ["POST", "/v1/payment_intents", "amount=1050&currency=isk", 400, undefined, "amount"],
    ["POST", "/v1/payment_intents", "amount=1005&currency=kwd", 400, undefined, "amount"],
    ["POST", "/v1/payment_intents", "amount=100&currency=eur&customer=cus_none", 400, "resource_missing", "customer"],
    ["POST", "/v1/payment_intents", "amount=100&amount=200&currency=eur", 400, undefined, undefined],
    ["GET", "/v1/payment_intents/pi_none", undefined, 404, "resource_missing", "intent"],
    ["GET", "/v1/customers?limit=101", undefined, 400, undefined, "limit"],
    ["GET", "/v1/customers?starting_after=cus_none", undefined, 400, "resource_missing", "starting_after"],
    ["GET", "/v1/customers?expand[]=data.name", undefined, 200, undefined, undefined],
    ["GET", "/v1/nothing", undefined, 404, undefined, undefined],
  ])("%s %s with %s: %d %s", async (method, path, body, status, code, param) => {
    const answer = await sandbox.raw(method, path, body);
    expect(answer.status).toBe(status);
    if (status === 200) return;
    const { error } = (await answer.json()) as { error: { code?: string; param?: string; message: string } };
    expect([error.code, error.param]).toEqual([code, param]);
    expect(error.message).not.toBe("");
  });

  test("another version of the API is not pretended to", async () => {
    expect((await sandbox.raw("GET", "/v1/customers", undefined, { "stripe-version": "2020-08-27" })).status).toBe(400);
  });

  test("a name that only leads here is not answered", async () => {
    const { request } = await import("node:http");
    const { port } = new URL(sandbox.address);
    const status = await new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port, path: "/c/pay/x", headers: { host: "evil.example" } }, (res) =>
        resolve(res.statusCode),
      )
        .on("error", reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe("lists and what stands in the place of an id", () => {
  test("are newest first, and read on from any object in both directions", async () => {
    const made: string[] = [];
    for (let at = 0; at < 7; at += 1) made.unshift((await stripe.customers.create({ email: "list@metis.example" })).id);
    const read: string[] = [];
    for await (const { id } of stripe.customers.list({ email: "list@metis.example", limit: 3 })) read.push(id);
    expect(read).toEqual(made);
    const before = await stripe.customers.list({ email: "list@metis.example", ending_before: made[4] ?? "", limit: 2 });
    expect(before.data.map(({ id }) => id)).toEqual(made.slice(2, 4));
    expect(before.has_more).toBe(true);
  });

  test("objects are put in the place of their ids, and nothing in the place of what is none", async () => {
    const intent = await stripe.paymentIntents.capture((await held()).id, {
      expand: ["latest_charge.balance_transaction"],
    });
    const charge = intent.latest_charge as Stripe.Charge;
    expect((charge.balance_transaction as Stripe.BalanceTransaction).object).toBe("balance_transaction");
    const listed = await stripe.paymentIntents.list({ limit: 1, expand: ["data.latest_charge"] });
    expect(listed.data).toMatchObject([{ latest_charge: { id: charge.id } }]);
    expect(await failure(stripe.paymentIntents.retrieve(intent.id, { expand: ["amount"] }))).not.toBeNull();
    expect(await failure(stripe.paymentIntents.retrieve(intent.id, { expand: ["nonsense"] }))).toMatchObject({
      param: "expand",
    });
  });
});

describe("webhooks", () => {
  test("are signed so that the SDK believes them, and no other", async () => {
    await stripe.customers.create({ name: "Ö" });
    await sandbox.events();
    const [one] = sandbox.told;
    const read = (body: string) =>
      stripe.webhooks.constructEventAsync(body, one?.signature ?? "", sandbox.webhookSecret);
    expect((await read(one?.body ?? "")).type).toBe("customer.created");
    await expect(read((one?.body ?? "").replace("Ö", "O"))).rejects.toThrow();
  });

  test("come again until somebody answers, and stay undelivered until then", async () => {
    sandbox.endpoint.status = 500;
    await stripe.customers.create({ name: "again" });
    await sandbox.events();
    const [first] = sandbox.told.map(({ body }) => JSON.parse(body) as Stripe.Event);
    expect((await stripe.events.list({ delivery_success: false })).data.map(({ id }) => id)).toEqual([first?.id]);
    sandbox.endpoint.status = 200;
    await sandbox.control("clock", { advance: 30 });
    await sandbox.events();
    expect(sandbox.told.length).toBe(2);
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
  });

  test("are dropped, doubled and told again when a test says so", async () => {
    await sandbox.control("webhooks", { drop: 1 });
    await stripe.customers.create({ name: "dropped" });
    expect(await sandbox.events()).toEqual([]);
    await sandbox.control("webhooks", { times: 5 });
    const { id } = await stripe.customers.create({ name: "doubled" });
    expect((await sandbox.events()).length).toBe(5);
    await sandbox.control("webhooks", { times: 1 });
    const [event] = (await stripe.events.list({ type: "customer.created", limit: 1 })).data;
    expect(event).toMatchObject({ data: { object: { id } } });
    sandbox.told.length = 0;
    expect(await sandbox.control("replay", { id: event?.id })).toEqual({ done: true });
    expect((await sandbox.events()).map((one) => one.id)).toEqual([event?.id]);
  });

  test("come in no order, unless a test wants one", async () => {
    await sandbox.control("webhooks", { shuffle: false });
    for (let at = 0; at < 5; at += 1) await stripe.customers.create({ name: `${at}` });
    const names = (await sandbox.events()).map(({ data }) => (data.object as Stripe.Customer).name);
    expect(names).toEqual(["0", "1", "2", "3", "4"]);
  });

  test("of another environment and account look like theirs", async () => {
    await sandbox.control("stray", { livemode: true, account: "acct_other" });
    expect(await sandbox.events()).toMatchObject([{ livemode: true, account: "acct_other" }]);
  });
});
