import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import type { Request, RequestHandler } from "express";

/** How many shapes of addresses are remembered; made-up ones beyond that are answered by the whole build. */
const SHAPES_KEPT = 1_000;
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

type RouteObjects = NonNullable<Parameters<typeof matchRoutes>[0]>;

const getLoadContext = (_request: unknown, response: { locals: Record<string, unknown> }) =>
  response.locals.context as AppLoadContext;

/**
 * Answers with the build's pages. Remix holds an address against every route there is several times a page, which with
 * dozens of routes costs more than a loader; so each address is answered by a handler that knows only the routes the
 * address and the addresses above it lead to, which is also all that Remix tells a browser about at first.
 * In development (a function instead of a build) Remix is handed everything, since routes come and go.
 */
export function pagesOf(build: ServerBuild | (() => Promise<ServerBuild>), mode: string): RequestHandler {
  const whole = createRequestHandler({ build, mode, getLoadContext });
  if (typeof build === "function") return whole;
  const routes = routeObjects(build);
  const handlers = new Map<string, RequestHandler>();
  const shapes = new Map<string, RequestHandler>();

  const handlerOf = (path: string): RequestHandler => {
    const ids = routesOn(path, routes);
    if (ids.length === 0) return whole;
    const key = ids.join(" ");
    const known = handlers.get(key);
    if (known) return known;
    const made = createRequestHandler({ build: partOf(build, ids), mode, getLoadContext });
    handlers.set(key, made);
    return made;
  };

  return (request, response, next) => {
    const shape = shapeOf(request);
    if (shape === "/__manifest") return whole(request, response, next);
    let handler = shapes.get(shape);
    if (!handler) {
      handler = shapes.size < SHAPES_KEPT ? handlerOf(shape) : whole;
      if (shapes.size < SHAPES_KEPT) shapes.set(shape, handler);
    }
    return handler(request, response, next);
  };
}

/** The address with every id the same, and as Remix reads it when a page fetches data: `/ideas.data`, `/_root.data`. */
function shapeOf({ path }: Request): string {
  const page = path.endsWith(".data") ? path.slice(0, -".data".length).replace(/^\/_root$/, "/") : path;
  return page.replace(ID, "0");
}

function routeObjects(build: ServerBuild, parentId?: string): RouteObjects {
  return Object.values(build.routes)
    .filter((route) => route !== undefined && route.parentId === parentId)
    .map((route) => {
      const { id, path, index, caseSensitive } = route as NonNullable<typeof route>;
      const place = { id, ...(path !== undefined && { path }), ...(caseSensitive !== undefined && { caseSensitive }) };
      return index ? { ...place, index: true as const } : { ...place, children: routeObjects(build, id) };
    });
}

/** The ids of all routes that the address and the addresses above it lead to, sorted. Those above: for pathless layouts. */
function routesOn(path: string, routes: RouteObjects): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  const above = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
  // What cannot be decoded is nobody's page; Remix says so in its own way.
  if (!matches(routes, path)) return [];
  const ids = [path, "/", ...above].flatMap((each) => matches(routes, each) ?? []);
  return [...new Set(ids)].sort();
}

function matches(routes: RouteObjects, path: string): string[] | null {
  try {
    return matchRoutes(routes, path)?.map(({ route }) => String(route.id)) ?? null;
  } catch {
    return null;
  }
}

function partOf(build: ServerBuild, ids: readonly string[]): ServerBuild {
  const only = <T>(all: Record<string, T>) => Object.fromEntries(ids.map((id) => [id, all[id] as T]));
  return { ...build, routes: only(build.routes), assets: { ...build.assets, routes: only(build.assets.routes) } };
}
