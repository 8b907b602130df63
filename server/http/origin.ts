import type { IncomingMessage } from "node:http";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The origins whose pages are ours: APP_ORIGIN, and on one machine its other names. */
export function ownOrigins(appOrigin: string): ReadonlySet<string> {
  const { protocol, hostname, port } = new URL(appOrigin);
  if (!LOOPBACK.has(hostname)) return new Set([appOrigin]);
  return new Set([...LOOPBACK].map((name) => `${protocol}//${name}${port && `:${port}`}`));
}

/**
 * Whether a request that changes something comes from a page of ours. `Origin: null` (a sandboxed frame, a stripped
 * redirect) never does. A request without Origin is no browser's; it is believed only when it brings no cookie to misuse.
 * What a browser says to be of another site (Sec-Fetch-Site) is of another site, whatever Origin it names.
 */
export function isFromOurPages(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin, cookie } = request.headers;
  if (request.headers["sec-fetch-site"] === "cross-site") return false;
  return origin === undefined ? cookie === undefined : origins.has(origin);
}

/**
 * Whether a request is proved by its own address alone, whoever sends it: the one-click unsubscribing that mailboxes post for
 * their readers (RFC 8058), from pages of theirs or from none. What it does depends on no cookie, so a page that makes somebody's
 * browser send it gains nothing over sending it itself.
 */
export function isProvedByItsLink(request: Pick<IncomingMessage, "url" | "method">): boolean {
  return request.method === "POST" && /^\/unsubscribe\/[^/?#]+$/.test(request.url ?? "");
}

/** Whether a socket may be opened: only browsers open ours, and a browser always says where its page is from. */
export function mayOpenSocket(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origins.has(origin);
}

/** Whether a request names us in its Host header. A page of another name that was made to lead to this machine does not. */
export function isToUs(request: IncomingMessage, origins: ReadonlySet<string>): boolean {
  return [...origins].some((origin) => new URL(origin).host === request.headers.host);
}
