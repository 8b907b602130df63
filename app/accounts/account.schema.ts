import * as z from "zod";
import { LINK_TYPES, PASSWORD_MIN } from "./account";

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const next = z.string().max(2000).optional();

// What people copy from a message or a telephone often brings gaps along.
const withoutGaps = (typed: string) => typed.replace(/[\s-]/g, "");

/** /login */
export const loginForm = z.object({ email, password: z.string().max(1000), next });

/** Asking for a message: /login/code before there is a code, and /forgot. */
export const mailForm = z.object({ email, next });

/** /login/code */
export const codeForm = z.object({
  email,
  code: z.string().max(100).transform(withoutGaps),
  next,
});

/** /login/second-factor */
export const secondFactorForm = z.object({ code: z.string().max(100).transform(withoutGaps), next });
export const recoveryForm = z.object({ recovery: z.string().max(100), next });

/** Setting up a second factor: the secret comes along so that its picture stands there again after a wrong code. */
export const setupForm = z.object({
  factorId: z.guid(),
  secret: z.string().regex(/^[A-Z2-7]{16,128}$/),
  code: z.string().max(100).transform(withoutGaps),
});

/** /confirm-identity: a code of the app or of a message, or a password. */
export const identityForm = z.object({
  way: z.enum(["app", "mail", "password"]),
  code: z.string().max(100).transform(withoutGaps).default(""),
  password: z.string().max(1000).default(""),
  next,
});

/** /staff/settings/security */
export const requirementForm = z.object({
  required: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
  revision: z.coerce.number().int().positive(),
});
export const personForm = z.object({ person: z.guid() });

/** /confirm: the parts of an e-mailed link. */
export const linkForm = z.object({
  token_hash: z
    .string()
    .min(16)
    .max(200)
    .regex(/^[\w-]+$/),
  type: z.enum(LINK_TYPES),
  next,
});

/** /new-password */
export const passwordForm = z.object({ password: z.string().min(PASSWORD_MIN).max(1000) });

/** What a browser brings back in the session cookie. */
export const storedSession = z.object({ access_token: z.string(), expires_at: z.number() });
