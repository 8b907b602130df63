import * as z from "zod";
import type { TokenKind } from "./one-time";

/** The `type` of auth-js and the kinds of token it opens. `email` is what it calls a code for signing in. */
const KINDS = {
  signup: ["signup", "magiclink"],
  magiclink: ["magiclink", "signup"],
  email: ["magiclink", "signup"],
  invite: ["invite"],
  recovery: ["recovery"],
  email_change: ["email_change_new", "email_change_current"],
} as const satisfies Record<string, readonly TokenKind[]>;

export const tokenTypeSchema = z.enum(["signup", "magiclink", "email", "invite", "recovery", "email_change"]);
type TokenType = z.infer<typeof tokenTypeSchema>;

export function kindsOf(type: TokenType): readonly TokenKind[] {
  return KINDS[type];
}

/** How a session that began with such a token is said to have proven itself (`amr`). */
export function methodOf(kind: string): string {
  if (kind === "recovery" || kind === "invite") return kind;
  return kind.startsWith("email_change") ? "email_change" : "otp";
}
