import { randomUUID } from "node:crypto";
import { isDuplicate, type Queryable } from "../database";
import { AuthRefusal } from "../http";

/** A row of auth.users with its identities and factors, as far as the gateway uses them. */
export type UserRow = {
  id: string;
  role: string | null;
  email: string | null;
  encrypted_password: string | null;
  email_confirmed_at: Date | null;
  confirmed_at: Date | null;
  invited_at: Date | null;
  confirmation_sent_at: Date | null;
  recovery_sent_at: Date | null;
  email_change: string | null;
  email_change_sent_at: Date | null;
  email_change_confirm_status: number;
  reauthentication_sent_at: Date | null;
  last_sign_in_at: Date | null;
  raw_app_meta_data: Record<string, unknown> | null;
  raw_user_meta_data: Record<string, unknown> | null;
  created_at: Date | null;
  updated_at: Date | null;
  banned_until: Date | null;
  deleted_at: Date | null;
  is_anonymous: boolean;
  identities: object[];
  factors: { id: string; status: "verified" | "unverified" }[];
};

const SELECT = `
  select u.id, u.role, u.email, u.encrypted_password, u.email_confirmed_at, u.confirmed_at, u.invited_at,
    u.confirmation_sent_at, u.recovery_sent_at, u.email_change, u.email_change_sent_at, u.email_change_confirm_status,
    u.reauthentication_sent_at, u.last_sign_in_at, u.raw_app_meta_data, u.raw_user_meta_data, u.created_at,
    u.updated_at, u.banned_until, u.deleted_at, u.is_anonymous,
    coalesce((
      select json_agg(json_build_object('identity_id', i.id, 'id', i.provider_id, 'user_id', i.user_id,
        'identity_data', i.identity_data, 'provider', i.provider, 'last_sign_in_at', i.last_sign_in_at,
        'created_at', i.created_at, 'updated_at', i.updated_at, 'email', i.email) order by i.created_at, i.id)
      from auth.identities i where i.user_id = u.id), '[]') as identities,
    coalesce((
      select json_agg(json_build_object('id', f.id, 'friendly_name', f.friendly_name, 'factor_type', f.factor_type,
        'status', f.status, 'created_at', f.created_at, 'updated_at', f.updated_at) order by f.created_at, f.id)
      from auth.mfa_factors f where f.user_id = u.id), '[]') as factors
  from auth.users u`;

/** The user with this e-mail address (lower case), or null. Deleted ones do not exist. */
export async function userByEmail(db: Queryable, email: string): Promise<UserRow | null> {
  const { rows } = await db.query<UserRow>(
    `${SELECT} where u.email = $1 and u.is_sso_user = false and u.deleted_at is null`,
    [email],
  );
  return rows[0] ?? null;
}

/** The user with this id, or null. Deleted ones do not exist. */
export async function userById(db: Queryable, id: string): Promise<UserRow | null> {
  const { rows } = await db.query<UserRow>(`${SELECT} where u.id = $1 and u.deleted_at is null`, [id]);
  return rows[0] ?? null;
}

/** Like userById for an id that must be there. Throws AuthRefusal 404 `user_not_found`. */
export async function requireUser(db: Queryable, id: string): Promise<UserRow> {
  const user = await userById(db, id);
  if (!user) throw new AuthRefusal(404, "user_not_found", "User not found");
  return user;
}

/** One page of users, oldest first, and how many there are in all. */
export async function listUsers(
  db: Queryable,
  page: number,
  perPage: number,
): Promise<{ users: UserRow[]; total: number }> {
  const { rows: counted } = await db.query<{ total: string }>(
    "select count(*) as total from auth.users where deleted_at is null",
  );
  const { rows } = await db.query<UserRow>(
    `${SELECT} where u.deleted_at is null order by u.created_at, u.id limit $1 offset $2`,
    [perPage, (page - 1) * perPage],
  );
  return { users: rows, total: Number(counted[0]?.total ?? 0) };
}

/** Makes a user with an e-mail identity. Throws AuthRefusal 422 `email_exists` when the address is taken. */
export async function insertUser(
  db: Queryable,
  made: {
    id?: string | undefined;
    email: string;
    passwordHash: string | null;
    confirmed: boolean;
    userMetadata: object;
    appMetadata?: object | undefined;
    now: Date;
  },
): Promise<UserRow> {
  const id = made.id ?? randomUUID();
  const appMetadata = { ...made.appMetadata, provider: "email", providers: ["email"] };
  try {
    await db.query(
      `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
         confirmation_token, recovery_token, email_change_token_new, email_change, raw_app_meta_data,
         raw_user_meta_data, created_at, updated_at)
       values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2, $3, $4,
         '', '', '', '', $5, $6, $7, $7)`,
      [
        id,
        made.email,
        made.passwordHash ?? "",
        made.confirmed ? made.now : null,
        appMetadata,
        made.userMetadata,
        made.now,
      ],
    );
  } catch (error) {
    if (isDuplicate(error)) {
      throw new AuthRefusal(422, "email_exists", "A user with this email address has already been registered");
    }
    throw error;
  }
  await db.query(
    `insert into auth.identities (id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
     values ($1, $2::text, $2::text::uuid, $3, 'email', $4, $4, $4)`,
    [randomUUID(), id, { sub: id, email: made.email, email_verified: made.confirmed, phone_verified: false }, made.now],
  );
  return requireUser(db, id);
}

/** Gives the user another address, in the user and in the identity. Throws AuthRefusal 422 `email_exists`. */
export async function changeEmail(db: Queryable, userId: string, email: string, now: Date): Promise<void> {
  try {
    await db.query(
      `update auth.users set email = $2, email_confirmed_at = $3, email_change = '', email_change_token_new = '',
         email_change_token_current = '', email_change_confirm_status = 0, updated_at = $3 where id = $1`,
      [userId, email, now],
    );
  } catch (error) {
    if (isDuplicate(error)) {
      throw new AuthRefusal(422, "email_exists", "A user with this email address has already been registered");
    }
    throw error;
  }
  await db.query(
    `update auth.identities set updated_at = $3,
       identity_data = identity_data || jsonb_build_object('email', $2::text, 'email_verified', true)
     where user_id = $1 and provider = 'email'`,
    [userId, email, now],
  );
}

/** Notes that the address was proven to be this person's. */
export async function confirmEmail(db: Queryable, userId: string, now: Date): Promise<void> {
  await db.query(
    `update auth.users set email_confirmed_at = coalesce(email_confirmed_at, $2), updated_at = $2 where id = $1`,
    [userId, now],
  );
  await db.query(
    `update auth.identities set identity_data = identity_data || '{"email_verified": true}', updated_at = $2
     where user_id = $1 and provider = 'email'`,
    [userId, now],
  );
}

/** Whether somebody may not sign in at present. */
export function isBanned(user: UserRow, now: Date): boolean {
  return user.banned_until !== null && user.banned_until > now;
}

/** Whether a second factor guards this login. */
export function hasSecondFactor(user: UserRow): boolean {
  return user.factors.some((factor) => factor.status === "verified");
}

/** The user as auth-js shows it. Hashes and tokens stay here. */
export function userJson(user: UserRow): Record<string, unknown> {
  return withoutNulls({
    id: user.id,
    aud: "authenticated",
    role: user.role ?? "authenticated",
    email: user.email,
    email_confirmed_at: user.email_confirmed_at,
    phone: "",
    confirmed_at: user.confirmed_at,
    confirmation_sent_at: user.confirmation_sent_at,
    recovery_sent_at: user.recovery_sent_at,
    invited_at: user.invited_at,
    new_email: user.email_change || null,
    email_change_sent_at: user.email_change_sent_at,
    last_sign_in_at: user.last_sign_in_at,
    app_metadata: user.raw_app_meta_data ?? {},
    user_metadata: user.raw_user_meta_data ?? {},
    identities: user.identities,
    factors: user.factors.length > 0 ? user.factors : null,
    created_at: user.created_at,
    updated_at: user.updated_at,
    banned_until: user.banned_until,
    is_anonymous: user.is_anonymous,
  });
}

function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}
