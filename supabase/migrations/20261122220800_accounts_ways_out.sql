-- What leaves the house with an account's or a person's data, and every way in that ends with their access.

-- ------------------------------------------------------------------ what is handed over

-- What the people of an account may read of a table: the columns that clients hold a grant on, but for secrets, search words
-- and what is no text. Null: nothing.
create function private.client_columns(rel oid) returns text
  language sql stable set search_path = '' as $$
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
  from pg_catalog.pg_attribute a
  where a.attrelid = rel and a.attnum > 0 and not a.attisdropped
    and has_column_privilege('authenticated', rel, a.attnum, 'select')
    and a.atttypid not in ('bytea'::regtype, 'tsvector'::regtype)
    and a.attname !~ '(hash|secret|token|search)'
$$;

-- Which rows of a table an account's owners read, whoever they are: the clients' own rule, asked for nobody in particular and
-- for the account $1. What is one person's own (notices, what somebody follows, a file not sent yet) is not the account's.
-- Null: none.
create function private.shared_rows(rel oid) returns text
  language sql stable set search_path = '' as $$
  select string_agg('(' || replace(replace(replace(pg_catalog.pg_get_expr(p.polqual, p.polrelid),
      'private.my_accounts()', '$1'), 'private.my_person()', 'null::uuid'), 'private.my_role()', '''owner''::text') || ')', ' or ')
  from pg_catalog.pg_policy p
  where p.polrelid = rel and p.polcmd in ('r', '*') and p.polpermissive and 'authenticated'::regrole = any (p.polroles)
$$;

-- What the people of an account can read, table by table. Read from the catalogue, so that a table added later is handed over
-- too.
create or replace function private.data_of_account(account uuid) returns jsonb
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
      private.client_columns(t.oid) as columns, private.shared_rows(t.oid) as shared
    from pg_catalog.pg_class t
    join pg_catalog.pg_attribute k on k.attrelid = t.oid and k.attname = 'account_id' and not k.attisdropped
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
      and has_column_privilege('authenticated', t.oid, k.attnum, 'select')
    order by 2
  loop
    continue when one.shared is null;
    execute format(
      'select jsonb_agg(to_jsonb(t)) from (select %s from %s where account_id = $1 and (%s) order by 1 limit 100000) t',
      one.columns, one.rel, one.shared)
    into part using account;
    if part is not null then everything := everything || jsonb_build_object(one.name, part); end if;
  end loop;
  return jsonb_build_object(
    'accounts', (select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'kind', a.kind, 'created_at', a.created_at))
      from public.accounts a where a.id = account)
  ) || everything;
end
$$;

-- Everything that names a person, as far as clients may read it: what we keep for ourselves (what an idea is worth to us, who
-- of us looks after it) is not theirs, and neither is the address of a third person whom they invited.
create or replace function private.data_of_person(target uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  one record;
  part jsonb;
  everything jsonb := '{}';
  address text := (select c.email::text from public.person_contacts c where c.person_id = target);
begin
  if private.judge_person_data(target) <> 'yes' then
    raise insufficient_privilege using message = 'managers and admins hand over data';
  end if;
  for one in
    select c.conrelid::regclass as rel, t.relname::text as name, a.attname::text as col,
      private.client_columns(c.conrelid) as columns
    from pg_catalog.pg_constraint c
    join pg_catalog.pg_class t on t.oid = c.conrelid
    cross join lateral unnest(c.conkey, c.confkey) k (here, there)
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here
    join pg_catalog.pg_attribute p on p.attrelid = c.confrelid and p.attnum = k.there and p.attname = 'id'
    where c.contype = 'f' and c.confrelid = 'public.people'::regclass and c.connamespace = 'public'::regnamespace
      -- Whoever may not read the column may not learn by it, either.
      and has_column_privilege('authenticated', c.conrelid, a.attnum, 'select')
    group by c.conrelid, t.relname, a.attname
    order by 2, 3
  loop
    execute format(
      'select jsonb_agg(case when lower(t.row ->> ''email'') is distinct from $2 then t.row - ''{email,display_name}''::text[]
         else t.row end)
       from (select to_jsonb(r) as row from (select %s from %s where %I = $1%s order by 1 limit 20000) r) t',
      one.columns, one.rel, one.col, case when one.name = 'events' then ' and audience = ''both''' else '' end)
    into part using target, lower(address);
    if part is not null then
      everything := everything || jsonb_build_object(one.name || '.' || one.col, part);
    end if;
  end loop;
  return jsonb_build_object(
    'person', (select jsonb_build_object('id', p.id, 'side', p.side, 'account_id', p.account_id, 'role', p.role,
        'display_name', p.display_name, 'spending_limit_minor', p.spending_limit_minor,
        'spending_limit_currency', p.spending_limit_currency, 'created_at', p.created_at, 'removed_at', p.removed_at)
      from public.people p where p.id = target),
    'login', (select jsonb_build_object('email', u.email, 'created_at', u.created_at, 'last_sign_in_at', u.last_sign_in_at,
        'sessions', (select jsonb_agg(jsonb_build_object('created_at', s.created_at, 'user_agent', s.user_agent, 'ip', host(s.ip)))
          from auth.sessions s where s.user_id = u.id))
      from public.people p join auth.users u on u.id = p.user_id where p.id = target),
    'mail', (select jsonb_agg(jsonb_build_object('subject', m.subject, 'state', m.state, 'created_at', m.created_at))
      from public.mail_outbox m where lower(m.recipient) = lower(address)),
    'rows', everything
  );
end
$$;

-- ------------------------------------------------------------------ looking as a customer

-- Who looks as a customer is nobody in particular and still sees what is made; my_person() is null for them.
alter policy "clients see what is made" on public.products using ((select private.my_role()) is not null);
alter policy "clients see what is asked" on public.product_fields using ((select private.my_role()) is not null);

create or replace function private.my_sessions()
  returns table (id uuid, began_at timestamptz, seen_at timestamptz, user_agent text, address text)
  language sql stable security definer rows 5 set search_path = '' as $$
  select s.id, s.created_at, greatest(s.created_at, s.updated_at, s.refreshed_at at time zone 'utc'), s.user_agent, host(s.ip)
  from auth.sessions s
  where s.user_id = (select auth.uid()) and (s.not_after is null or s.not_after > now())
    and (select private.my_person()) is not null
  order by 3 desc, s.id limit 100
$$;

-- ------------------------------------------------------------------ the ways in

-- Nobody joins an account whose work has ended, by whatever door; the undoing of a merge brings back what it had put aside.
create or replace function private.only_open_accounts() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  -- Closing holds the account: who is just joining waits for it, and looks afterwards.
  perform from public.accounts a where a.id = new.account_id for key share;
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
create trigger people_return_to_open_accounts before update of removed_at on public.people
  for each row when (new.account_id is not null and new.removed_at is null and old.removed_at is not null)
  execute function private.only_open_accounts();
create trigger invitations_return_to_open_accounts before update of revoked_at on public.invitations
  for each row when (new.account_id is not null and new.revoked_at is null and old.revoked_at is not null)
  execute function private.only_open_accounts();
create trigger guest_grants_to_open_accounts before insert on public.guest_grants
  for each row execute function private.only_open_accounts();
create trigger guest_grants_return_to_open_accounts before update of revoked_at on public.guest_grants
  for each row when (new.revoked_at is null and old.revoked_at is not null)
  execute function private.only_open_accounts();

-- Whoever is removed leaves no way in behind: neither invitations that wait nor guests whom they let in.
create or replace function private.tell_access_of_person() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.removed_at is not null and old.removed_at is null then
    delete from auth.sessions s where s.user_id = new.user_id;
    update public.invitations i set revoked_at = now()
    where i.invited_by = new.id and i.accepted_at is null and i.revoked_at is null;
    update public.guest_grants g set revoked_at = now() where g.created_by = new.id and g.revoked_at is null;
  end if;
  perform pg_notify('tandem_access', json_build_object('person', new.id, 'gone', new.removed_at is not null)::text);
  return null;
end
$$;

-- Ends every way into an account: invitations, guests, sessions. Out: how many of each there still were.
create function private.end_ways_in(account uuid, me uuid) returns jsonb
  language plpgsql volatile security definer set search_path = '' as $$
declare
  invitations integer;
  grants integer;
  sessions integer;
begin
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
  return jsonb_build_object('invitations', invitations, 'grants', grants, 'sessions', sessions);
end
$$;

-- Removes everybody of an account. Out: how many, and whom.
create function private.remove_everybody(account uuid) returns jsonb
  language sql volatile security definer set search_path = '' as $$
  with gone as (
    update public.people p set removed_at = now() where p.account_id = account and p.removed_at is null returning p.id
  )
  select jsonb_build_object('people', count(*), 'ids', coalesce(jsonb_agg(id), '[]')) from gone
$$;

-- Does one step of closing an account, in order. Answers 'ok' or why not: 'not-yours', 'not-found', 'not-open', 'done-already',
-- 'step-before', 'still-open'.
create or replace function private.close_step(account uuid, wanted text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  steps constant text[] := array['obligations', 'export', 'access', 'people', 'closed'];
  me uuid := (select private.my_person());
  a public.accounts;
  closing uuid;
  what jsonb := '{}';
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
      what := private.end_ways_in(account, me);
    when 'people' then
      what := private.remove_everybody(account);
    when 'closed' then
      -- Whoever was invited, or came in, since those steps were done.
      what := private.end_ways_in(account, me) || private.remove_everybody(account);
      update public.accounts x set closed_at = now(), closed_by = me where x.id = account;
    else null;
  end case;
  insert into public.account_closing_steps (closing_id, step, done_by, facts) values (closing, wanted, me, what);
  return 'ok';
end
$$;

-- Opens a closed account again; whom closing removed may sign in again, unless they were erased or work elsewhere since.
create or replace function private.reopen_account(account uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  closing uuid;
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  perform from public.accounts x where x.id = account for update;
  select c.id into closing from public.account_closings c where c.account_id = account and c.reopened_at is null;
  if closing is null then return 'not-found'; end if;
  update public.accounts x set closed_at = null, closed_by = null where x.id = account;
  update public.people p set removed_at = null
  from public.account_closing_steps s
  where s.closing_id = closing and s.step in ('people', 'closed') and p.account_id = account and p.erased_at is null
    and s.facts -> 'ids' ? p.id::text
    and not exists (
      select from public.people o where o.user_id = p.user_id and o.id <> p.id and o.removed_at is null);
  update public.account_closings c set reopened_at = now(), reopened_by = (select private.my_person()) where c.id = closing;
  return 'ok';
end
$$;
