import type * as z from "zod";
import type { Store } from "./store";

/** What a route is told besides its parameters. */
export interface Call {
  readonly store: Store;
  /** The ids in the address, in their order. */
  readonly ids: readonly string[];
  readonly path: string;
  /** Where the stand-in's own pages are. */
  readonly address: string;
}

/** What a route answers; 402 with an error is kept like any other answer, since it changed something. */
export type Answer = { readonly status: number; readonly body: object };

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** As `/v1/refunds/:id`. */
  readonly path: string;
  readonly takes: z.ZodType;
  run(call: Call, params: never): Promise<object | Answer>;
}

/** A route with its parameters checked by `takes` before `run` sees them. */
export function route<T extends z.ZodType>(
  method: Route["method"],
  path: string,
  takes: T,
  run: (call: Call, params: z.output<T>) => Promise<object | Answer>,
): Route {
  return { method, path, takes, run: run as Route["run"] };
}

export const isAnswer = (value: object): value is Answer =>
  "status" in value && typeof value.status === "number" && "body" in value;

/** Names merged as the API does it: an empty value takes its name away, nothing at all all of them. */
export function mergedMetadata(
  before: Record<string, string> | null,
  given: Record<string, string> | null | undefined,
): Record<string, string> {
  if (given === null) return {};
  const all = { ...before, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}
