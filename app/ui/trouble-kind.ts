import { isRouteErrorResponse } from "@remix-run/react";

export type TroubleKind = "notFound" | "forbidden" | "broken";

/** What an error means to the person who meets it. In: whatever was thrown. */
export function troubleKind(error: unknown): TroubleKind {
  if (!isRouteErrorResponse(error)) return "broken";
  if (error.status === 404) return "notFound";
  return error.status === 403 ? "forbidden" : "broken";
}
