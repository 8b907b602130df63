import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import { matchRoutes } from "@remix-run/react";
import type { Request, RequestHandler } from "express";
import { LOCALES } from "~/kernel/locale";

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Routes as the router knows them. */
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
  if (typeof build === "function") {
    return createRequestHandler({ build: async () => askingAnew(await build()), mode, getLoadContext });
  }
  return pagesOfBuild(askingAnew(build), mode);
}

function pagesOfBuild(build: ServerBuild, mode: string): RequestHandler {
  const whole = createRequestHandler({ build, mode, getLoadContext });
  const addresses = addressesOf(routeObjects(build));
  const handlers = new Map<string, RequestHandler>();

  const handlerOf = (path: string): RequestHandler => {
    const ids = addresses.routesOn(path);
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
    return (shape === "/__manifest" ? whole : handlerOf(shape))(request, response, next);
  };
}

/**
 * Whoever sent a form is shown the page anew, whichever address the answer leads to. The router in a browser knows that by
 * itself, but forgets it when another form of the page ends while this one is under way; and where nothing but the `#` of the
 * address is another, it would then leave the page as it was, without what was just taken.
 */
function askingAnew(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const action = route?.module.action;
    if (!action) return [id, route];
    const anew: typeof action = async (args) => {
      try {
        return marked(await action(args));
      } catch (thrown) {
        throw marked(thrown);
      }
    };
    return [id, { ...route, module: { ...route.module, action: anew } }];
  });
  return { ...build, routes: Object.fromEntries(routes) };
}

function marked<Answer>(answer: Answer): Answer {
  if (answer instanceof Response && answer.headers.has("Location")) answer.headers.set("X-Remix-Revalidate", "yes");
  return answer;
}

/** An address as our own pages write it: no empty part, nothing encoded, no capitals. Others lead to the same routes. */
const PLAIN = /^\/(?:[a-z0-9_.-]+(?:\/[a-z0-9_.-]+)*)?$/;
/** Characters, and parts between slashes: no page of ours has more, and looking up what has would cost its sender nothing. */
const [LONGEST, DEEPEST] = [500, 10];
const FOLDED: ReadonlySet<string> = new Set(["0", ...LOCALES]);

/**
 * Which routes an address leads to. Remembered are addresses whose every parameter is an id or a language, since there are
 * as many as there are routes; one with a token in it, or a made-up one, is looked up each time and leaves nothing behind.
 */
export function addressesOf(routes: RouteObjects) {
  const remembered = new Map<string, string[]>();
  return {
    /** The ids of all routes that the address and the addresses above it lead to, sorted. None: it is nobody's page. */
    routesOn(path: string): string[] {
      const known = remembered.get(path);
      if (known) return known;
      const ids = routesOn(path, routes);
      const params = PLAIN.test(path) ? matched(routes, path)?.at(-1)?.params : undefined;
      if (params && Object.values(params).every((value) => FOLDED.has(value ?? ""))) remembered.set(path, ids);
      return ids;
    },
    /** How many addresses are remembered. */
    size: () => remembered.size,
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
  if (path.length > LONGEST) return [];
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length > DEEPEST) return [];
  const above = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
  // What cannot be decoded is nobody's page; Remix says so in its own way.
  if (!matches(routes, path)) return [];
  const ids = [path, "/", ...above].flatMap((each) => matches(routes, each) ?? []);
  return [...new Set(ids)].sort();
}

const matches = (routes: RouteObjects, path: string) =>
  matched(routes, path)?.map(({ route }) => String(route.id)) ?? null;

function matched(routes: RouteObjects, path: string) {
  try {
    return matchRoutes(routes, path);
  } catch {
    return null;
  }
}

function partOf(build: ServerBuild, ids: readonly string[]): ServerBuild {
  const only = <T>(all: Record<string, T>) => Object.fromEntries(ids.map((id) => [id, all[id] as T]));
  return { ...build, routes: only(build.routes), assets: { ...build.assets, routes: only(build.assets.routes) } };
}
