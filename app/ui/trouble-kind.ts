import { isRouteErrorResponse } from "@remix-run/react";
import { latestFailure } from "./failures";

export type TroubleKind = "notFound" | "forbidden" | "offline" | "broken";

/** What an error means to the person who meets it. In: whatever was thrown. */
export function troubleKind(error: unknown): TroubleKind {
  if (!isRouteErrorResponse(error)) return latestFailure()?.unreachable ? "offline" : "broken";
  if (error.status === 404) return "notFound";
  return error.status === 403 ? "forbidden" : "broken";
}
