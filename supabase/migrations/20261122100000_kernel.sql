-- Roles, schemas and what every module builds on.

-- Old defaults are revoked first: every grant below is a decision.
alter default privileges for role postgres in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges for role postgres in schema public revoke all on functions from anon, authenticated, service_role;
alter default privileges for role postgres revoke execute on functions from public;
revoke all on all tables in schema public from anon, authenticated, service_role;
revoke all on all sequences in schema public from anon, authenticated, service_role;
revoke all on all functions in schema public from anon, authenticated, service_role, public;
revoke all on schema public from public, anon;

-- Roles belong to the cluster: another database of it may have made them.
do $$
declare
  wanted record;
begin
  for wanted in
    select *
    from (values
      ('portal_staff', 'nologin noinherit'),
      ('portal_guest', 'nologin noinherit'),
      ('portal_collab', 'nologin noinherit'),
      ('portal_app', 'login noinherit'),
      ('portal_staff_app', 'login noinherit'),
      ('portal_jobs', 'login noinherit')
    ) as role (name, options)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.options);
    end if;
  end loop;
end
$$;

-- What each login may become. A client's connection can never turn into staff.
grant anon, authenticated, portal_guest to portal_app;
grant authenticated, portal_staff to portal_staff_app;
grant service_role, portal_collab to portal_jobs;

-- Definer functions are postgres' and must reach the job queue, which is portal_jobs' own.
grant portal_jobs to postgres;

do $$
begin
  execute format('grant connect on database %I to portal_app, portal_staff_app, portal_jobs', current_database());
end
$$;

alter role portal_app set idle_in_transaction_session_timeout = '15s';
alter role portal_staff_app set idle_in_transaction_session_timeout = '15s';
alter role portal_app set statement_timeout = '8s';
alter role portal_staff_app set statement_timeout = '8s';

grant usage on schema public to authenticated, portal_staff, portal_guest, portal_collab, service_role;
grant usage on schema auth to portal_staff, portal_guest;
grant execute on function auth.uid(), auth.role(), auth.jwt() to portal_staff, portal_guest;

-- Helpers and definer functions: never exposed, executed only by those named.
create schema private;
grant usage on schema private
  to authenticated, portal_staff, portal_guest, portal_collab, service_role, portal_app, portal_staff_app;

-- Time first, so that a list in key order is a list in order of insertion, to the millisecond.
create function private.uuid_v7() returns uuid language sql volatile set search_path = '' as $$
  select encode(
    set_bit(set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6
      ),
      52, 1), 53, 1),
    'hex')::uuid
$$;
grant execute on function private.uuid_v7() to authenticated, portal_staff, portal_guest, service_role;

-- An update that quotes the revision its author saw always leaves another one behind.
create function private.next_revision() returns trigger language plpgsql set search_path = '' as $$
begin
  new.revision := old.revision + 1;
  return new;
end
$$;

-- The job queue's own migrations run inside it, as its owner.
create schema graphile_worker authorization portal_jobs;

-- Counters of rate-limiter-flexible; it writes them as portal_jobs.
create schema limits;
grant usage on schema limits to portal_jobs;

create table limits.rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limits_expire on limits.rate_limits (expire);

alter table limits.rate_limits enable row level security;
alter table limits.rate_limits force row level security;
grant select, insert, update, delete on limits.rate_limits to portal_jobs;
create policy "jobs read counters" on limits.rate_limits for select to portal_jobs using (true);
create policy "jobs start counters" on limits.rate_limits for insert to portal_jobs with check (true);
create policy "jobs count" on limits.rate_limits for update to portal_jobs using (true) with check (true);
create policy "jobs drop old counters" on limits.rate_limits for delete to portal_jobs using (true);
