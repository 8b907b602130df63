import { createHash } from "node:crypto";
import * as z from "zod";
import { requireServerCalling } from "../caller";
import { inTransaction, type Queryable } from "../database";
import type { Gateway } from "../gateway-context";
import { AuthRefusal, emailSchema, json, readJson, uuidSchema } from "../http";
import { mergedMetadata, requireSmallMetadata } from "./metadata";
import { removeFactor } from "./mfa";
import { hashPassword, requireKnownHash, requireStrongPassword } from "./password";
import { changeEmail, confirmEmail, insertUser, listUsers, requireUser, userJson } from "./users";

const record = z.record(z.string(), z.unknown());
const attributesSchema = z.object({
  id: uuidSchema.optional(),
  email: emailSchema.optional(),
  password: z.string().optional(),
  password_hash: z.string().max(255).optional(),
  email_confirm: z.boolean().optional(),
  user_metadata: record.nullish(),
  app_metadata: record.nullish(),
  ban_duration: z.string().max(40).optional(),
});
type Attributes = z.infer<typeof attributesSchema>;

/** GET /admin/users?page&per_page: users, oldest first; how many there are in all in `x-total-count`. */
export async function handleListUsers(gateway: Gateway, request: Request, url: URL): Promise<Response> {
  await requireServerCalling(gateway, request);
  const page = positive(url.searchParams.get("page"), 1, 1_000_000);
  const perPage = positive(url.searchParams.get("per_page"), 50, 1000);
  const { users, total } = await listUsers(gateway.pool, page, perPage);
  const last = Math.max(1, Math.ceil(total / perPage));
  const link = (to: number, rel: string) => `<${url.pathname}?page=${to}&per_page=${perPage}>; rel="${rel}"`;
  const links = [...(page < last ? [link(page + 1, "next")] : []), link(last, "last")];
  return json({ users: users.map(userJson), aud: "authenticated" }, 200, {
    "x-total-count": String(total),
    link: links.join(", "),
  });
}

/** GET /admin/users/:id. */
export async function handleGetUserById(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  await requireServerCalling(gateway, request);
  return json(userJson(await requireUser(gateway.pool, id)));
}

/** POST /admin/users: a login, confirmed when `email_confirm` says so. No letter is sent. */
export async function handleCreateUser(gateway: Gateway, request: Request): Promise<Response> {
  await requireServerCalling(gateway, request);
  const asked = await readJson(request, attributesSchema);
  const { email } = asked;
  if (!email) throw new AuthRefusal(400, "validation_failed", "Cannot create a user without an email");
  const metadata = asked.user_metadata ?? {};
  requireSmallMetadata(metadata);
  const passwordHash = await chosenHash(asked);
  const user = await inTransaction(gateway.pool, async (db) => {
    const made = await insertUser(db, {
      id: asked.id,
      email,
      passwordHash,
      confirmed: asked.email_confirm ?? false,
      userMetadata: metadata,
      appMetadata: asked.app_metadata ?? {},
      now: gateway.now(),
    });
    if (asked.ban_duration) await ban(gateway, db, made.id, asked.ban_duration);
    return requireUser(db, made.id);
  });
  return json(userJson(user));
}

/** PUT /admin/users/:id: sets what is named, without asking the person. A new password or a ban ends their sessions. */
export async function handleUpdateUserById(
  gateway: Gateway,
  request: Request,
  _url: URL,
  id: string,
): Promise<Response> {
  await requireServerCalling(gateway, request);
  const asked = await readJson(request, attributesSchema);
  const passwordHash = await chosenHash(asked);
  const updated = await inTransaction(gateway.pool, async (db) => {
    const now = gateway.now();
    const user = await requireUser(db, id);
    const userMetadata = mergedMetadata(user.raw_user_meta_data, asked.user_metadata ?? {});
    requireSmallMetadata(userMetadata);
    await db.query(
      "update auth.users set raw_user_meta_data = $2, raw_app_meta_data = $3, updated_at = $4 where id = $1",
      [id, userMetadata, mergedMetadata(user.raw_app_meta_data, asked.app_metadata ?? {}), now],
    );
    if (asked.email && asked.email !== user.email) await changeEmail(db, id, asked.email, now);
    else if (asked.email_confirm) await confirmEmail(db, id, now);
    if (passwordHash) {
      await db.query("update auth.users set encrypted_password = $2 where id = $1", [id, passwordHash]);
      await db.query("delete from auth.sessions where user_id = $1", [id]);
    }
    if (asked.ban_duration) await ban(gateway, db, id, asked.ban_duration);
    return requireUser(db, id);
  });
  return json(userJson(updated));
}

/** DELETE /admin/users/:id. With `should_soft_delete` the row stays, without anything that says who it was. */
export async function handleDeleteUser(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  await requireServerCalling(gateway, request);
  const { should_soft_delete: soft } = await readJson(
    request,
    z.object({ should_soft_delete: z.boolean().default(false) }),
  );
  await inTransaction(gateway.pool, async (db) => {
    const user = await requireUser(db, id);
    if (!soft) {
      await db.query("delete from auth.users where id = $1", [id]);
      return;
    }
    const trace = createHash("sha256").update(`${id}:${user.email}`).digest("hex");
    await db.query("delete from auth.sessions where user_id = $1", [id]);
    await db.query("delete from auth.identities where user_id = $1", [id]);
    await db.query("delete from auth.mfa_factors where user_id = $1", [id]);
    await db.query("delete from auth.one_time_tokens where user_id = $1", [id]);
    await db.query(
      `update auth.users set email = $2, encrypted_password = '', raw_user_meta_data = '{}', raw_app_meta_data = '{}',
         email_change = '', confirmation_token = '', recovery_token = '', email_change_token_new = '',
         email_change_token_current = '', reauthentication_token = '', deleted_at = $3, updated_at = $3 where id = $1`,
      [id, trace, gateway.now()],
    );
  });
  return json({});
}

/** GET /admin/users/:id/factors. */
export async function handleListFactors(gateway: Gateway, request: Request, _url: URL, id: string): Promise<Response> {
  await requireServerCalling(gateway, request);
  return json((await requireUser(gateway.pool, id)).factors);
}

/** DELETE /admin/users/:id/factors/:factor: for somebody who lost their telephone. */
export async function handleDeleteFactor(gateway: Gateway, request: Request, url: URL, id: string): Promise<Response> {
  await requireServerCalling(gateway, request);
  const factorId = url.pathname.split("/").at(-1) ?? "";
  await inTransaction(gateway.pool, async (db) => {
    const user = await requireUser(db, id);
    if (!user.factors.some((factor) => factor.id === factorId)) {
      throw new AuthRefusal(404, "mfa_factor_not_found", "Factor not found");
    }
    await removeFactor(db, id, factorId);
  });
  return json({ id: factorId });
}

async function chosenHash(asked: Attributes): Promise<string | null> {
  if (asked.password_hash !== undefined) {
    requireKnownHash(asked.password_hash);
    return asked.password_hash;
  }
  if (asked.password === undefined) return null;
  requireStrongPassword(asked.password);
  return hashPassword(asked.password);
}

/** `24h`, `1h30m`, `none`. Somebody who is banned is out at once. */
async function ban(gateway: Gateway, db: Queryable, id: string, duration: string): Promise<void> {
  if (duration === "none") {
    await db.query("update auth.users set banned_until = null where id = $1", [id]);
    return;
  }
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const good = /^(\d{1,9}(\.\d{1,6})?(ms|s|m|h))+$/.test(duration);
  if (!good) throw new AuthRefusal(400, "validation_failed", "Invalid format for ban_duration");
  const parts = [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const milliseconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ""] ?? 0), 0);
  const until = new Date(Math.min(gateway.now().getTime() + milliseconds, Date.UTC(9999, 0)));
  await db.query("update auth.users set banned_until = $2 where id = $1", [id, until]);
  await db.query("delete from auth.sessions where user_id = $1", [id]);
}

function positive(text: string | null, otherwise: number, most: number): number {
  const value = /^\d{1,9}$/.test(text ?? "") ? Number(text) : otherwise;
  return Math.min(Math.max(value, 1), most);
}
