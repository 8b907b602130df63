import { isIP } from "node:net";
import * as z from "zod";

/** In-process callers name the browser's address in this header; the public mount overwrites it. */
export const ADDRESS_HEADER = "x-tandem-client-address";

const JSON_LIMIT_BYTES = 256 * 1024;

/** A refusal of the auth half, in the shape auth-js understands. `code` is one of its error codes. */
export class AuthRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly more: { headers?: Record<string, string>; body?: Record<string, unknown> } = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    return json(
      { code: this.code, error_code: this.code, message: this.message, msg: this.message, ...this.more.body },
      this.status,
      { "x-supabase-api-version": "2024-01-01", ...this.more.headers },
    );
  }
}

/** A refusal of the storage half, in the shape storage-js understands. */
export class StorageRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  toResponse(): Response {
    return json(
      { statusCode: String(this.status), error: this.error, message: this.message },
      this.status,
      this.headers,
    );
  }
}

/** A JSON answer that nobody caches: most of them hold tokens. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
}

/** The JSON body as `schema` wants it; an empty body counts as `{}`. Throws AuthRefusal 400 or 413. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  return asWanted(await readAnyJson(request), schema);
}

/** The JSON body as it is; an empty body counts as `{}`. Throws AuthRefusal 400 or 413. */
export async function readAnyJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new AuthRefusal(400, "bad_json", "Could not parse request body as JSON");
  }
}

/** A body as `schema` wants it. Throws AuthRefusal 400 that names the first wrong field. */
export function asWanted<S extends z.ZodType>(body: unknown, schema: S): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new AuthRefusal(
    400,
    "validation_failed",
    place ? `Invalid or missing field: ${place}` : "Invalid request body",
  );
}

/** The whole body as text, at most 256 KiB. Throws AuthRefusal 413. */
export async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(request)) {
    size += chunk.byteLength;
    if (size > JSON_LIMIT_BYTES) throw new AuthRefusal(413, "validation_failed", "Request body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The body piece by piece; nothing when there is none. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops listening early has no use for the rest, and does not wait for it.
    reader.cancel().catch(() => undefined);
  }
}

/** The caller's address, "0.0.0.0" when unknown. */
export function addressOf(request: Request): string {
  const said = request.headers.get(ADDRESS_HEADER)?.replace(/^::ffff:(?=\d+\.)/, "") ?? "";
  return isIP(said) === 0 ? "0.0.0.0" : said;
}

/** An e-mail address as we compare and store it. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .regex(/^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+$/);

export const uuidSchema = z.uuid();
