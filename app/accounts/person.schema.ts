import * as z from "zod";
import type { StaffRole } from "~/kernel/actor";
import { LOCALES, THEMES } from "~/kernel/locale";
import { CURRENCIES, type Money, readAmount } from "~/kernel/money";
import { PASSWORD_MIN } from "./account";
import { CLIENT_ROLES, NAME_MAX, STAFF_ROLES } from "./person";
import { zoneOf } from "./zone";

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const revision = z.coerce.number().int().positive();

// A name of zero-width characters would be a person whom nobody sees; a line break would tear a letter's subject.
const name = z
  .string()
  .transform((text) =>
    text
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      .replace(/\s+/g, " ")
      .trim(),
  )
  .pipe(
    z
      .string()
      .max(NAME_MAX)
      .refine((text) => /[\p{L}\p{N}]/u.test(text), "required"),
  );

const zone = z
  .string()
  .max(100)
  .transform((typed, context) => {
    const found = zoneOf(typed);
    if (found) return found;
    context.addIssue({ code: "custom", message: "not-zone" });
    return z.NEVER;
  });

const box = z.literal("on").optional();
/** One box for each role of staff, since a form that comes back keeps one value for a name. */
const staffRoles = z.object({
  "role-designer": box,
  "role-pricing": box,
  "role-manager": box,
  "role-production": box,
  "role-support": box,
  "role-admin": box,
  "role-auditor": box,
} satisfies Record<`role-${StaffRole}`, typeof box>);

function withRoles<T extends z.output<typeof staffRoles>>(form: T, context: z.RefinementCtx) {
  const roles: StaffRole[] = STAFF_ROLES.filter((role) => form[`role-${role}`] === "on");
  if (roles.length === 0) context.addIssue({ code: "custom", message: "no-role", path: ["roles"] });
  return { ...form, roles };
}

/** Inviting into an account. */
export const inviteForm = z.object({ email, role: z.enum(CLIENT_ROLES), language: z.enum(LOCALES) });

/** Inviting to staff. */
export const inviteStaffForm = staffRoles.extend({ email, language: z.enum(LOCALES) }).transform(withRoles);

/** One invitation of a list, and what is to become of it. */
export const invitationForm = z.object({ id: z.guid(), intent: z.enum(["again", "revoke"]) });

/** A person's page: which of its forms was sent. */
export const roleForm = z.object({ revision, role: z.enum(CLIENT_ROLES) });
export const staffRolesForm = staffRoles.extend({ revision }).transform(withRoles);
export const limitForm = z
  .object({ revision, amount: z.string().max(40).optional(), currency: z.enum(CURRENCIES) })
  .transform(({ amount, currency, revision: seen }, context): { revision: number; limit: Money | null } => {
    if (amount === undefined || amount.trim() === "") return { revision: seen, limit: null };
    const minor = readAmount(amount, currency);
    if (minor !== null) return { revision: seen, limit: { minor, currency } };
    context.addIssue({ code: "custom", message: "not-amount", path: ["amount"] });
    return z.NEVER;
  });
export const removeForm = z.object({ revision, sure: z.literal("on", "not-sure") });

/** /accept */
export const acceptForm = z.object({
  token: z.string().max(100),
  name,
  password: z.string().min(PASSWORD_MIN).max(1000),
  // Where the reader is, as their browser says; a script fills it in, so that it is no reason to refuse.
  zone: z
    .string()
    .max(100)
    .optional()
    .transform((typed) => (typed ? zoneOf(typed) : null)),
});

/** /settings */
export const profileForm = z.object({ name, language: z.enum(LOCALES), zone, theme: z.enum(THEMES) });
export const sessionForm = z.object({ session: z.guid().optional() });
