/** How the latest answer to a click or a form failed: nobody could be reached, or something broke under a number. */
type Failure = { unreachable: true } | { unreachable: false; reference: string | null };

let latest: Failure | null = null;

/**
 * Remembers how the latest request failed, so that the error page after a click can name the line in the log, or say that
 * there is no connection. Remix hands error boundaries the error alone, and in production says nothing of it.
 */
export function rememberFailures(): void {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    if (!isForAPage(request[0])) return ask(...request);
    try {
      const answer = await ask(...request);
      latest = answer.status >= 500 ? { unreachable: false, reference: answer.headers.get("x-request-id") } : null;
      return answer;
    } catch (error) {
      // A request that the page itself gave up says nothing about the connection.
      if (!(error instanceof DOMException && error.name === "AbortError")) latest = { unreachable: true };
      throw error;
    }
  };
}

/** A page asks for its data, and for what belongs to it, at these addresses; pictures and sockets say nothing about it. */
function isForAPage(asked: RequestInfo | URL): boolean {
  const address = asked instanceof Request ? asked.url : String(asked);
  const { pathname } = new URL(address, window.location.href);
  return pathname.endsWith(".data") || pathname === "/__manifest";
}

/** How the latest request failed, or null when it did not. A browser that knows it is offline need not have asked. */
export function latestFailure(): Failure | null {
  const offline = typeof navigator !== "undefined" && navigator.onLine === false;
  return offline ? { unreachable: true } : latest;
}
