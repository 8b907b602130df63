import type { AppLoadContext } from "@remix-run/node";
import type { Request, RequestHandler, Response } from "express";
import { whatWasAsked } from "~/accounts/account";
import { guestKeyIn } from "~/accounts/guest-door.server";
import { resolveVisitor } from "~/accounts/visitors.server";
import { pickLocale, pickTheme, publicLocale } from "~/kernel/locale";
import type { Assets } from "./assets";
import { cookieOf } from "./cookies";

/** What a browser keeps and asks about each time. */
const KEPT = /^\/api\/(?:files|attachments)\/./;

/** Works out, once per request, who asks and in which language, and keeps it for Remix. */
export function requestContext({ origin, assets }: { origin: string; assets: Assets }): RequestHandler {
  return (request, response, next) => {
    contextOf(request, response, { origin, assets }).then((context) => {
      response.locals.context = context;
      // The same for everybody: its route says how long it may be kept.
      if (publicLocale(request.path)) return next();
      // A page of somebody who has signed out must not come back with the back button. Pictures and files are kept, and
      // asked about each time: their routes say so themselves.
      if (!KEPT.test(request.path))
        response.setHeader(
          "Cache-Control",
          context.visitor.actor || context.guestKey ? "no-store" : "private, no-cache",
        );
      response.vary("Cookie").vary("Accept-Language");
      next();
    }, next);
  };
}

async function contextOf(
  request: Request,
  response: Response,
  fixed: { origin: string; assets: Assets },
): Promise<AppLoadContext> {
  const everybodys = publicLocale(request.path);
  const cookie = everybodys ? undefined : request.headers.cookie;
  const clientAddress = request.ip ?? request.socket.remoteAddress ?? "";
  const { visitor, supabase } = await resolveVisitor({
    cookieHeader: cookie,
    clientAddress,
    userAgent: request.get("user-agent"),
    setCookie: (header) => response.append("Set-Cookie", header),
  });
  const wished = pickLocale({
    person: (visitor.actor ? visitor.person : visitor.waiting?.person)?.locale,
    cookie: cookieOf(cookie, "locale"),
    acceptLanguage: request.headers["accept-language"],
  });
  const locale = everybodys ?? wished;
  return {
    visitor,
    supabase,
    guestKey: guestKeyIn(cookie),
    asked: whatWasAsked({ method: request.method, url: request.originalUrl, header: (name) => request.get(name) }),
    locale,
    theme: pickTheme(cookieOf(cookie, "theme")),
    nonce: String(response.locals.nonce),
    requestId: String(response.locals.requestId),
    clientAddress,
    origin: fixed.origin,
    wordsScript: fixed.assets.wordsScript(locale),
  };
}
