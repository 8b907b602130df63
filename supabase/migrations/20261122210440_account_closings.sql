-- The end of the work with an account, step by step, each with who and when; and the way back.

create table public.account_closings (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null references public.accounts,
  started_at timestamptz not null default now(),
  started_by uuid not null references public.people,
  reopened_at timestamptz,
  reopened_by uuid references public.people
);
create unique index account_closings_open on public.account_closings (account_id) where reopened_at is null;
create index account_closings_account on public.account_closings (account_id, id desc);
create index account_closings_started_by on public.account_closings (started_by);
create index account_closings_reopened_by on public.account_closings (reopened_by);

-- facts: how much each step ended; of people, whom it removed, so that the way back leads them in again and nobody else.
create table public.account_closing_steps (
  closing_id uuid not null references public.account_closings on delete cascade,
  step text not null check (step in ('obligations', 'export', 'access', 'people', 'closed')),
  done_at timestamptz not null default now(),
  done_by uuid not null references public.people,
  facts jsonb not null default '{}',
  primary key (closing_id, step)
);
create index account_closing_steps_done_by on public.account_closing_steps (done_by);

alter table public.account_closings enable row level security;
alter table public.account_closings force row level security;
alter table public.account_closing_steps enable row level security;
alter table public.account_closing_steps force row level security;
grant select on public.account_closings, public.account_closing_steps to portal_staff, service_role;
create policy "staff see how accounts were closed" on public.account_closings for select to portal_staff using (true);
create policy "staff see the steps" on public.account_closing_steps for select to portal_staff using (true);

-- What we still owe an account: complaints that wait for their answer. Whatever else is owed one day is counted here too.
create function private.open_duties(account uuid) returns integer
  language sql stable security definer set search_path = '' as $$
  select count(*)::int
  from public.ideas i
  where i.account_id = account and i.answer_due_at is not null and i.answered_at is null
    and current_setting('role', true) in ('portal_staff', 'service_role')
$$;
grant execute on function private.open_duties(uuid) to portal_staff;

-- Does one step of closing an account, in order. Answers 'ok' or why not: 'not-yours', 'not-found', 'not-open', 'done-already',
-- 'step-before', 'still-open'.
create function private.close_step(account uuid, wanted text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  steps constant text[] := array['obligations', 'export', 'access', 'people', 'closed'];
  me uuid := (select private.my_person());
  a public.accounts;
  closing uuid;
  what jsonb := '{}';
  invitations integer;
  grants integer;
  sessions integer;
  removed uuid[];
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  select * into a from public.accounts x where x.id = account for update;
  if not found then return 'not-found'; end if;
  if a.merged_into is not null or a.closed_at is not null then return 'not-open'; end if;
  select c.id into closing from public.account_closings c where c.account_id = account and c.reopened_at is null;
  if closing is null then
    insert into public.account_closings (account_id, started_by) values (account, me) returning id into closing;
  end if;
  if exists (select from public.account_closing_steps s where s.closing_id = closing and s.step = wanted) then
    return 'done-already';
  end if;
  if (select count(*) from public.account_closing_steps s where s.closing_id = closing)
    <> array_position(steps, wanted) - 1
  then
    return 'step-before';
  end if;

  case wanted
    when 'obligations' then
      if private.open_duties(account) > 0 then return 'still-open'; end if;
    when 'access' then
      update public.invitations i set revoked_at = now(), revoked_by = me
      where i.account_id = account and i.accepted_at is null and i.revoked_at is null;
      get diagnostics invitations = row_count;
      update public.guest_grants g set revoked_at = now(), revoked_by = me
      where g.account_id = account and g.revoked_at is null;
      get diagnostics grants = row_count;
      delete from auth.sessions s using public.people p where p.user_id = s.user_id and p.account_id = account;
      get diagnostics sessions = row_count;
      perform pg_notify('tandem_access', json_build_object('person', p.id, 'gone', false)::text)
      from public.people p where p.account_id = account and p.removed_at is null;
      what := jsonb_build_object('invitations', invitations, 'grants', grants, 'sessions', sessions);
    when 'people' then
      with gone as (
        update public.people p set removed_at = now() where p.account_id = account and p.removed_at is null returning p.id
      )
      select coalesce(array_agg(id), '{}') into removed from gone;
      what := jsonb_build_object('people', cardinality(removed), 'ids', to_jsonb(removed));
    when 'closed' then
      update public.accounts x set closed_at = now(), closed_by = me where x.id = account;
    else null;
  end case;
  insert into public.account_closing_steps (closing_id, step, done_by, facts) values (closing, wanted, me, what);
  return 'ok';
end
$$;

-- Opens a closed account again; whom closing removed may sign in again, unless they were erased or work elsewhere since.
create function private.reopen_account(account uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  closing uuid;
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  perform from public.accounts x where x.id = account for update;
  select c.id into closing from public.account_closings c where c.account_id = account and c.reopened_at is null;
  if closing is null then return 'not-found'; end if;
  update public.people p set removed_at = null
  from public.account_closing_steps s
  where s.closing_id = closing and s.step = 'people' and p.account_id = account and p.erased_at is null
    and s.facts -> 'ids' ? p.id::text
    and not exists (
      select from public.people o where o.user_id = p.user_id and o.id <> p.id and o.removed_at is null);
  update public.accounts x set closed_at = null, closed_by = null where x.id = account;
  update public.account_closings c set reopened_at = now(), reopened_by = (select private.my_person()) where c.id = closing;
  return 'ok';
end
$$;
grant execute on function private.close_step(uuid, text), private.reopen_account(uuid) to portal_staff;

-- Nobody joins an account whose work has ended, by whatever door; the undoing of a merge brings back what it had put aside.
create function private.only_open_accounts() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (
    select from public.accounts a
    where a.id = new.account_id and (a.closed_at is not null or a.merged_into is not null)
  ) and not exists (
    select from public.account_merge_moves m
    join public.account_merges g on g.id = m.merge_id
    where g.from_account = new.account_id and g.undone_at is null and m.kind = 'aside'
      and m.table_name = tg_table_name and m.key = jsonb_build_object('id', new.id)
  ) then
    raise check_violation using message = 'nobody joins an account that is closed', constraint = 'only_open_accounts';
  end if;
  return new;
end
$$;
create trigger people_join_open_accounts before insert on public.people
  for each row when (new.account_id is not null) execute function private.only_open_accounts();
create trigger invitations_to_open_accounts before insert on public.invitations
  for each row when (new.account_id is not null) execute function private.only_open_accounts();

-- What the people of an account can read, table by table: the columns that clients hold a grant on, of the rows that belong to
-- the account and are not for staff alone. Read from the catalogue, so that a table added later is handed over too.
create function private.data_of_account(account uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  one record;
  part jsonb;
  everything jsonb := '{}';
begin
  if current_setting('role', true) <> 'portal_staff'
    or not coalesce((select private.staff_roles()) && array['manager', 'admin'], false)
  then
    raise insufficient_privilege using message = 'managers and admins hand over data';
  end if;
  for one in
    select t.oid::regclass as rel, t.relname::text as name,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute a
       where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
         and has_column_privilege('authenticated', t.oid, a.attnum, 'select')
         and a.atttypid not in ('bytea'::regtype, 'tsvector'::regtype)
         and a.attname !~ '(hash|secret|token|search)') as columns
    from pg_catalog.pg_class t
    join pg_catalog.pg_attribute k on k.attrelid = t.oid and k.attname = 'account_id' and not k.attisdropped
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
      and has_column_privilege('authenticated', t.oid, k.attnum, 'select')
    order by 2
  loop
    execute format(
      'select jsonb_agg(to_jsonb(t)) from (select %s from %s where account_id = $1%s order by 1 limit 100000) t',
      one.columns, one.rel, case when one.name = 'events' then ' and audience = ''both''' else '' end)
    into part using account;
    if part is not null then everything := everything || jsonb_build_object(one.name, part); end if;
  end loop;
  return jsonb_build_object(
    'accounts', (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'created_at', a.created_at))
      from public.accounts a where a.id = account)
  ) || everything;
end
$$;
grant execute on function private.data_of_account(uuid) to portal_staff;
