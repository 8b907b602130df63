/**
 * Pages are built by Vite and the server runs by tsx: two module graphs in one process, so a module-level constant
 * would exist twice. What must exist once lives here.
 */
const KEY = Symbol.for("tandem");

function store(): Map<string, unknown> {
  const holder = globalThis as typeof globalThis & { [KEY]?: Map<string, unknown> };
  holder[KEY] ??= new Map();
  return holder[KEY];
}

/** The one instance of `name` in this process; `make` runs at the first call only. If it throws, the next call tries again. */
export function once<T>(name: string, make: () => T): T {
  const kept = store();
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}

/** Takes an instance out, so that its owner can close it; undefined when it was never made. */
export function takeBack<T>(name: string): T | undefined {
  const kept = store();
  const instance = kept.get(name) as T | undefined;
  kept.delete(name);
  return instance;
}
