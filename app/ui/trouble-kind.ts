import { isRouteErrorResponse } from "@remix-run/react";
import { latestFailure } from "./failures";

export type TroubleKind = "notFound" | "forbidden" | "unreadable" | "offline" | "broken";

/** What an error means to the person who meets it. In: whatever was thrown. */
export function troubleKind(error: unknown): TroubleKind {
  if (!isRouteErrorResponse(error)) return latestFailure()?.unreachable ? "offline" : "broken";
  // An address that takes nothing (405) is as good as none for whoever sends something there.
  if (error.status === 404 || error.status === 405) return "notFound";
  if (error.status === 400) return "unreadable";
  return error.status === 403 ? "forbidden" : "broken";
}
