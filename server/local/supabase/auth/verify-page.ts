import * as z from "zod";
import { LOCALE_TAGS, pickLocale } from "~/kernel/locale";
import { escapeHtml, LOCAL_PAGE_HEADERS, localPage } from "../../html";
import { LOCAL_WORDS } from "../../words";
import { inTransaction } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, addressOf, readText } from "../http";
import { issueFlowCode } from "./flow";
import { deviceOf } from "./grants";
import { safeRedirect } from "./letters";
import { consumeToken, isPkceToken, isTokenGood } from "./one-time";
import { openSession } from "./sessions";
import { kindsOf, methodOf, tokenTypeSchema } from "./token-types";
import { expired, HALF_CHANGED, honour } from "./verify";

const linkSchema = z.object({
  type: tokenTypeSchema,
  token: z.string().min(1).max(200),
  redirect_to: z.string().max(2000).optional(),
});

/**
 * GET /verify: a page with a button. Mail scanners and previews open links; only a person presses the button, so opening
 * it uses nothing up.
 */
export async function handleVerifyPage(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  const parsed = linkSchema.safeParse(Object.fromEntries(url.searchParams));
  const locale = pickLocale({ acceptLanguage: request.headers.get("accept-language") });
  const words = LOCAL_WORDS[locale].page;
  const good =
    parsed.success && (await isTokenGood(gateway, gateway.pool, parsed.data.token, kindsOf(parsed.data.type)));
  const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
  const body = good
    ? `<p>${escapeHtml(words.why)}</p>
<form method="post" action="${escapeHtml(new URL(`${gateway.url}/auth/v1/verify`).pathname)}">
${field("token", parsed.data.token)}${field("type", parsed.data.type)}${field("redirect_to", parsed.data.redirect_to ?? "")}
<button>${escapeHtml(words.button)}</button></form>`
    : `<p>${escapeHtml(words.over)}</p>`;
  const html = localPage({
    language: LOCALE_TAGS[locale],
    title: words.title,
    body: `${body}<p><small>${escapeHtml(words.local)}</small></p>`,
  });
  return new Response(html, { status: good ? 200 : 403, headers: LOCAL_PAGE_HEADERS });
}

/**
 * POST /verify from that page's form: uses the token up and goes on to `redirect_to` of this installation, with `?code=`
 * when the browser began by PKCE, else with the session behind `#` as a hosted project does.
 */
export async function handleVerifyForm(gateway: Gateway, request: Request): Promise<Response> {
  const parsed = linkSchema.safeParse(Object.fromEntries(new URLSearchParams(await readText(request))));
  if (!parsed.success) throw new AuthRefusal(400, "validation_failed", "Verify requires a token and a type");
  const asked = parsed.data;
  const target = safeRedirect(gateway, asked.redirect_to || null);
  try {
    await gateway.limits.spend("code", { account: `link:${asked.token}`, address: addressOf(request) });
    await inTransaction(gateway.pool, async (db) => {
      const found = await consumeToken(gateway, db, asked.token, kindsOf(asked.type));
      if (!found) throw expired();
      const opened = await honour(gateway, db, found, async (user) => {
        if (isPkceToken(asked.token)) {
          target.searchParams.set("code", await issueFlowCode(gateway, db, { userId: user.id, method: found.kind }));
          return true;
        }
        const session = await openSession(gateway, db, user, methodOf(found.kind), deviceOf(request));
        const fields = ["access_token", "expires_at", "expires_in", "refresh_token", "token_type"];
        const pairs = fields.map((name) => [name, String(session[name])]);
        target.hash = new URLSearchParams([...pairs, ["type", asked.type]]).toString();
        return true;
      });
      if (!opened) target.hash = new URLSearchParams({ message: HALF_CHANGED.msg }).toString();
    });
  } catch (error) {
    if (!(error instanceof AuthRefusal)) throw error;
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_code", error.code);
    target.searchParams.set("error_description", error.message);
  }
  return new Response(null, { status: 303, headers: { location: target.href, "cache-control": "no-store" } });
}
