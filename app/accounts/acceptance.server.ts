import type { AuthError } from "@supabase/supabase-js";
import type { Actor } from "~/kernel/actor";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { asSystem } from "~/kernel/system-tx.server";
import { isTooLong, type Refusal } from "./account";
import { accept, isSomebodys, lookAt } from "./invitation.queries.server";
import { hashOf } from "./invitation-token.server";
import type { Invitation } from "./person";
import { type SignInContext, signIn } from "./sign-in.server";
import { serviceClient } from "./supabase.server";

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
  const credentials = { password, language };
  const login = found.login ?? (await makeLogin(tokenHash, email, credentials));
  if ("ok" in login) return login;
  try {
    await asSystem(asReader, async (tx) => {
      const made = await accept(tx, { tokenHash, login: login.id, name, zone, at: now() });
      if (made.outcome !== "ok") throw new Refused({ ok: false, why: "not-open" });
      const { personId, accountId } = made;
      const { role, staffRoles } = found.invitation;
      const actor: Actor =
        accountId === null || role === null
          ? { side: "staff", userId: login.id, personId, roles: staffRoles ?? [] }
          : { side: "client", userId: login.id, personId, accountId, role };
      const facts = { to: role ?? staffRoles?.join(" ") };
      await recordEvent(tx, actor, "person.joined", { kind: "person", id: personId, accountId }, facts);
      // Last, and before the commit: who is refused keeps the password they had.
      if (!login.isNew) await choosePassword(login.id, credentials);
    });
  } catch (error) {
    if (login.isNew) await discardLogin(login.id);
    if (error instanceof Refused) return error.answer;
    throw error;
  }
  return signIn(context, { email, password });
}

/** A refusal on its way out of a transaction, which takes back what was made of the invitation. */
class Refused extends Error {
  constructor(readonly answer: AcceptRefused) {
    super(answer.why);
  }
}

type Login = { id: string; isNew: boolean };
type Credentials = { password: string; language: string };

// The letter has proved that the address is theirs.
const attributesOf = ({ password, language }: Credentials) => ({
  password,
  email_confirm: true,
  user_metadata: { language },
});

/** A login for an address that has none; the one that the other press made when it was pressed twice. */
async function makeLogin(tokenHash: Buffer, email: string, credentials: Credentials): Promise<Login | AcceptRefused> {
  const { data, error } = await serviceClient().auth.admin.createUser({ email, ...attributesOf(credentials) });
  if (data.user) return { id: data.user.id, isNew: true };
  if (error?.code === "email_exists") {
    const again = await asSystem(asReader, (tx) => lookAt(tx, tokenHash, now()));
    if (again?.invitation.outcome === "open" && again.login) return again.login;
    return { ok: false, why: "not-open" };
  }
  return refusalOf(error);
}

/** Gives the login this password. Throws Refused when the sign-in service does not take it. */
async function choosePassword(login: string, credentials: Credentials): Promise<void> {
  const { error } = await serviceClient().auth.admin.updateUserById(login, attributesOf(credentials));
  if (error) throw new Refused(refusalOf(error));
}

/** Takes away a login that was made for nothing. One that stays for all that opens nothing: it is nobody's. */
async function discardLogin(login: string): Promise<void> {
  if (await asSystem(asReader, (tx) => isSomebodys(tx, login))) return;
  await serviceClient().auth.admin.deleteUser(login);
}

function refusalOf(error: AuthError | null): AcceptRefused {
  if (error?.code === "weak_password") return { ok: false, why: "weak-password" };
  if (error?.status === 429) return { ok: false, why: "wait", seconds: 60 };
  throw error ?? new Error("Supabase made no login and did not say why");
}
