import { randomBytes } from "node:crypto";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";

const nonceOf = (response: unknown) => `'nonce-${(response as Response).locals.nonce}'`;

/**
 * The headers every answer carries. Scripts and styles run only with the page's nonce or from our own files; style
 * attributes stay allowed because react-aria renders them, so nothing a person typed ever reaches one.
 * In: APP_ORIGIN, whose scheme decides about https; the origin of a hosted Supabase, where browsers send files to; and where
 * live editing is when it is not here.
 */
export function securityHeaders({
  origin,
  dev,
  uploadsTo = null,
  liveAt = null,
}: {
  origin: string;
  dev: boolean;
  uploadsTo?: string | null;
  liveAt?: string | null;
}): RequestHandler[] {
  const { protocol, host } = new URL(origin);
  const https = protocol === "https:";
  const socket = `${https ? "wss" : "ws"}://${host}`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", (_request, response) => nonceOf(response)],
        styleSrc: ["'self'", (_request, response) => nonceOf(response)],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", "data:", "blob:"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", socket, ...[uploadsTo, liveAt].flatMap((place) => place ?? [])],
        objectSrc: ["'none'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // Native forms would send `Origin: null` under helmet's own `no-referrer`, and be refused.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: https ? { maxAge: 365 * 24 * 60 * 60, includeSubDomains: true } : false,
    xFrameOptions: { action: "deny" },
    // Vite's own modules of development are fetched with headers this would refuse.
    crossOriginResourcePolicy: dev ? false : { policy: "same-origin" },
  });
  return [
    (_request, response, next) => {
      response.locals.nonce = randomBytes(16).toString("base64");
      response.setHeader("Permissions-Policy", PERMISSIONS);
      next();
    },
    headers,
  ];
}

const PERMISSIONS = ["camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"]
  .map((feature) => `${feature}=()`)
  .join(", ");
