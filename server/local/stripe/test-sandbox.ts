import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { adminUrl } from "../../../tests/database";
import { makeSandboxTables, sandboxKeys, startStripeSandbox } from "./index";

/** A stand-in on the test's own database, the unchanged SDK, and an endpoint that keeps what it is told. For tests only. */
export interface TestSandbox {
  readonly stripe: Stripe;
  readonly address: string;
  /** Bodies and signatures, as they came. */
  readonly told: { body: string; signature: string }[];
  readonly webhookSecret: string;
  /** What the endpoint answers with from now on. */
  endpoint: { status: number };
  control(name: string, body?: object): Promise<Record<string, unknown>>;
  /** What the endpoint was told, once everything that is due has been. */
  events(): Promise<Stripe.Event[]>;
  /** Sends a form of a page of checkout, as a browser does without scripts. */
  submit(path: string, fields: Record<string, string>, origin?: string): Promise<Response>;
  /** A request of our own making: what the SDK would never send. */
  raw(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  /** Ends the stand-in and starts it again on the same tables. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startTestSandbox(): Promise<TestSandbox> {
  const databaseUrl = process.env.GATEWAY_DATABASE_URL;
  if (!databaseUrl) throw new Error("This helper needs the database of tests/database.ts");
  await makeSandboxTables(adminUrl);
  const { secretKey, webhookSecret } = sandboxKeys("for tests only");
  const told: TestSandbox["told"] = [];
  const endpoint = { status: 200 };
  const hearer = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on("data", (piece: Buffer) => pieces.push(piece));
    req.on("end", () => {
      told.push({
        body: Buffer.concat(pieces).toString("utf8"),
        signature: String(req.headers["stripe-signature"]),
      });
      res.writeHead(endpoint.status).end();
    });
  });
  await new Promise<void>((resolve) => hearer.listen(0, "127.0.0.1", resolve));
  const webhookUrl = `http://127.0.0.1:${(hearer.address() as AddressInfo).port}/webhooks/stripe`;
  const log = {
    warn: (details: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  };
  const start = (port: number) => startStripeSandbox({ databaseUrl, port, secretKey, webhookSecret, webhookUrl, log });
  let sandbox = await start(0);
  const { port, address } = sandbox;
  const raw: TestSandbox["raw"] = (method, path, body, headers) =>
    fetch(`${address}${path}`, {
      method,
      redirect: "manual",
      headers: { authorization: `Bearer ${secretKey}`, ...headers },
      ...(body !== undefined && { body }),
    });
  return {
    stripe: new Stripe(secretKey, { host: "127.0.0.1", port, protocol: "http", maxNetworkRetries: 0, timeout: 10_000 }),
    address,
    told,
    webhookSecret,
    endpoint,
    raw,
    control: async (name, body = {}) => {
      const answer = await raw("POST", `/_sandbox/${name}`, JSON.stringify(body));
      if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    },
    events: async () => {
      await raw("POST", "/_sandbox/clock", JSON.stringify({ advance: 1 }));
      await raw("POST", "/_sandbox/quiet");
      return told.map(({ body }) => JSON.parse(body) as Stripe.Event);
    },
    submit: (path, fields, origin = address) =>
      fetch(`${address}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { origin, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
      }),
    restart: async () => {
      await sandbox.close();
      sandbox = await start(port);
    },
    stop: async () => {
      await sandbox.close();
      hearer.close();
    },
  };
}
