import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One route of the build, as its manifest lists it. */
export interface Route {
  /** `routes/_portal.ideas.$ideaId` */
  readonly id: string;
  /** `/ideas/:ideaId`, with the parents' parts. */
  readonly path: string;
  readonly hasLoader: boolean;
  readonly hasAction: boolean;
}

interface ManifestRoute {
  id: string;
  parentId?: string;
  path?: string;
  hasLoader: boolean;
  hasAction: boolean;
}

/**
 * Every route of the build that is being served, layouts and the root included, so that a new page cannot be forgotten.
 * Throws where nothing is built.
 */
export function routeTable(): readonly Route[] {
  const folder = fileURLToPath(new URL("../../build/client/assets", import.meta.url));
  const file = readdirSync(folder).find((name) => /^manifest-.*\.js$/.test(name));
  if (!file) throw new Error("There is no build: run `npm start` or `npm run build` once.");
  const source = readFileSync(join(folder, file), "utf8");
  const text = source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1);
  const { routes } = JSON.parse(text) as { routes: Record<string, ManifestRoute> };
  const pathOf = (route: ManifestRoute): string => {
    const parent = route.parentId === undefined ? undefined : routes[route.parentId];
    return `${parent ? pathOf(parent) : ""}${route.path ? `/${route.path}` : ""}`;
  };
  return Object.values(routes).map((route) => ({
    id: route.id,
    path: pathOf(route) || "/",
    hasLoader: route.hasLoader,
    hasAction: route.hasAction,
  }));
}
