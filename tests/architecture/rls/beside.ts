import { type Case, type Cases, NEW_ID } from "./case";

/**
 * What stands beside our own tables: Supabase's sign-in and files, what its local stand-in counts, the queue of jobs, and the list
 * of migrations. No person of any side reads or writes a row there; whoever is let in below is a program.
 */
export const whoMay = `
  auth.audit_log_entries                | gateway        | gateway        | gateway        | gateway
  auth.flow_state                       | gateway        | gateway        | gateway        | gateway
  auth.identities                       | gateway        | gateway        | gateway        | gateway
  auth.mfa_amr_claims                   | gateway        | gateway        | gateway        | gateway
  auth.mfa_challenges                   | gateway        | gateway        | gateway        | gateway
  auth.mfa_factors                      | gateway        | gateway        | gateway        | gateway
  auth.one_time_tokens                  | gateway        | gateway        | gateway        | gateway
  auth.refresh_tokens                   | gateway        | gateway        | gateway        | gateway
  auth.sessions                         | gateway        | gateway        | gateway        | gateway
  auth.users                            | gateway        | gateway        | gateway        | gateway
  gateway.code_tries                    | gateway        | gateway        | gateway        | gateway
  gateway.rate_limits                   | gateway        | gateway        | gateway        | gateway
  storage.buckets                       | gateway system | gateway system | gateway system | gateway system
  storage.objects                       | gateway system | gateway system | gateway system | gateway system
  graphile_worker._private_jobs         | jobs           | jobs           | jobs           | jobs
  graphile_worker._private_job_queues   | jobs           | jobs           | jobs           | jobs
  graphile_worker._private_known_crontabs | jobs         | jobs           | jobs           | jobs
  graphile_worker._private_tasks        | jobs           | jobs           | jobs           | jobs
  graphile_worker.jobs                  | jobs           | -              | -              | -
  graphile_worker.migrations            | jobs           | jobs           | jobs           | jobs
  supabase_migrations.schema_migrations | -              | -              | -              | -
`;

export const writable = `
`;

export const definers = `
`;

const ROW = "0f000000-0000-4000-8000-0000000be51d";
/** A token that nobody has tried yet. */
const UNTRIED = "0f000000-0000-4000-8000-0000000be51e";
const id = `id = '${ROW}'`;

/** A case whose update is tried on one column: that nobody holds a column of these is in catalogue.db.test.ts. */
const table = (key: string, where: string, insert: string): Case => ({
  key,
  where,
  columns: [key],
  insert: () => `insert into ${insert}`,
});

export const cases: Cases = {
  "auth.audit_log_entries": table("id", id, `auth.audit_log_entries (id) values ('${NEW_ID}')`),
  "auth.flow_state": table(
    "id",
    id,
    `auth.flow_state (id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method)
     values ('${NEW_ID}', 'x', 's256', 'x', 'email', 'magiclink')`,
  ),
  "auth.identities": table(
    "id",
    id,
    `auth.identities (provider_id, user_id, identity_data, provider) values ('another', '${ROW}', '{}', 'email')`,
  ),
  "auth.mfa_amr_claims": table(
    "id",
    id,
    `auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
     values ('${NEW_ID}', '${ROW}', now(), now(), 'totp')`,
  ),
  "auth.mfa_challenges": table(
    "id",
    id,
    `auth.mfa_challenges (id, factor_id, created_at, ip_address) values ('${NEW_ID}', '${ROW}', now(), '192.0.2.1')`,
  ),
  "auth.mfa_factors": table(
    "id",
    id,
    `auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
     values ('${NEW_ID}', '${ROW}', 'totp', 'unverified', now(), now())`,
  ),
  "auth.one_time_tokens": table(
    "id",
    id,
    `auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to)
     values ('${NEW_ID}', '${ROW}', 'confirmation_token', 'x', 'x')`,
  ),
  "auth.refresh_tokens": table(
    "token",
    "token = 'matrix'",
    "auth.refresh_tokens (id, token) values (900003, 'another')",
  ),
  "auth.sessions": table("id", id, `auth.sessions (id, user_id) values ('${NEW_ID}', '${ROW}')`),
  "auth.users": table("id", id, `auth.users (id) values ('${NEW_ID}')`),
  "gateway.code_tries": table(
    "token_id",
    `token_id = '${ROW}'`,
    `gateway.code_tries (token_id, tries) values ('${UNTRIED}', 1)`,
  ),
  "gateway.rate_limits": table("key", "key = 'matrix'", "gateway.rate_limits (key) values ('another')"),
  "storage.buckets": table("id", "id = 'matrix'", "storage.buckets (id, name) values ('another', 'another')"),
  "storage.objects": table(
    "name",
    "name = 'matrix'",
    "storage.objects (bucket_id, name) values ('idea-uploads', 'another')",
  ),
  "graphile_worker._private_jobs": table(
    "key",
    "key = 'matrix'",
    "graphile_worker._private_jobs (task_id, key) values (900003, 'another')",
  ),
  "graphile_worker._private_job_queues": table(
    "queue_name",
    "queue_name = 'matrix'",
    "graphile_worker._private_job_queues (queue_name) values ('another')",
  ),
  "graphile_worker._private_known_crontabs": table(
    "identifier",
    "identifier = 'matrix'",
    "graphile_worker._private_known_crontabs (identifier, known_since) values ('another', now())",
  ),
  "graphile_worker._private_tasks": table(
    "identifier",
    "identifier = 'matrix'",
    "graphile_worker._private_tasks (identifier) values ('another')",
  ),
  "graphile_worker.jobs": table("key", "key = 'matrix'", "graphile_worker.jobs (key) values ('another')"),
  "graphile_worker.migrations": table("id", "id = 1", "graphile_worker.migrations (id) values (900003)"),
  "supabase_migrations.schema_migrations": table(
    "version",
    "version < '3'",
    "supabase_migrations.schema_migrations (version) values ('another')",
  ),
};

export const rows: readonly string[] = [
  `auth.users (id) values ('${ROW}')`,
  `auth.audit_log_entries (id) values ('${ROW}')`,
  `auth.flow_state (id, auth_code, code_challenge_method, code_challenge, provider_type, authentication_method)
    values ('${ROW}', 'y', 's256', 'y', 'email', 'magiclink')`,
  `auth.identities (id, provider_id, user_id, identity_data, provider) values ('${ROW}', 'matrix', '${ROW}', '{}', 'email')`,
  `auth.sessions (id, user_id) values ('${ROW}', '${ROW}')`,
  `auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
    values ('${ROW}', '${ROW}', now(), now(), 'password')`,
  `auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
    values ('${ROW}', '${ROW}', 'totp', 'unverified', now(), now())`,
  `auth.mfa_challenges (id, factor_id, created_at, ip_address) values ('${ROW}', '${ROW}', now(), '192.0.2.1')`,
  `auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to)
    values ('${ROW}', '${ROW}', 'recovery_token', 'y', 'y'), ('${UNTRIED}', '${ROW}', 'reauthentication_token', 'z', 'z')`,
  `auth.refresh_tokens (id, token) values (900002, 'matrix')`,
  `gateway.code_tries (token_id, tries) values ('${ROW}', 1)`,
  `gateway.rate_limits (key) values ('matrix')`,
  `storage.buckets (id, name) values ('matrix', 'matrix')`,
  `storage.objects (bucket_id, name) values ('idea-uploads', 'matrix')`,
  `graphile_worker._private_tasks (identifier) values ('matrix')`,
  `graphile_worker._private_job_queues (queue_name) values ('matrix')`,
  `graphile_worker._private_known_crontabs (identifier, known_since) values ('matrix', now())`,
  `graphile_worker._private_jobs (task_id, key)
    select id, 'matrix' from graphile_worker._private_tasks where identifier = 'matrix'`,
];
