import type { Request, Response } from "express";
import { LOCALE_TAGS, pickLocale } from "~/kernel/locale";
import en from "~/ui/words/en";
import ru from "~/ui/words/ru";
import uk from "~/ui/words/uk";
import zh from "~/ui/words/zh";
import { cookieOf } from "./cookies";

const WORDS = { en, uk, ru, zh };

/** Why a request ends before it reaches a page. */
export type Stop = "foreign" | "tooLarge" | "tooOften" | "broken";
const STATUS: Record<Stop, number> = { foreign: 403, tooLarge: 413, tooOften: 429, broken: 500 };

/**
 * Answers a request that does not reach a page: a page of its own for a browser, one line of JSON for a script.
 * It is drawn here, because what stopped the request may be the very thing that draws pages.
 */
export function stopWith(stop: Stop, request: Request, response: Response, status: number = STATUS[stop]): void {
  const { requestId, nonce } = response.locals as { requestId: string; nonce: string };
  response.status(status).set("Cache-Control", "no-store");
  if (!request.accepts(["html", "json"]) || request.accepts(["json", "html"]) === "json") {
    response.json({ why: stop, reference: requestId });
    return;
  }
  response.type("html").send(stopPage(stop, { request, requestId, nonce }));
}

function stopPage(stop: Stop, page: { request: Request; requestId: string; nonce: string }): string {
  const locale = pickLocale({
    cookie: cookieOf(page.request.headers.cookie, "locale"),
    acceptLanguage: page.request.headers["accept-language"],
  });
  const { shell, trouble } = WORDS[locale];
  const theme = cookieOf(page.request.headers.cookie, "theme");
  // Nothing here comes from the request: words are ours, the number is made by us.
  return `<!doctype html>
<html lang="${LOCALE_TAGS[locale]}"${theme === "light" || theme === "dark" ? ` data-theme="${theme}"` : ""}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${trouble[`${stop}Title`]} · ${shell.brand}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style nonce="${page.nonce}">
:root{color-scheme:light dark;font:15px/22px system-ui,sans-serif;background:light-dark(#f7f5f0,#141918);color:light-dark(#1b2422,#e9eeeb)}
[data-theme=light]{color-scheme:light}[data-theme=dark]{color-scheme:dark}
main{max-width:560px;margin:0 auto;padding:64px 16px}h1{font-size:28px;line-height:34px;margin:0 0 16px}
p{margin:0 0 16px;color:light-dark(#56615d,#a2afaa)}a{color:light-dark(#0c5a5b,#63c7bb)}
</style></head>
<body><main><h1>${trouble[`${stop}Title`]}</h1><p>${trouble[`${stop}Text`]}</p>
${stop === "broken" ? `<p>${trouble.reference.replace("{number}", page.requestId)}</p>` : ""}
<a href="/">${trouble.goHome}</a></main></body></html>`;
}
