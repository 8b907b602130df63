import type { Params } from "@remix-run/react";
import * as z from "zod";

const uuid = z.guid();

/** The id in the address. A malformed one is a page that does not exist (404), not an error of ours. */
export function requireId(params: Params, name: string): string {
  const parsed = uuid.safeParse(params[name]);
  if (!parsed.success) throw new Response(null, { status: 404, statusText: "Not Found" });
  return parsed.data.toLowerCase();
}
