import type { Actor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { asSystem } from "~/kernel/system-tx.server";
import { isTooLong, type Refusal } from "./account";
import { accept, lookAt } from "./invitation.queries.server";
import { hashOf } from "./invitation-token.server";
import type { Invitation } from "./person";
import { type SignInContext, signIn } from "./sign-in.server";
import { isUnavailable, serviceClient } from "./supabase.server";

/** Accepting an invitation: its reader is nobody yet, so the letter's token alone says what they may see and become. */

const asReader = "the reader of a letter of invitation";

/** What a letter invites to; undefined for a token that no letter holds (any more). */
export async function viewInvitation(token: string): Promise<Invitation | undefined> {
  return (await asSystem(asReader, (tx) => lookAt(tx, hashOf(token), now())))?.invitation;
}

export type AcceptRefused = Refusal | { ok: false; why: "not-open" };

/**
 * Makes a person and a login of an invitation, once, and signs them in. Whoever reads the invited mailbox chooses the
 * password of a login that its address has from before, as with a forgotten one.
 * Out: where to go on; "not-open" when the invitation no longer is (viewInvitation says why), "weak-password",
 * "long-password" or "wait".
 */
export async function acceptInvitation(
  context: SignInContext,
  form: { token: string; name: string; password: string; zone: string | null },
): Promise<{ ok: true; to: string } | AcceptRefused> {
  const { name, password, zone } = form;
  if (isTooLong(password)) return { ok: false, why: "long-password" };
  const tokenHash = hashOf(form.token);
  const found = await asSystem(asReader, (tx) => lookAt(tx, tokenHash, now()));
  if (found?.invitation.outcome !== "open") return { ok: false, why: "not-open" };
  const { email, language } = found.invitation;
  const login = await loginFor({ tokenHash, email, language, password, login: found.login });
  if (typeof login !== "string") return login;
  const accepted = await asSystem(asReader, async (tx) => {
    const made = await accept(tx, { tokenHash, login, name, zone, at: now() });
    if (made.outcome !== "ok") return false;
    const { personId, accountId } = made;
    const { role, staffRoles } = found.invitation;
    const actor: Actor =
      accountId === null || role === null
        ? { side: "staff", userId: login, personId, roles: staffRoles ?? [] }
        : { side: "client", userId: login, personId, accountId, role };
    const facts = { to: role ?? staffRoles?.join(" ") };
    await recordEvent(tx, actor, "person.joined", { kind: "person", id: personId, accountId }, facts);
    return true;
  });
  if (!accepted) return { ok: false, why: "not-open" };
  return signIn(context, { email, password });
}

/** The address's login with this password: made now, or the one it has. */
async function loginFor(wish: {
  tokenHash: Buffer;
  email: string;
  language: string;
  password: string;
  login: string | null;
}): Promise<string | AcceptRefused> {
  const { tokenHash, email, language, password, login } = wish;
  const { admin } = serviceClient().auth;
  // The letter has proved that the address is theirs.
  const known = { password, email_confirm: true, user_metadata: { language } };
  const { data, error } = login
    ? await admin.updateUserById(login, known)
    : await admin.createUser({ email, ...known });
  if (data.user) return data.user.id;
  if (error?.code === "email_exists" && !login) {
    // Pressed twice: the other press made it a moment ago, and may be through already.
    const again = await asSystem(asReader, (tx) => lookAt(tx, tokenHash, now()));
    if (again?.invitation.outcome !== "open" || !again.login) return { ok: false, why: "not-open" };
    return loginFor({ ...wish, login: again.login });
  }
  if (error?.code === "weak_password") return { ok: false, why: "weak-password" };
  if (error?.status === 429) return { ok: false, why: "wait", seconds: 60 };
  if (error && isUnavailable(error)) throw error;
  throw error ?? new Error("Supabase made no login and did not say why");
}
