import type { AppLoadContext } from "@remix-run/node";
import type { Request, Response } from "express";
import { LOCALE_TAGS, pickLocale, pickTheme } from "~/kernel/locale";
import en from "~/ui/words/en";
import ru from "~/ui/words/ru";
import uk from "~/ui/words/uk";
import zh from "~/ui/words/zh";
import { cookieOf } from "./cookies";

const WORDS = { en, uk, ru, zh };

/** Why a request ends without a page of the application. */
export type Stop = "unreadable" | "foreign" | "tooLarge" | "tooOften" | "viewing" | "notFound" | "forbidden" | "broken";
const STATUS: Record<Stop, number> = {
  unreadable: 400,
  foreign: 403,
  tooLarge: 413,
  tooOften: 429,
  viewing: 403,
  notFound: 404,
  forbidden: 403,
  broken: 500,
};

/**
 * Answers a request that does not reach the application: a page of its own for a browser, one line of JSON for a script.
 * It is drawn here, because what stopped the request may be the very thing that draws pages.
 */
export function stopWith(stop: Stop, request: Request, response: Response, status: number = STATUS[stop]): void {
  const { requestId, nonce } = response.locals as { requestId: string; nonce: string };
  response.status(status).set("Cache-Control", "no-store");
  if (request.accepts(["json", "html"]) !== "html") {
    response.json({ why: stop, reference: requestId });
    return;
  }
  const { cookie } = request.headers;
  const locale = pickLocale({ cookie: cookieOf(cookie, "locale"), acceptLanguage: request.headers["accept-language"] });
  response.type("html").send(stopPage(stop, { locale, theme: pickTheme(cookieOf(cookie, "theme")), requestId, nonce }));
}

/** The same page for a request that reached the application and found nothing to draw there: a file, an action alone. */
export function stopAnswer(stop: Stop, context: AppLoadContext, headers: HeadersInit = {}): globalThis.Response {
  const answer = new globalThis.Response(stopPage(stop, context), { status: STATUS[stop], headers });
  answer.headers.set("Content-Type", "text/html; charset=utf-8");
  return answer;
}

type Reader = Pick<AppLoadContext, "locale" | "theme" | "requestId" | "nonce">;

function stopPage(stop: Stop, { locale, theme, requestId, nonce }: Reader): string {
  const { shell, trouble } = WORDS[locale];
  // Nothing here comes from the request: words are ours, the number is made by us.
  return `<!doctype html>
<html lang="${LOCALE_TAGS[locale]}" data-theme="${theme}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${trouble[`${stop}Title`]} · ${shell.brand}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${nonce}">${STYLE}</style></head>
<body><main><img src="/icon.svg" width="32" height="32" alt="${shell.brand}">
<h1>${trouble[`${stop}Title`]}</h1><p>${trouble[`${stop}Text`]}</p>
${stop === "broken" ? `<p>${trouble.reference.replace("{number}", requestId)}</p>` : ""}
<a href="/">${trouble.goHome}</a></main></body></html>`;
}

// The tokens of app/ui/theme.css that this page needs; the stylesheet has a name that only the build knows.
const STYLE = `:root{color-scheme:light dark;font:15px/22px system-ui,sans-serif;background:light-dark(#f7f5f0,#141918);\
color:light-dark(#1b2422,#e9eeeb)}[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}\
main{max-width:560px;margin:0 auto;padding:64px 16px}h1{font-size:28px;line-height:34px;margin:24px 0 16px}\
p{margin:0 0 16px;color:light-dark(#56615d,#a2afaa)}a{color:light-dark(#0c5a5b,#63c7bb)}`;
