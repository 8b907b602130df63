import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import type { Request as ExpressRequest, Response as ExpressResponse, RequestHandler } from "express";
import type { Gateway } from "./gateway-context";
import { ADDRESS_HEADER } from "./http";

/** Of a body that was refused; whoever sends more than this loses the connection. */
const THROW_AWAY_BYTES = 64 * 1024 * 1024;

/**
 * Serves the gateway to browsers. The address header is ours alone: whatever a browser says in it is replaced by the
 * address express knows, which believes X-Forwarded-For from configured proxies only.
 */
export function mountGateway(gateway: Gateway, answer: (request: Request) => Promise<Response>): RequestHandler {
  return (req, res, next) => {
    answer(toRequest(gateway, req, res))
      .then((response) => send(response, res))
      .catch((error: unknown) => {
        // The browser went away in the middle, or the file could not be read to its end: nobody is left to tell.
        if (res.headersSent) res.destroy();
        else next(error);
      });
  };
}

function toRequest(gateway: Gateway, req: ExpressRequest, res: ExpressResponse): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    // Cookies belong to the pages; the gateway listens to its tokens only.
    if (value === undefined || name === "cookie" || name === ADDRESS_HEADER) continue;
    headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set(ADDRESS_HEADER, req.ip ?? "");
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  const hasBody = req.method !== "GET" && req.method !== "HEAD";
  return new Request(new URL(req.originalUrl, gateway.origin), {
    method: req.method,
    headers,
    signal: gone.signal,
    ...(hasBody ? { body: bodyStream(req), duplex: "half" } : {}),
  });
}

/**
 * The body as fetch wants it. When nobody wants the rest it is read and thrown away for a while, because a browser that
 * is still sending reads no answer. (Readable.toWeb of Node 20 ends the process when that happens.)
 */
function bodyStream(req: ExpressRequest): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Buffer> = req.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      let thrownAway = 0;
      await pieces.return?.();
      req.on("data", (piece: Buffer) => {
        thrownAway += piece.length;
        if (thrownAway > THROW_AWAY_BYTES) req.destroy();
      });
    },
  });
}

async function send(response: Response, res: ExpressResponse): Promise<void> {
  res.status(response.status);
  response.headers.forEach((value, name) => {
    res.setHeader(name, value);
  });
  if (!response.body) {
    res.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream), res);
}
