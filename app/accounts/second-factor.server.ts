import { randomBytes } from "node:crypto";
import QRCode from "qrcode";
import type { ClientActor, StaffActor } from "~/kernel/actor";
import { asActor } from "~/kernel/actor-tx.server";
import { now } from "~/kernel/clock";
import { recordEvent } from "~/kernel/events.server";
import { limiter } from "~/kernel/limits.server";
import { asSystem, type SystemTx } from "~/kernel/system-tx.server";
import { afterSignIn, type Refusal } from "./account";
import { type SecurityNews, securityLetter } from "./emails/security";
import { queueLetter } from "./invitation.queries.server";
import { hashOf } from "./invitation-token.server";
import {
  authenticatorUri,
  maySecure,
  plainRecoveryCode,
  RECOVERY_CODES,
  recoveryCode,
  type Setup,
} from "./second-factor";
import * as queries from "./second-factor.queries.server";
import { mailSignIn, type SignInContext } from "./sign-in.server";
import { anonymousSupabase, isUnavailable, serviceClient } from "./supabase.server";
import type { VisitorPerson } from "./visitor";

/** The second factor: setting one up, proving it at sign-in and before what touches roles and money, losing it. */

/** Whoever a session belongs to, let in already or waiting for this very proof. */
type Holder = { who: ClientActor | StaffActor; person: VisitorPerson; sessionId: string };

function holderOf({ visitor }: SignInContext): Holder {
  if (visitor.actor) return { who: visitor.actor, person: visitor.person, sessionId: visitor.sessionId };
  if (!visitor.waiting) throw new Error("There is no session before a guard has found one.");
  return visitor.waiting;
}

const asDoor = "the session door: a second factor";
const refuse = (why: Exclude<Refusal["why"], "wait">): Refusal => ({ ok: false, why });

/** Notes in the log, and tells the person by mail, what happened to their sign-in. */
async function tell(
  tx: SystemTx,
  holder: Pick<Holder, "who">,
  news: SecurityNews,
  more: { target?: string; left?: number; by?: string } = {},
): Promise<void> {
  const { who } = holder;
  const personId = more.target ?? who.personId;
  const accountId = who.side === "client" ? who.accountId : null;
  const name = `person.${news.replaceAll("-", "_")}`;
  await recordEvent(
    tx,
    who,
    name,
    { kind: "person", id: personId, accountId },
    more.left === undefined ? {} : { left: more.left },
  );
  const contact = await queries.contactOf(tx, personId);
  if (!contact) return;
  const { email: recipient, language } = contact;
  await queueLetter(tx, { recipient, language, ...securityLetter(news, { language, at: now(), ...more }) });
}

async function keepProof({ sessionId, who }: Holder): Promise<void> {
  await asSystem(asDoor, (tx) =>
    queries.keepProof(tx, { sessionId, personId: who.personId, at: now(), recovered: false }),
  );
}

/** Shows a code of the authenticator app to Supabase, which raises the session. Out: ok, "wrong-app-code" or "wait". */
async function prove(context: SignInContext, code: string, factorId: string): Promise<{ ok: true } | Refusal> {
  if (!/^\d{6}$/.test(code)) return refuse("wrong-app-code");
  const { error } = await context.supabase.client.auth.mfa.challengeAndVerify({ factorId, code });
  if (!error) return { ok: true };
  if (error.status === 429) return { ok: false, why: "wait", seconds: context.supabase.waitSeconds() ?? 60 };
  if (isUnavailable(error)) throw error;
  return refuse("wrong-app-code");
}

async function factorsOf(context: SignInContext) {
  const { data, error } = await context.supabase.client.auth.mfa.listFactors();
  if (error) throw error;
  return data.all.filter((factor) => factor.factor_type === "totp");
}

async function verifiedFactor(context: SignInContext): Promise<string | undefined> {
  return (await factorsOf(context)).find((factor) => factor.status === "verified")?.id;
}

/** The second half of signing in. Out: where to go on; or "wrong-app-code", "wait". */
export async function passSecondFactor(
  context: SignInContext,
  form: { code: string; next?: string | undefined },
): Promise<{ ok: true; to: string } | Refusal> {
  const holder = holderOf(context);
  const factorId = await verifiedFactor(context);
  if (!factorId) return refuse("wrong-app-code");
  const proved = await prove(context, form.code, factorId);
  if (!proved.ok) return proved;
  await keepProof(holder);
  return { ok: true, to: afterSignIn(holder.who.side, form.next) };
}

// A code has 80 bits: this only spares the database.
const recoveries = limiter("recovery.person", { points: 8, seconds: 900 });

/** The second half of signing in without the app: a code works once, and the person is told. Out: as passSecondFactor. */
export async function recover(
  context: SignInContext,
  form: { code: string; next?: string | undefined },
): Promise<{ ok: true; to: string } | Refusal> {
  const holder = holderOf(context);
  const { personId } = holder.who;
  const wait = await recoveries.take(personId);
  if (wait !== null) return { ok: false, why: "wait", seconds: wait };
  const at = now();
  const used = await asSystem(asDoor, async (tx) => {
    const left = await queries.useRecoveryCode(tx, personId, hashOf(plainRecoveryCode(form.code)), at);
    if (left === undefined) return false;
    await queries.keepProof(tx, { sessionId: holder.sessionId, personId, at, recovered: true });
    await tell(tx, holder, "recovery-code-used", { left });
    return true;
  });
  return used ? { ok: true, to: afterSignIn(holder.who.side, form.next) } : refuse("wrong-recovery-code");
}

/**
 * Proves again who is there: by the app; whoever has none by their password, or by a code that was mailed to them, since not
 * everybody has a password. Out: ok or why not.
 */
export async function confirmIdentity(
  context: SignInContext,
  form: { way: "app" | "mail" | "password"; code: string; password: string },
): Promise<{ ok: true } | Refusal> {
  const holder = holderOf(context);
  const factorId = await verifiedFactor(context);
  const proved = factorId ? await prove(context, form.code, factorId) : await proveWithoutFactor(context, form);
  if (proved.ok) await keepProof(holder);
  return proved;
}

/** Mails a code to whoever asks, for confirmIdentity. Out: the address, or "wait". */
export async function mailIdentityCode(context: SignInContext): Promise<{ ok: true; email: string } | Refusal> {
  const email = await ownAddress(context);
  const outcome = await mailSignIn(context, { email });
  return outcome.ok ? { ok: true, email } : outcome;
}

async function ownAddress(context: SignInContext): Promise<string> {
  const { data, error } = await context.supabase.client.auth.getUser();
  if (error) throw error;
  return data.user.email ?? "";
}

async function proveWithoutFactor(
  context: SignInContext,
  form: { way: "app" | "mail" | "password"; code: string; password: string },
): Promise<{ ok: true } | Refusal> {
  return form.way === "mail" ? proveMailbox(context, form.code) : provePassword(context, form.password);
}

async function proveMailbox(context: SignInContext, code: string): Promise<{ ok: true } | Refusal> {
  if (!/^\d{6}$/.test(code)) return refuse("wrong-code");
  const email = await ownAddress(context);
  const { client, waitSeconds } = anonymousSupabase(context.clientAddress);
  const { error } = await client.auth.verifyOtp({ email, token: code, type: "email" });
  if (error?.status === 429) return { ok: false, why: "wait", seconds: waitSeconds() ?? 60 };
  if (error && isUnavailable(error)) throw error;
  if (error) return refuse("wrong-code");
  // The session that the code opened is nobody's.
  await client.auth.signOut({ scope: "local" });
  return { ok: true };
}

async function provePassword(context: SignInContext, password: string): Promise<{ ok: true } | Refusal> {
  const email = await ownAddress(context);
  if (!email || password === "") return refuse("wrong-password");
  const { client, waitSeconds } = anonymousSupabase(context.clientAddress);
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error?.status === 429) return { ok: false, why: "wait", seconds: waitSeconds() ?? 60 };
  if (error && isUnavailable(error)) throw error;
  if (error) return refuse("wrong-password");
  // The session that the question opened is nobody's.
  await client.auth.signOut({ scope: "local" });
  return { ok: true };
}

/** Begins with an authenticator app; what was begun before and never finished is forgotten. */
export async function beginSetup(context: SignInContext): Promise<Setup> {
  const { mfa } = context.supabase.client.auth;
  for (const factor of await factorsOf(context)) {
    if (factor.status !== "verified") await mfa.unenroll({ factorId: factor.id });
  }
  const { data, error } = await mfa.enroll({ factorType: "totp", issuer: "Tandem", friendlyName: now().toISOString() });
  if (error) throw error;
  return setupOf(context, data.id, data.totp.secret);
}

/** The page of a factor that waits for its first code, once more after a wrong one. */
export async function setupOf(context: SignInContext, factorId: string, secret: string): Promise<Setup> {
  const { data } = await context.supabase.client.auth.getUser();
  const { modules } = QRCode.create(authenticatorUri(secret, data.user?.email ?? ""), { errorCorrectionLevel: "M" });
  const { size } = modules;
  const path: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (modules.get(x, y)) path.push(`M${x} ${y}h1v1h-1z`);
  }
  return { factorId, secret, picture: { size, path: path.join("") } };
}

/** Turns a factor on by its first code. Out: the recovery codes, shown once; or "wrong-app-code", "wait". */
export async function finishSetup(
  context: SignInContext,
  form: { factorId: string; code: string },
): Promise<{ ok: true; codes: readonly string[] } | Refusal> {
  const holder = holderOf(context);
  const proved = await prove(context, form.code, form.factorId);
  if (!proved.ok) return proved;
  await keepProof(holder);
  const codes = await asSystem(asDoor, async (tx) => {
    await tell(tx, holder, "second-factor-set-up");
    return makeCodes(tx, holder.who.personId);
  });
  return { ok: true, codes };
}

async function makeCodes(tx: SystemTx, personId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomBytes(10)));
  await queries.replaceRecoveryCodes(
    tx,
    personId,
    codes.map((code) => hashOf(plainRecoveryCode(code))),
  );
  return codes;
}

/** Whether the person has a second factor, how many recovery codes are left, and whether one is asked of staff. */
export async function mySecurity(staff: StaffActor, hasSecondFactor: boolean) {
  const { secondFactorRequired: required } = await asActor(staff, queries.securitySettings);
  const left = hasSecondFactor ? await asSystem(asDoor, (tx) => queries.countRecoveryCodes(tx, staff.personId)) : 0;
  return { hasSecondFactor, required, left };
}

/** A new set of recovery codes; those before it do not count any more. */
export function renewCodes(staff: StaffActor): Promise<readonly string[]> {
  return asSystem(asDoor, async (tx) => {
    const subject = { kind: "person", id: staff.personId, accountId: null };
    await recordEvent(tx, staff, "person.recovery_codes_made", subject, {});
    return makeCodes(tx, staff.personId);
  });
}

async function takeFactors(userId: string): Promise<void> {
  const { mfa } = serviceClient().auth.admin;
  const { data, error } = await mfa.listFactors({ userId });
  if (error) throw error;
  for (const { id } of data.factors) {
    const { error: failed } = await mfa.deleteFactor({ userId, id });
    if (failed) throw failed;
  }
}

/** Takes the person's own second factor away, and the recovery codes with it. */
export async function removeSecondFactor(staff: StaffActor): Promise<void> {
  await takeFactors(staff.userId);
  await asSystem(asDoor, async (tx) => {
    await queries.replaceRecoveryCodes(tx, staff.personId, []);
    await tell(tx, { who: staff }, "second-factor-removed");
  });
}

/**
 * Takes a colleague's lost second factor away, ends all their sessions and tells them. Somebody who waits with a stolen
 * password must not be let in by the factor's being gone: their session ends, too.
 */
export async function resetSecondFactor(
  context: { visitor: SignInContext["visitor"] },
  staff: StaffActor,
  personId: string,
): Promise<{ ok: true } | { ok: false; why: "not-yours" | "not-found" }> {
  if (!maySecure(staff)) return { ok: false, why: "not-yours" };
  const target = await asActor(staff, (tx) => queries.staffLogin(tx, personId));
  if (!target?.userId) return { ok: false, why: "not-found" };
  const by = context.visitor.actor ? context.visitor.person.name : "";
  await asSystem(asDoor, (tx) => queries.endSessionsOf(tx, personId));
  await takeFactors(target.userId);
  await asSystem(asDoor, async (tx) => {
    await queries.endSessionsOf(tx, personId);
    await queries.replaceRecoveryCodes(tx, personId, []);
    await tell(tx, { who: staff }, "second-factor-reset", { target: personId, by });
  });
  return { ok: true };
}
