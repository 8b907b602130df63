const A_YEAR = 365 * 24 * 60 * 60;

/** A Set-Cookie value that keeps a choice of this browser for a year. In: a value of ours, never free text. */
export function preferenceCookie(name: "locale" | "theme", value: string, appOrigin: string): string {
  const secure = appOrigin.startsWith("https:") ? "; Secure" : "";
  return `${name}=${value}; Path=/; Max-Age=${A_YEAR}; HttpOnly; SameSite=Lax${secure}`;
}
