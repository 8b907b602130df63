import * as z from "zod";
import { LOCALES } from "~/kernel/locale";
import { GUEST_DAYS, GUEST_NAME_MAX, GUEST_RIGHTS } from "./guest";

// A name of signs that nobody sees would be a comment by nobody.
const isSeen = (text: string) => /[^\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u.test(text);
const name = z
  .string()
  .transform((typed) => typed.replace(/[\s\p{C}]+/gu, " ").trim())
  .pipe(z.string().max(GUEST_NAME_MAX).refine(isSeen, "required"));

/** Inviting a guest. */
export const inviteGuestForm = z.object({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  name,
  language: z.enum(LOCALES),
  rights: z.enum(GUEST_RIGHTS),
  days: z.coerce
    .number()
    .int()
    .refine((days) => GUEST_DAYS.some((offered) => offered === days), "not-offered"),
});

/** The buttons beside a guest. */
export const guestForm = z.object({ guest: z.guid(), revision: z.coerce.number().int().positive() });

/** What a guest may do from now on, and until when: for so many days from today, or as long as before. */
export const guestChangeForm = guestForm.extend({
  rights: z.enum(GUEST_RIGHTS),
  days: z
    .union([z.literal("as-before"), z.coerce.number().int()])
    .refine((days) => days === "as-before" || GUEST_DAYS.some((offered) => offered === days), "not-offered"),
});

/** What guests say of themselves. */
export const guestNameForm = z.object({ name });

/** The code that was mailed to a guest. */
export const guestCodeForm = z.object({
  code: z
    .string()
    .max(100)
    .transform((typed) => typed.replace(/[\s-]/g, "")),
});
