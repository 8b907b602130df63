import { invalid } from "./problem";
import type { Held, Store } from "./store";

/** Which object an id names, by its prefix. */
const KINDS: Record<string, string> = {
  ch: "charge",
  cs: "checkout.session",
  cus: "customer",
  du: "dispute",
  evt: "event",
  pi: "payment_intent",
  pm: "payment_method",
  re: "refund",
  seti: "setup_intent",
  txn: "balance_transaction",
};
const DEEPEST = 4;

/** What is only shown when it is asked for. */
export type Extras = (object: Held, field: string, store: Store) => Promise<unknown>;

/**
 * Puts objects in the place of their ids, as `expand` asks; `data.customer` means each of a list.
 * @throws Problem when a path leads nowhere, or too deep
 */
export async function expanded<T extends object>(
  store: Store,
  answer: T,
  paths: readonly string[],
  extras: Extras,
): Promise<T> {
  const copy = structuredClone(answer);
  for (const path of paths) {
    const parts = path.split(".");
    const list = isList(copy) && parts[0] === "data";
    if (parts.length - (list ? 1 : 0) > DEEPEST) {
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`);
    }
    if (list) for (const each of copy.data) await walk(store, each, parts.slice(1), path, extras);
    else await walk(store, copy, parts, path, extras);
  }
  return copy;
}

const isList = (value: object): value is { data: object[] } => "data" in value && Array.isArray(value.data);

async function walk(store: Store, at: object, parts: readonly string[], path: string, extras: Extras): Promise<void> {
  const [field, ...rest] = parts;
  if (field === undefined) return;
  const fields = at as Record<string, unknown>;
  if (typeof fields[field] === "string") {
    const kind = KINDS[fields[field].split("_")[0] ?? ""];
    const found = kind ? await store.find(kind, fields[field]) : null;
    if (!found) throw cannot(path);
    fields[field] = found;
  } else if (typeof fields[field] === "number" || typeof fields[field] === "boolean") {
    throw cannot(path);
  } else if (fields[field] === undefined) {
    const extra = await extras(at as Held, field, store);
    if (extra === undefined) throw cannot(path);
    fields[field] = extra;
  }
  const next = fields[field];
  if (rest.length === 0 || next === null) return;
  if (typeof next !== "object") throw cannot(path);
  if (isList(next as object) && rest[0] === "data") {
    for (const each of (next as { data: object[] }).data) await walk(store, each, rest.slice(1), path, extras);
    return;
  }
  await walk(store, next as object, rest, path, extras);
}

const cannot = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: "expand" });
