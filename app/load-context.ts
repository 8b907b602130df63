import type { Asked } from "~/accounts/account";
import type { RequestSupabase } from "~/accounts/supabase.server";
import type { Visitor } from "~/accounts/visitor";
import type { Locale, Theme } from "~/kernel/locale";

/** What belongs to one request. `server/web.ts` makes it before Remix runs; every loader and action receives it. */
interface RequestContext {
  /** Who asks. Resolved once a request, because three loaders with one expired token would end the session. */
  visitor: Visitor;
  /** What the browser carries for the guests' door; null in browsers of people without an invitation. */
  guestKey: string | null;
  /** This request's client; the cookies it sets are on the response already. */
  supabase: RequestSupabase;
  /** What the person asked for (whatWasAsked): where a guard brings them back to after signing in. */
  asked: Asked;
  locale: Locale;
  theme: Theme;
  /** Stands in the policy header and on every script and style of the page. */
  nonce: string;
  /** The reference number of an error page, and the `requestId` of every log line of the request. */
  requestId: string;
  /** The address of the browser; a proxy is believed only when TRUSTED_PROXIES names it. */
  clientAddress: string;
  /** APP_ORIGIN: where people reach this installation. Links in mail begin with it. */
  origin: string;
  /** Scripts a page needs for its language, known only after the build: they load beside the others, not after them. */
  wordsScript: string | null;
}

declare module "@remix-run/node" {
  interface AppLoadContext extends RequestContext {}
}
