import type { AppLoadContext } from "@remix-run/node";
import type { RequestHandler } from "express";
import { env } from "~/kernel/env.server";
import { LOCALE_TAGS } from "~/kernel/locale";
import type { Assets } from "./assets";

/**
 * The page that a browser keeps and shows in place of an idea's page when we cannot be reached: a frame without anything of
 * anybody, in the reader's language, whose script draws what the device keeps. Browsers keep it with its headers, so its
 * nonce stays the same on a device; scripts therefore run from our own files alone, and the nonce is for styles.
 */
export function offlineShell({ offline }: Assets): RequestHandler {
  return (_request, response, next) => {
    if (!offline) return next();
    const { locale, theme, nonce } = response.locals.context as AppLoadContext;
    const policy = String(response.getHeader("Content-Security-Policy"));
    response.setHeader("Content-Security-Policy", policy.replace(/script-src [^;]*/, "script-src 'self'"));
    const styles = offline.styles.map((href) => `<link rel="stylesheet" href="${href}">`).join("");
    const live = env().COLLAB_URL ? ' data-live="elsewhere"' : "";
    // Nothing here comes from the request: files are named by the build, the rest is one of a few words.
    response.type("html").send(`<!doctype html>
<html lang="${LOCALE_TAGS[locale]}" data-locale="${locale}" data-theme="${theme}"${live}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="${theme === "system" ? "light dark" : theme}">
<meta property="csp-nonce" nonce="${nonce}">
<title>Tandem</title><link rel="icon" href="/icon.svg" type="image/svg+xml">${styles}</head>
<body><div id="kept"></div><script type="module" src="${offline.script}"></script></body></html>`);
  };
}
