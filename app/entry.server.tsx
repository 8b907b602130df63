import { PassThrough } from "node:stream";
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type HandleErrorFunction,
} from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { LOCALES } from "~/kernel/locale";
import { log } from "~/kernel/log.server";
import { NonceContext } from "~/ui/nonce";
import { loadWords } from "~/words";

// Loaders name their pages, so every language is here before the first request.
await Promise.all(LOCALES.map(loadWords));

/** A page that cannot be finished in this time is given up; the browser shows what has come. */
export const streamTimeout = 8_000;

/** Renders a page. Waits for everything when a crawler reads, else streams from the first shell on. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, requestId }: AppLoadContext,
): Promise<Response> {
  const waitForAll = isbot(request.headers.get("user-agent"));
  let finalStatus = status;
  let shellSent = false;

  return new Promise((resolve, reject) => {
    const send = () => {
      shellSent = true;
      const body = new PassThrough();
      headers.set("Content-Type", "text/html; charset=utf-8");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: finalStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={streamTimeout} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        ...(waitForAll ? { onAllReady: send } : { onShellReady: send }),
        onShellError: reject,
        onError(error) {
          finalStatus = 500;
          // What fails before the shell is thrown, and logged by handleError below.
          if (shellSent) log.error({ err: error, requestId }, "A page broke while it was rendered");
        },
      },
    );
    setTimeout(abort, streamTimeout).unref();
  });
}

/** Whatever a loader, an action or the rendering throws. The reference number on the page is this line's requestId. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  const { pathname } = new URL(request.url);
  log.error({ err: error, requestId: context.requestId, method: request.method, pathname }, "A request failed");
};
