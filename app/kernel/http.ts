/** The answer for what is not there, or not there for this person. Thrown from a loader or an action. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: "Not Found" });
}

/** The answer for a thing one may see and a step one may not take. */
export function forbidden(): Response {
  return new Response(null, { status: 403, statusText: "Forbidden" });
}

const A_YEAR = 365 * 24 * 60 * 60;

/** A Set-Cookie value that keeps a choice of this browser for a year. In: a value of ours, never free text. */
export function preferenceCookie(name: "locale" | "theme", value: string, appOrigin: string): string {
  const secure = appOrigin.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${A_YEAR}; HttpOnly; SameSite=Lax${secure}`;
}
