import * as z from "zod";
import { LINK_TYPES, PASSWORD_MIN } from "./account";

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const next = z.string().max(2000).optional();

/** /login */
export const loginForm = z.object({ email, password: z.string().max(1000), next });

/** Asking for a message: /login/code before there is a code, and /forgot. */
export const mailForm = z.object({ email, next });

/** /login/code: what people copy from a message often brings spaces along. */
export const codeForm = z.object({
  email,
  code: z
    .string()
    .max(100)
    .transform((typed) => typed.replace(/[\s-]/g, "")),
  next,
});

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
