import { expect, test } from "vitest";
import { generateTypes } from "../../server/database-types";
import { adminUrl, asSuperuser } from "../database";
import { DEFINERS, WRITABLE } from "./rls-cases";

/** What is true of every table, column, policy, function and role, read from the database's own catalogue. */

const OURS = "('public', 'private', 'limits')";
const tables = `pg_class t join pg_namespace n on n.oid = t.relnamespace
  where n.nspname in ${OURS} and t.relkind in ('r', 'p')`;
const columns = `pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
  where n.nspname in ${OURS} and t.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`;

async function names(text: string): Promise<string[]> {
  const rows = await asSuperuser<{ name: string }>(text);
  return rows.map((row) => row.name).sort();
}

test("row level security is on for every table, and holds for its owner too", async () => {
  const open = await names(
    `select n.nspname || '.' || t.relname as name from ${tables} and not (t.relrowsecurity and t.relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
});

test("every table says in a policy who may see it", async () => {
  const silent = await names(
    `select t.relname::text as name from ${tables} and not exists (select from pg_policy p where p.polrelid = t.oid)`,
  );
  expect(silent).toEqual([]);
});

test("anonymous visitors and PUBLIC hold nothing", async () => {
  const onTables = await names(
    `select t.relname || ' ' || r.role as name from ${tables.replace(" where", " cross join (values ('anon'), ('public')) r (role) where")}
     and (has_any_column_privilege(r.role, t.oid, 'select, insert, update, references')
       or has_table_privilege(r.role, t.oid, 'delete, truncate, trigger'))`,
  );
  const onFunctions = await names(
    `select p.proname || ' ' || r.role as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     cross join (values ('anon'), ('public')) r (role)
     where n.nspname in ${OURS} and p.prorettype <> 'trigger'::regtype and has_function_privilege(r.role, p.oid, 'execute')`,
  );
  const onSchemas = await names(
    `select n.nspname || ' ' || r.role as name from pg_namespace n cross join (values ('anon'), ('public')) r (role)
     where n.nspname in ${OURS} and has_schema_privilege(r.role, n.oid, 'usage, create')`,
  );
  expect([...onTables, ...onFunctions, ...onSchemas]).toEqual([]);
});

test("there is one permissive policy per table, command and role, none for all commands, none for everybody", async () => {
  const odd = await names(
    `select p.polrelid::regclass || ': ' || p.polname as name from pg_policy p join pg_class t on t.oid = p.polrelid
     join pg_namespace n on n.oid = t.relnamespace
     where n.nspname in ${OURS} and (p.polcmd = '*' or not p.polpermissive or 0 = any (p.polroles))`,
  );
  const twice = await names(
    `select p.polrelid::regclass || ' ' || p.polcmd::text || ' ' || role::regrole as name
     from pg_policy p cross join unnest(p.polroles) role
     join pg_class t on t.oid = p.polrelid join pg_namespace n on n.oid = t.relnamespace
     where n.nspname in ${OURS} group by p.polrelid, p.polcmd, role having count(*) > 1`,
  );
  expect([...odd, ...twice]).toEqual([]);
});

test("no policy calls a helper per row", async () => {
  const policies = await asSuperuser<{ name: string; words: string }>(
    `select p.polrelid::regclass || ': ' || p.polname as name,
       concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)) as words
     from pg_policy p join pg_class t on t.oid = p.polrelid join pg_namespace n on n.oid = t.relnamespace
     where n.nspname in ${OURS}`,
  );
  const once = /\( SELECT (private|auth)\.\w+\(\) AS \w+\)/g;
  const perRow = policies.filter(({ words }) => /(private|auth)\.|current_setting/.test(words.replace(once, "")));
  expect(policies.length).toBeGreaterThan(20);
  expect(perRow).toEqual([]);
});

const BESIDE = "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public', 'private', 'limits')";

/**
 * Who holds anything on the tables beside ours, in which schema. `anon` and `authenticated` hold storage's, as on a hosted Supabase:
 * there row level security alone decides, and without a policy it lets nobody in.
 */
const HELD_BESIDE = ["auth: postgres", "storage: anon authenticated postgres service_role"];

test("beside our own tables, no policy lets anybody in, and grants are Supabase's own", async () => {
  const policies = await names(
    `select p.polrelid::regclass || ': ' || p.polname as name from pg_policy p join pg_class t on t.oid = p.polrelid
     join pg_namespace n on n.oid = t.relnamespace where ${BESIDE}`,
  );
  const open = await names(
    `select n.nspname || '.' || t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where n.nspname in ('auth', 'storage', 'gateway') and t.relkind in ('r', 'p') and not t.relrowsecurity`,
  );
  const held = await names(
    `select n.nspname || ': ' || string_agg(distinct coalesce(r.rolname, 'PUBLIC'), ' ' order by coalesce(r.rolname, 'PUBLIC')) as name
     from pg_class t join pg_namespace n on n.oid = t.relnamespace cross join aclexplode(t.relacl) a
     left join pg_roles r on r.oid = a.grantee
     where ${BESIDE} and t.relkind in ('r', 'p', 'v', 'm', 'f') and a.grantee <> t.relowner group by n.nspname`,
  );
  const heldByColumn = await names(
    `select t.oid::regclass || '.' || a.attname as name from pg_attribute a join pg_class t on t.oid = a.attrelid
     join pg_namespace n on n.oid = t.relnamespace where ${BESIDE} and a.attacl is not null`,
  );
  expect([...policies, ...open, ...heldByColumn]).toEqual([]);
  expect(held).toEqual(HELD_BESIDE);
});

/** Columns that a policy names and no index begins with, each with the reason why that is right. */
const UNINDEXED = [
  // Two values, and never asked without the account, whose index is used.
  "events.audience",
  // How old a comment or note is, asked of one that is found by its id.
  "idea_comments.created_at",
  "idea_notes.created_at",
  // Of what account an idea is comes first; its versions are then found by their part as well.
  "idea_versions.part",
  // Of an account comes first; who of its people are still there is asked of those few.
  "people.removed_at",
  // Whether a survey takes answers, asked of one that is found by its id.
  "price_surveys.closed_at",
  "price_surveys.closes_at",
  "price_surveys.opened_at",
  // Of one file that is found by its id, one loan, or the row that is written.
  "prototype_files.kind",
  "prototype_loans.returned_at",
  "prototype_pins.carried",
  // Of the version that is written beside it, whose index goes on with the file.
  "prototype_pins.file_id",
  // Of one version to one account, whose index is used.
  "prototype_releases.ended_at",
  "prototype_releases.people",
  "prototype_staff_pins.carried",
  "prototype_staff_pins.file_id",
  // Whether a version is published or approved, asked of one that is found by its id.
  "prototype_versions.approved_at",
  "prototype_versions.published_at",
  // Rounds are few, and a customer's are found by their ids.
  "rounds.committed_at",
  "rounds.for_all",
];

test("every column that a policy names begins an index", async () => {
  const bare = await names(
    `select distinct t.relname || '.' || a.attname as name
     from pg_policy p
     join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
       and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
     join pg_class t on t.oid = d.refobjid join pg_namespace n on n.oid = t.relnamespace
     join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
     where n.nspname in ${OURS}
       and not exists (select from pg_index i where i.indrelid = t.oid and i.indkey[0] = a.attnum)`,
  );
  expect(bare).toEqual(UNINDEXED);
});

test("every foreign key is indexed, so that removing what it names does not read the whole table", async () => {
  const bare = await names(
    `select c.conrelid::regclass || ': ' || c.conname as name from pg_constraint c
     join pg_namespace n on n.oid = c.connamespace
     where n.nspname in ${OURS} and c.contype = 'f'
       and not exists (select from pg_index i where i.indrelid = c.conrelid
         and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] = c.conkey::int2[])`,
  );
  expect(bare).toEqual([]);
});

test("money is whole minor units in bigint with its currency beside it", async () => {
  const inexact = await names(
    `select t.relname || '.' || a.attname as name from ${columns}
     and (a.atttypid in ('numeric'::regtype, 'real'::regtype, 'double precision'::regtype, 'money'::regtype)
       or (a.attname ~ '(amount|price|cost|total|fee|tax|_minor)' and (a.attname !~ '_minor$' or a.atttypid <> 'bigint'::regtype)))`,
  );
  const alone = await names(
    `select t.relname || '.' || a.attname as name from ${columns} and a.attname ~ '_minor$' and not exists (
       select from pg_attribute c where c.attrelid = t.oid and c.attname = replace(a.attname, '_minor', '_currency')
         and c.atttypid = 'character'::regtype and c.atttypmod = 7)`,
  );
  expect([...inexact, ...alone]).toEqual([]);
});

test("every time has a zone, and no column is an enum", async () => {
  const odd = await names(
    `select t.relname || '.' || a.attname as name from ${columns}
     and (a.atttypid in ('timestamp'::regtype, 'time'::regtype, 'timetz'::regtype)
       or exists (select from pg_type y where y.oid = a.atttypid and y.typtype = 'e'))`,
  );
  expect(odd).toEqual([]);
});

test("every uuid key that the database gives is in order of time", async () => {
  const random = await names(
    `select t.relname::text as name from ${columns} and a.attname = 'id' and a.atttypid = 'uuid'::regtype and not exists (
       select from pg_attrdef d where d.adrelid = t.oid and d.adnum = a.attnum
         and pg_get_expr(d.adbin, d.adrelid) = 'private.uuid_v7()')`,
  );
  const given = await asSuperuser<{ id: string; next: string }>(
    `select private.uuid_v7() as id, pg_sleep(0.002)::text as pause, private.uuid_v7() as next`,
  );
  const burst = (await asSuperuser<{ id: string }>("select private.uuid_v7() as id from generate_series(1, 2000)")).map(
    ({ id }) => id,
  );
  expect(random).toEqual([]);
  expect(given[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(String(given[0]?.id) < String(given[0]?.next)).toBe(true);
  expect(burst, "many within one millisecond").toEqual([...new Set(burst)].sort());
});

test("people write only the columns that are theirs to write", async () => {
  const granted = await names(
    `select grantee || ' ' || privilege_type || ' ' || table_name || ': ' || string_agg(column_name, ' ' order by column_name) as name
     from information_schema.column_privileges
     where table_schema in ${OURS} and privilege_type in ('INSERT', 'UPDATE')
       and grantee in ('authenticated', 'portal_staff', 'portal_guest', 'portal_collab', 'portal_app', 'portal_staff_app', 'anon', 'PUBLIC')
     group by grantee, privilege_type, table_name`,
  );
  expect(granted).toEqual(WRITABLE);
});

/** Columns of tables that clients read, which clients do not read. */
const HIDDEN = [
  "account_sites.created_by",
  "accounts.closed_at",
  "accounts.closed_by",
  "accounts.created_by",
  "accounts.domain",
  "accounts.merged_into",
  "ideas.comments_together",
  "ideas.merged_into",
  "ideas.owner_id",
  "ideas.support_value_currency",
  "ideas.support_value_minor",
  "ideas.support_value_unknown",
  "invitations.revoked_by",
  "invitations.staff_roles",
  "invitations.token_hash",
  "people.created_by",
  "people.erased_at",
  "people.erased_by",
  "people.spending_limit_currency",
  "people.spending_limit_minor",
  "people.user_id",
  "site_people.created_at",
  "site_people.created_by",
];

test("clients read every column of what they may see, except those named here", async () => {
  const hidden = await names(
    `select t.relname || '.' || a.attname as name from ${columns}
     and has_any_column_privilege('authenticated', t.oid, 'select')
     and not has_column_privilege('authenticated', t.oid, a.attnum, 'select')`,
  );
  expect(hidden).toEqual(HIDDEN);
});

test("functions that look past the rules are called only by those named, and trust no search path", async () => {
  const callable = await names(
    `select rtrim(p.proname || ': ' || coalesce((
       select string_agg(a.grantee::regrole::text, ' ' order by a.grantee::regrole::text)
       from aclexplode(p.proacl) a where a.grantee <> p.proowner), '')) as name
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'extensions')`,
  );
  const trusting = await names(
    `select p.proname::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where (n.nspname in ${OURS} and not 'search_path=""' = any (coalesce(p.proconfig, '{}')))
       or (p.prosecdef and n.nspname = 'public')`,
  );
  expect(callable).toEqual(DEFINERS);
  expect(trusting).toEqual([]);
});

test("views, if there are any, see with the eyes of whoever asks", async () => {
  const views = await names(
    `select t.relname::text as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
     where n.nspname in ${OURS} and (t.relkind = 'm' or (t.relkind = 'v' and not 'security_invoker=true' = any (coalesce(t.reloptions, '{}'))))`,
  );
  expect(views).toEqual([]);
});

/** What each login may become. */
const LOGINS = `
  portal_app: anon authenticated portal_guest
  portal_jobs: portal_collab service_role
  portal_staff_app: authenticated portal_staff
  supabase_gateway: anon authenticated service_role
`;

test("the logins inherit nothing, bypass nothing, and become only what they must", async () => {
  const become = await names(
    `select r.rolname || ': ' || string_agg(g.rolname, ' ' order by g.rolname) as name
     from pg_roles r join pg_auth_members m on m.member = r.oid join pg_roles g on g.oid = m.roleid
     where r.rolname in ('portal_app', 'portal_staff_app', 'portal_jobs', 'supabase_gateway') group by r.rolname`,
  );
  const strong = await names(
    `select rolname::text as name from pg_roles
     where rolname ~ '^(portal_|supabase_gateway|anon|authenticated)'
       and (rolsuper or rolinherit or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  );
  const lines = LOGINS.trim().split("\n");
  expect(become).toEqual(lines.map((line) => line.trim()));
  expect(strong).toEqual([]);
});

test("no login makes a schema, a table or a temporary table", async () => {
  const able = await names(
    `select r.rolname::text as name from pg_roles r
     where r.rolname ~ '^(portal_|supabase_gateway|anon|authenticated|service_role)'
       and (has_database_privilege(r.oid, current_database(), 'create') or has_schema_privilege(r.oid, 'public', 'create')
         or has_schema_privilege(r.oid, 'private', 'create'))`,
  );
  expect(able).toEqual([]);
});

test("the types that our code is checked against are those of the migrations", () => {
  expect(generateTypes(adminUrl, ["--verify", "--log-level=error"]).status).toBe(0);
});
