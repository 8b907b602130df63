import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { constants } from "node:zlib";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { pinoHttp } from "pino-http";
import type { ViteDevServer } from "vite";
import { closeDatabases, databasesAnswer } from "~/kernel/db.server";
import { env } from "~/kernel/env.server";
import { type LiveHub, openLiveHub } from "~/kernel/live.server";
import { log } from "~/kernel/log.server";
import { type Assets, boardFonts, builtAssets } from "./http/assets";
import { requestContext } from "./http/context";
import { securityHeaders } from "./http/headers";
import { healthz, type Probes, readyz, type Told } from "./http/health";
import { bodyLimit } from "./http/limits";
import { liveStreams } from "./http/live";
import { offlineShell } from "./http/offline-shell";
import { isFromOurPages, isProvedByItsLink, isToUs, ownOrigins } from "./http/origin";
import { stopWith } from "./http/page";
import { pagesOf } from "./http/pages";
import { guardedBuild } from "./http/routes";
import { type UpgradeHandler, upgrades } from "./http/upgrades";

/** What the web server is given by the starter, which knows what runs in this process. */
export type WebServices = {
  /** The local Supabase gateway, reached at /supabase; null with a hosted one. */
  supabaseMount: RequestHandler | null;
  /** The page of mail that was not sent, at /dev/mail; null outside local services. */
  devMail: RequestHandler | null;
  /** Sockets of live editing, at /collab. */
  collab: { handleUpgrade: UpgradeHandler };
  probes: Probes;
  /** What /readyz says beside them. */
  told?: Told;
  /** Figures of what runs in this process, at /metrics; null when nothing here counts. */
  metrics: RequestHandler | null;
};

export type RunningWeb = { port: number; stop: () => Promise<void> };

/**
 * Serves pages, files and sockets on HOST and PORT until stopped. With `dev`, Vite builds pages as they are asked for.
 * Throws when the port is taken or the application has not been built.
 */
export async function startWeb({
  services,
  dev = false,
}: {
  services: WebServices;
  dev?: boolean;
}): Promise<RunningWeb> {
  const { PORT, HOST, APP_ORIGIN } = env();
  const server = createServer();
  const vite = dev ? await startVite(server) : null;
  const pages = vite ? developedPages(vite) : await builtPages(resolve("build"));
  const origins = ownOrigins(APP_ORIGIN);
  const live = openLiveHub();

  server.on("request", webApp({ services, pages, origins, live, vite }));
  server.on("upgrade", upgrades({ origins, collab: services.collab, othersToo: vite !== null }));

  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(PORT, HOST, () => {
      server.off("error", failed);
      listening();
    });
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : PORT,
    stop: async () => {
      live.close();
      await Promise.all([closeServer(server), vite?.close()]);
    },
  };
}

type Pages = { build: ServerBuild | (() => Promise<ServerBuild>); assets: Assets };

async function builtPages(folder: string): Promise<Pages> {
  const build: ServerBuild = await import(pathToFileURL(resolve(folder, "server/index.js")).href);
  return { build: guardedBuild(build), assets: builtAssets(resolve(folder, "client")) };
}

async function startVite(server: Server): Promise<ViteDevServer> {
  const { createServer: createVite } = await import("vite");
  const before = process.listeners("SIGTERM");
  const vite = await createVite({ server: { middlewareMode: true, hmr: { server } }, appType: "custom" });
  // Vite would end the process itself, before the database, the jobs and what is being written have ended.
  for (const listener of process.listeners("SIGTERM")) {
    if (!before.includes(listener)) process.off("SIGTERM", listener);
  }
  return vite;
}

function developedPages(vite: ViteDevServer): Pages {
  return {
    build: async () => guardedBuild((await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild),
    assets: { serve: vite.middlewares, wordsScript: () => null, offline: null },
  };
}

function webApp(parts: {
  services: WebServices;
  pages: Pages;
  origins: ReadonlySet<string>;
  live: LiveHub;
  vite: ViteDevServer | null;
}): Express {
  const { services, pages, origins, live, vite } = parts;
  const { APP_ORIGIN, TRUSTED_PROXIES, SUPABASE_URL, COLLAB_URL: liveAt = null } = env();
  const uploadsTo = SUPABASE_URL ? new URL(SUPABASE_URL).origin : null;
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", TRUSTED_PROXIES.length > 0 ? TRUSTED_PROXIES : false);

  app.use(requestId, requestLog);
  app.get("/healthz", healthz);
  app.get("/readyz", readyz(services.probes, services.told));
  if (services.metrics) app.get("/metrics", services.metrics);
  app.use(securityHeaders({ origin: APP_ORIGIN, dev: vite !== null, uploadsTo, liveAt }), compression(COMPRESSION));
  app.use("/board-assets/fonts", boardFonts);
  app.use(pages.assets.serve);
  app.use(fromOurPagesOnly(origins));
  if (services.supabaseMount) app.use("/supabase", services.supabaseMount);
  if (services.devMail) app.use("/dev/mail", toUsOnly(origins), services.devMail);
  app.use(bodyLimit, oneName(APP_ORIGIN, origins));
  app.use(requestContext({ origin: APP_ORIGIN, assets: pages.assets }));
  app.get("/offline/kept", offlineShell(pages.assets));
  const streams = liveStreams(live, origins);
  app.get("/api/live", streams.person);
  app.get("/guest/:token/live", streams.guest);
  app.all("*", pagesOf(pages.build, vite ? "development" : "production"));
  app.use(lastResort);
  return app;
}

// A page is compressed for one reader and thrown away: what stronger settings save on the line costs more here.
const COMPRESSION = { level: 4, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } } };

/** Every request has a number of our making; what a caller brings would let them write into our log. */
const requestId: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomUUID();
  response.setHeader("X-Request-Id", response.locals.requestId);
  next();
};

// The query may hold what opens an account (a link from a mail), so the log has the path alone.
const requestLog = pinoHttp({
  logger: log,
  genReqId: (_request, response) => String(response.getHeader("X-Request-Id")),
  autoLogging: { ignore: ({ url = "" }) => /^\/(?:assets\/|healthz|readyz|metrics)/.test(url) },
  serializers: {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
      id,
      method,
      path: url.split("?")[0],
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
  },
  customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? "error" : "debug"),
});

function fromOurPagesOnly(origins: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    const reads = request.method === "GET" || request.method === "HEAD" || request.method === "OPTIONS";
    if (isProvedByItsLink(request)) {
      // The framework looks at it once more, and would refuse what a mailbox sends from a page of its own.
      delete request.headers.origin;
      next();
    } else if (reads || isFromOurPages(request, origins)) next();
    else stopWith("foreign", request, response);
  };
}

/** Letters open accounts, and whoever can make a name lead to this machine could read them out of a browser on it. */
function toUsOnly(origins: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    if (isToUs(request, origins)) next();
    else stopWith("notFound", request, response);
  };
}

/** Pages know one address, ours: a made-up Host or X-Forwarded-Host must not end up in a link or a redirect. */
function oneName(appOrigin: string, origins: ReadonlySet<string>): RequestHandler {
  const { protocol, host } = new URL(appOrigin);
  return (request, _response, next) => {
    delete request.headers["x-forwarded-host"];
    if (!origins.has(`${protocol}//${request.headers.host}`)) request.headers.host = host;
    next();
  };
}

const lastResort: ErrorRequestHandler = (error, request, response, next) => {
  // An address that cannot be decoded (`/ideas/%E0%A4%A`) is one that no page has, and no failure of ours.
  if (error instanceof URIError) return stopWith("notFound", request, response);
  log.error({ err: error, requestId: response.locals.requestId, method: request.method }, "A request failed");
  if (response.headersSent) next(error);
  else stopWith("broken", request, response);
};

const PATIENCE_MS = 3_000;

/** Lets answers under way end, and ends what lasts longer than a person would wait for a restart. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolveClosed) => server.close(() => resolveClosed()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
}

/**
 * Pages in a process of their own, on HOST and PORT, until it is told to stop. Sign-in is SUPABASE_URL's; jobs and live
 * editing run elsewhere, and whatever stands in front of this process leads /collab/ there.
 */
async function serveAlone(): Promise<void> {
  if (!env().SUPABASE_URL) throw new Error("SUPABASE_URL is missing: pages alone have no sign-in of their own.");
  const web = await startWeb({
    services: {
      supabaseMount: null,
      devMail: null,
      collab: { handleUpgrade: (_request, socket) => socket.destroy() },
      probes: { database: databasesAnswer },
      metrics: null,
    },
  });
  log.info({ port: web.port }, "pages are up");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () =>
      web
        .stop()
        .then(closeDatabases)
        .then(
          () => process.exit(0),
          () => process.exit(1),
        ),
    );
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await serveAlone();
