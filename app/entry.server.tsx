import { Writable } from "node:stream";
import type { AppLoadContext, EntryContext, HandleErrorFunction } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { LOCALES } from "~/kernel/locale";
import { log } from "~/kernel/log.server";
import { NonceContext } from "~/ui/nonce";
import { loadAllWords } from "./all-words";

// Loaders name their pages, so every language is here before the first request.
await Promise.all(LOCALES.map(loadAllWords));

/** A page that cannot be finished in this time is given up; the browser shows what has come. */
export const streamTimeout = 8_000;

/**
 * Renders a page whole. Loaders here wait for all they need, so nothing would come earlier in pieces; and the dozens of
 * small pieces React makes cost more to compress and send, each by itself, than the page costs to render.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  { nonce, requestId }: AppLoadContext,
): Promise<Response> {
  let finalStatus = status;
  let ready = false;

  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <RemixServer context={remixContext} url={request.url} abortDelay={streamTimeout} nonce={nonce} />
      </NonceContext.Provider>,
      {
        nonce,
        // A part that is larger than this would be put into its place by a script, and there may be none.
        progressiveChunkSize: Number.POSITIVE_INFINITY,
        onShellReady() {
          ready = true;
        },
        onAllReady() {
          clearTimeout(patience);
          // React says so of a page that broke, too; that one was rejected, and nobody waits for its pieces.
          if (!ready) return;
          headers.set("Content-Type", "text/html; charset=utf-8");
          pipe(wholePage((html) => resolve(new Response(scriptsAfterLooks(html), { headers, status: finalStatus }))));
        },
        onShellError(error) {
          clearTimeout(patience);
          reject(error);
        },
        onError(error) {
          finalStatus = 500;
          // What fails before the shell is thrown, and logged by handleError below.
          if (ready) log.error({ err: error, requestId }, "A page broke while it was rendered");
        },
      },
    );
    const patience = setTimeout(abort, streamTimeout);
  });
}

/** Takes a page's pieces as they come and hands it on whole. Never full, so that React writes all of them in one go. */
function wholePage(done: (html: string) => void): Writable {
  const pieces: Buffer[] = [];
  return new Writable({
    highWaterMark: Number.MAX_SAFE_INTEGER,
    write(piece: Buffer, _encoding, written) {
      pieces.push(piece);
      written();
    },
    final(ended) {
      done(Buffer.concat(pieces).toString());
      ended();
    },
  });
}

/**
 * Pages read before their scripts run, so what they look like comes first over a slow line. Remix names its scripts with the
 * weight of a stylesheet. No text of a person can hold this tag: React and the data in the page write no bare `<`.
 */
const scriptsAfterLooks = (html: string) =>
  html.replaceAll('<link rel="modulepreload" ', '<link rel="modulepreload" fetchpriority="low" ');

/** Whatever a loader, an action or the rendering throws. The reference number on the page is this line's requestId. */
export const handleError: HandleErrorFunction = (error, { request, context }) => {
  if (request.signal.aborted) return;
  const { pathname } = new URL(request.url);
  const line = { err: error, requestId: context.requestId, method: request.method, pathname };
  // Sent to an address that takes nothing, or by a method that nothing here answers: the sender's doing, not a failure.
  if (isRouteErrorResponse(error) && error.status < 500) log.info(line, "A request was refused");
  else log.error(line, "A request failed");
};
