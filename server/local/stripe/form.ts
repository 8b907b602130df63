import * as z from "zod";
import { invalid, type Problem } from "./problem";

export type Tree = { [name: string]: Tree | string };

/** Deeper and longer than any request of ours; more of either is an attack. */
const [DEPTH, FIELDS] = [8, 1000];

/**
 * Reads a form as Stripe's libraries write it: `a[b][0]=c` is { a: { b: { 0: "c" } } }.
 * @throws Problem when a name cannot be read, or says two things
 */
export function readForm(form: URLSearchParams): Tree {
  const tree = bare();
  let fields = 0;
  for (const [name, value] of form) {
    fields += 1;
    const path = pathOf(name);
    if (path === null || fields > FIELDS)
      throw invalid(`Invalid request: the parameter ${name.slice(0, 100)} cannot be read.`);
    put(tree, path, value, name);
  }
  return tree;
}

// Without a prototype: a field may have any name.
const bare = (): Tree => Object.create(null) as Tree;

function pathOf(name: string): string[] | null {
  const parts = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!parts?.[1]) return null;
  const path = [parts[1], ...[...(parts[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map(([, inner = ""]) => inner)];
  return path.length > DEPTH ? null : path;
}

function put(tree: Tree, path: readonly string[], value: string, name: string): void {
  let at = tree;
  for (const [index, part] of path.entries()) {
    const key = part === "" ? String(Object.keys(at).length) : part;
    if (index === path.length - 1) {
      if (key in at) throw invalid(`Invalid request: the parameter ${name} is given twice.`);
      at[key] = value;
      return;
    }
    const next = at[key] ?? bare();
    if (typeof next === "string") throw invalid(`Invalid request: the parameter ${name} is a value and an object.`);
    at[key] = next;
    at = next;
  }
}

// ------------------------------------------------------------------ kinds of values

const isList = (value: unknown) =>
  typeof value === "object" && value !== null && Object.keys(value).every((key, at) => key === String(at));

/** Text as it was sent; an empty one takes a value away. */
export const text = (most = 5000) => z.string().max(most);
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, { error: "integer" })
  .transform(Number);
export const flag = z.enum(["true", "false"]).transform((value) => value === "true");
/** A list, sent as an object of its places. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (isList(value) ? Object.values(value as object) : value), z.array(item).max(100));
/** Up to 50 names; an empty value takes its name away, and an empty whole all of them. */
export const metadata = z.union([
  z.literal("").transform(() => null),
  z.record(z.string().max(40), z.string().max(500)).refine((all) => Object.keys(all).length <= 50),
]);
export const currency = z
  .string()
  .transform((code) => code.toLowerCase())
  .refine((code) => /^[a-z]{3}$/.test(code), { error: "currency" });
const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});
export const expand = { expand: list(z.string().max(200)).optional() };
/** What every list takes. */
export const paging = {
  ...expand,
  limit: integer.optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
  created: z.union([integer, range]).optional(),
};

/**
 * Checks a request against what its route knows.
 * @throws Problem that names the parameter as Stripe does: unknown, missing, or not what it should be
 */
export function check<T extends z.ZodType>(schema: T, tree: Tree): z.output<T> {
  const parsed = schema.safeParse(plain(tree));
  if (parsed.success) return parsed.data;
  throw problemOf(parsed.error.issues, tree);
}

/** zod looks at plain objects alone. */
function plain(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [name, typeof value === "string" ? value : plain(value)]),
  );
}

function problemOf(issues: readonly z.core.$ZodIssue[], tree: Tree): Problem {
  const unknown = issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown?.code === "unrecognized_keys") {
    const param = paramOf([...unknown.path, unknown.keys[0] ?? ""]);
    return invalid(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  }
  const [issue] = issues;
  const param = paramOf(issue?.path ?? []);
  const given = valueAt(tree, issue?.path ?? []);
  if (given === undefined) return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (issue?.message === "integer") {
    return invalid(`Invalid integer: ${String(given)}`, { code: "parameter_invalid_integer", param });
  }
  if (issue?.message === "currency") {
    return invalid(`Invalid currency: ${String(given)}.`, { param });
  }
  if (issue?.code === "invalid_value") {
    return invalid(`Invalid ${param}: must be one of ${issue.values.join(", ")}`, { param });
  }
  return invalid(`Invalid ${param || "request"}`, { param });
}

function paramOf(path: readonly PropertyKey[]): string {
  const [first = "", ...rest] = path.map(String);
  return first + rest.map((part) => `[${part}]`).join("");
}

function valueAt(tree: Tree, path: readonly PropertyKey[]): Tree | string | undefined {
  let at: Tree | string | undefined = tree;
  for (const part of path) at = typeof at === "object" ? at[String(part)] : undefined;
  return at;
}
