import type { Actor } from "~/kernel/actor";
import type { FormFailure } from "~/kernel/form";
import type { Refusal } from "./account";

/** The second factor of staff: an authenticator app, and codes on paper for the day it is lost. */

/** How many recovery codes a set has; each stands in for the app once. */
export const RECOVERY_CODES = 10;

/** 32 signs that nobody mistakes for one another. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** A code of 80 bits as people copy it: four groups of four. In: ten random bytes. */
export function recoveryCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const signs = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]);
  return (signs.join("").match(/.{4}/g) ?? []).join("-");
}

/** A recovery code as it was typed, brought to the form its hash is made of: gaps and case do not count. */
export function plainRecoveryCode(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
}

/** What an authenticator app reads out of the picture. */
export function authenticatorUri(secret: string, email: string): string {
  const query = new URLSearchParams({ secret, issuer: "Tandem", algorithm: "SHA1", digits: "6", period: "30" });
  return `otpauth://totp/Tandem:${encodeURIComponent(email)}?${query}`;
}

/** Admins look after everybody's signing in; an auditor reads. */
export const maySecure = (actor: Actor): boolean => actor.side === "staff" && actor.roles.includes("admin");
export const maySeeSecurity = (actor: Actor): boolean =>
  maySecure(actor) || (actor.side === "staff" && actor.roles.includes("auditor"));

/** A factor that waits for its first code. `picture`: the path of its QR code in a square of so many units. */
export type Setup = { factorId: string; secret: string; picture: { size: number; path: string } };

/** What the page of setting up knows after a form was sent. */
export type SetupAnswer = {
  setup: Setup | null;
  /** A new set of recovery codes: shown now and never again. */
  codes: readonly string[] | null;
  failure: FormFailure | null;
  refusal: Refusal | null;
};

/** A member of staff, and whether a second factor guards their sign-in. */
export type SecuredPerson = { id: string; name: string; email: string | null; hasSecondFactor: boolean };
