import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { createApi } from "./api";
import { openClock } from "./clock";
import { type ControlParts, control } from "./controls";
import { Faults } from "./faults";
import { visit } from "./paying";
import { Problem } from "./problem";
import { API_VERSION } from "./store";
import { type HookLog, startHooks } from "./webhooks";

const TABLES = fileURLToPath(new URL("../../../supabase/stripe-sandbox.sql", import.meta.url));
const LARGEST_BODY = 1024 * 1024;

export interface StripeSandbox {
  /** Where browsers find its pages, and the SDK its API. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Keys of a stand-in, made from a secret of the installation: the same after every start. */
export function sandboxKeys(secret: string): { secretKey: string; webhookSecret: string } {
  const made = (what: string) => createHmac("sha256", secret).update(what).digest("hex");
  return {
    secretKey: `sk_test_${made("stripe key").slice(0, 40)}`,
    webhookSecret: `whsec_${made("stripe webhooks").slice(0, 40)}`,
  };
}

/** Makes the tables of the stand-in where they are not there. @param adminUrl the role that migrates */
export async function makeSandboxTables(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(readFileSync(TABLES, "utf8"));
  } finally {
    await client.end();
  }
}

/**
 * Starts what stands in for Stripe on this machine: its API for the SDK, pages of checkout, signed webhooks, and what tests may
 * do. It listens on loopback alone, and no money moves.
 * @param databaseUrl the login of the gateway; @param port 0 for any; @param webhookUrl null: nobody is told
 */
export async function startStripeSandbox(options: {
  databaseUrl: string;
  port: number;
  secretKey: string;
  webhookSecret: string;
  webhookUrl: string | null;
  log: HookLog;
}): Promise<StripeSandbox> {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: 10,
    application_name: "tandem stripe sandbox",
  });
  pool
    .on("error", (error) =>
      options.log.warn({ error: error.message }, "The Stripe stand-in lost a database connection"),
    )
    .on("connect", (client) => client.on("error", () => undefined));
  const clock = await openClock(pool);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const address = `http://localhost:${port}`;
  const api = createApi({ pool, now: clock.now, address, hasEndpoint: options.webhookUrl !== null });
  const hooks = startHooks({
    pool,
    url: options.webhookUrl,
    secret: options.webhookSecret,
    nowMs: clock.nowMs,
    log: options.log,
  });
  const faults = new Faults();
  const parts: ControlParts = {
    api,
    clock,
    faults,
    hooks,
    replay: async (eventId) => {
      const { rowCount } = await pool.query(
        "insert into stripe_sandbox.deliveries (event_id, due_ms) select id, $2 from stripe_sandbox.objects where id = $1 and kind = 'event'",
        [eventId, clock.nowMs()],
      );
      return rowCount === 1;
    },
  };
  const due = setInterval(() => void api.within(async () => undefined).then(hooks.nudge, () => undefined), 1000);
  due.unref();
  const own = { key: options.secretKey, address, port };
  server.on("request", (req, res) => {
    answer(parts, own, req, res).catch((error: Error) => {
      options.log.warn({ error: error.message }, "The Stripe stand-in failed");
      if (res.headersSent) res.destroy();
      else json(res, 500, { error: { type: "api_error", message: "An unknown error occurred." } });
    });
  });
  return {
    address,
    port,
    close: async () => {
      clearInterval(due);
      server.close();
      server.closeAllConnections();
      await hooks.close();
      await pool.end();
    },
  };
}

async function answer(
  parts: ControlParts,
  own: { key: string; address: string; port: number },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  // A name that leads here from a page elsewhere is none of ours.
  if (!["localhost", "127.0.0.1"].includes((req.headers.host ?? "").replace(/:\d+$/, ""))) {
    json(res, 421, { error: { type: "invalid_request_error", message: "This host is not served here." } });
    return;
  }
  const { pathname: path, search: query } = new URL(req.url ?? "/", own.address);
  const method = req.method ?? "GET";
  const body = await bodyOf(req);
  if (path.startsWith("/c/")) {
    await answerPage(parts, own.address, req, res, { method, path, body });
    return;
  }
  if (!hasKey(req.headers.authorization, own.key)) {
    json(res, 401, {
      error: {
        type: "invalid_request_error",
        message:
          "You did not provide the API key of this stand-in. Set your secret key in the Authorization header: 'Authorization: Bearer YOUR_SECRET_KEY'.",
      },
    });
    return;
  }
  if (path.startsWith("/_sandbox/")) {
    await answerControl(parts, method, path, body, res);
    return;
  }
  await answerApi(parts, { method, path, query, body, req }, res);
}

async function answerApi(
  { api, faults, hooks }: ControlParts,
  {
    method,
    path,
    query,
    body,
    req,
  }: { method: string; path: string; query: string; body: string; req: IncomingMessage },
  res: ServerResponse,
): Promise<void> {
  const version = req.headers["stripe-version"];
  if (version !== undefined && version !== API_VERSION) {
    json(res, 400, {
      error: {
        type: "invalid_request_error",
        message: `Invalid Stripe API version: ${version}. This stand-in speaks ${API_VERSION}.`,
      },
    });
    return;
  }
  const fault = faults.strike(method, path);
  if (fault === "silence") return;
  if (fault === "error") json(res, 500, { error: { type: "api_error", message: "An unknown error occurred." } });
  if (fault === "too-many")
    json(res, 429, {
      error: {
        type: "invalid_request_error",
        code: "rate_limit",
        message: "Too many requests hit the API too quickly.",
      },
    });
  if (fault === "no-key")
    json(res, 401, {
      error: { type: "invalid_request_error", code: "api_key_expired", message: "Expired API Key provided." },
    });
  if (res.headersSent) return;
  const key = req.headers["idempotency-key"];
  const reply = await api.answer({
    method,
    path,
    query: query.slice(1),
    body,
    key: typeof key === "string" ? key : null,
  });
  hooks.nudge();
  if (fault === "answer-lost") {
    req.socket.destroy();
    return;
  }
  json(res, reply.status, reply.body, {
    "request-id": reply.requestId,
    "stripe-version": API_VERSION,
    ...(typeof key === "string" && { "idempotency-key": key, "original-request": reply.requestId }),
    ...(reply.replayed && { "idempotent-replayed": "true" }),
  });
}

async function answerControl(
  parts: ControlParts,
  method: string,
  path: string,
  body: string,
  res: ServerResponse,
): Promise<void> {
  try {
    const done = method === "POST" ? await control(parts, path.slice("/_sandbox/".length), body) : null;
    json(
      res,
      done ? 200 : 404,
      done ?? { error: { type: "invalid_request_error", message: "There is no such control." } },
    );
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    json(res, error.status, { error: error.body });
  }
}

async function answerPage(
  { api, hooks }: ControlParts,
  address: string,
  req: IncomingMessage,
  res: ServerResponse,
  { method, path, body }: { method: string; path: string; body: string },
): Promise<void> {
  if (method === "POST" && ![address, address.replace("localhost", "127.0.0.1")].includes(req.headers.origin ?? "")) {
    json(res, 403, { error: { type: "invalid_request_error", message: "This form was sent from another site." } });
    return;
  }
  const form = new URLSearchParams(method === "POST" ? body : "");
  const answered = await visit(api, address, { method, path, form, acceptLanguage: req.headers["accept-language"] });
  hooks.nudge();
  if (!answered) {
    json(res, 404, { error: { type: "invalid_request_error", message: "There is no such page." } });
    return;
  }
  res.writeHead(answered.status, answered.headers).end(answered.body);
}

/** As `Bearer <key>`, or as the user of basic authentication. */
function hasKey(header: string | undefined, key: string): boolean {
  const [scheme = "", value = ""] = (header ?? "").split(" ");
  const given = scheme === "Basic" ? (Buffer.from(value, "base64").toString().split(":")[0] ?? "") : value;
  return given.length === key.length && timingSafeEqual(Buffer.from(given), Buffer.from(key));
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of req as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= LARGEST_BODY) pieces.push(piece);
  }
  if (size > LARGEST_BODY) return "";
  return Buffer.concat(pieces).toString("utf8");
}

function json(res: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  res
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers })
    .end(JSON.stringify(body, null, 2));
}
