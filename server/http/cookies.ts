/** The value of a cookie that holds a single word, such as a language; undefined when there is none. */
export function cookieOf(header: string | undefined, name: "locale" | "theme"): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([a-z]{1,10})(?:;|$)`).exec(header ?? "")?.[1];
}
