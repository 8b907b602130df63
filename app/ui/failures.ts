/** How the latest answer to a click or a form failed: nobody could be reached, or something broke under a number. */
type Failure = { unreachable: true } | { unreachable: false; reference: string | null };

let latest: Failure | null = null;
/** The page looks anew by itself; nobody has asked for anything. */
let looking = false;

/** Milliseconds between tries of a page that looks anew by itself: from the first of these, twice as long each, to the last. */
const [SOON, LATEST] = [300, 8_000];

/**
 * Remembers how the latest request failed, so that the error page after a click can name the line in the log, or say that
 * there is no connection. Remix hands error boundaries the error alone, and in production says nothing of it.
 */
export function rememberFailures(): void {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    if (!isForAPage(request[0])) return ask(...request);
    try {
      const answer = await patiently(() => ask(...request));
      latest = answer.status >= 500 ? { unreachable: false, reference: answer.headers.get("x-request-id") } : null;
      return answer;
    } catch (error) {
      // A request that the page itself gave up says nothing about the connection.
      if (!isGivenUp(error)) latest = { unreachable: true };
      throw error;
    }
  };
}

/**
 * Says whether the page looks anew by itself from now on. A look that meets no server is taken again until it does: a page
 * that somebody reads and writes in must not make way for an error that they did not ask for.
 */
export function looksByItself(now: boolean): void {
  looking = now;
}

async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let pause = SOON; ; pause = Math.min(2 * pause, LATEST)) {
    try {
      const answer = await ask();
      // From a proxy, or from a server that is not ready yet.
      if (!looking || ![502, 503, 504].includes(answer.status)) return answer;
    } catch (error) {
      if (!looking || isGivenUp(error)) throw error;
    }
    await new Promise((passed) => setTimeout(passed, pause));
  }
}

const isGivenUp = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

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
