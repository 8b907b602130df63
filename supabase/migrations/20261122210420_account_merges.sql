-- Two accounts that are one: everything the first has goes to the second, and undo brings every row back. Which tables that
-- concerns is read from the catalogue, so that a table added later is moved too.

create table public.account_merges (
  id uuid primary key default private.uuid_v7(),
  from_account uuid not null references public.accounts,
  into_account uuid not null references public.accounts,
  merged_by uuid not null references public.people,
  merged_at timestamptz not null default now(),
  -- The newest line of the log then: later ones were written to the merged account.
  last_event bigint not null default 0,
  undone_by uuid references public.people,
  undone_at timestamptz
);
create index account_merges_from on public.account_merges (from_account);
create index account_merges_into on public.account_merges (into_account);
create index account_merges_merged_by on public.account_merges (merged_by);
create index account_merges_undone_by on public.account_merges (undone_by);
create unique index account_merges_open on public.account_merges (from_account) where undone_at is null;

-- Every row that a merge touched, by its key. moved: went along. aside: the other account had the like of it already, so the
-- row itself is kept here. log: a chain of events, up to an id, whose lines went along. At undo, followed: came after the
-- merge and belongs to something that went back. dropped: joined two things that undo parted; the row is kept here.
create table public.account_merge_moves (
  merge_id uuid not null references public.account_merges,
  seq bigint generated always as identity,
  kind text not null check (kind in ('moved', 'aside', 'log', 'followed', 'dropped')),
  table_name text not null,
  key jsonb not null,
  kept jsonb,
  primary key (merge_id, seq),
  check ((kind in ('aside', 'dropped')) = (kept is not null))
);
create index account_merge_moves_key on public.account_merge_moves (merge_id, table_name, key);

alter table public.account_merges enable row level security;
alter table public.account_merges force row level security;
alter table public.account_merge_moves enable row level security;
alter table public.account_merge_moves force row level security;
grant select on public.account_merges to portal_staff, service_role;
create policy "staff see merges" on public.account_merges for select to portal_staff using (true);
grant select on public.account_merge_moves to service_role;
create policy "the system sees what merges moved" on public.account_merge_moves for select to service_role using (true);

-- Tables whose rows belong to an account and go along with a merge. A log line stays in the chain it was written to
-- (event_chains), and who may read it follows what it tells of (events, moved by themselves). What is referred to comes
-- first: counts that triggers keep are those of the last row that moved.
create function private.tables_of_accounts()
  returns table (rel regclass, name text, key_columns text[], plain_columns text[])
  language sql stable security definer set search_path = '' as $$
  with recursive ours as (
    select t.oid, t.relname
    from pg_catalog.pg_class t
    join pg_catalog.pg_attribute account on account.attrelid = t.oid and account.attname = 'account_id'
      and not account.attisdropped and account.atttypid = 'uuid'::regtype
    where t.relnamespace = 'public'::regnamespace and t.relkind = 'r' and t.relname not in ('events', 'event_chains')
  ),
  deep (oid, depth) as (
    select o.oid, 0 from ours o
    union
    select c.conrelid, d.depth + 1
    from deep d join pg_catalog.pg_constraint c on c.confrelid = d.oid and c.contype = 'f' and c.conrelid <> d.oid
    join ours o on o.oid = c.conrelid
    where d.depth < 8
  )
  select t.oid::regclass, t.relname::text,
    array(
      select a.attname::text
      from pg_catalog.pg_index i
      cross join lateral unnest(i.indkey::int2[]) with ordinality k(num, place)
      join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = k.num
      where i.indrelid = t.oid and i.indisprimary order by k.place
    ),
    array(
      select a.attname::text from pg_catalog.pg_attribute a
      where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
    )
  from ours t
  order by (select max(d.depth) from deep d where d.oid = t.oid), t.relname
$$;

-- The key of a row of this table as an expression: jsonb_build_object('id', t.id).
create function private.key_of(key_columns text[], alias text) returns text
  language sql immutable set search_path = '' as $$
  select 'jsonb_build_object(' || string_agg(format('%L, %s.%I', c, alias, c), ', ') || ')' from unnest(key_columns) c
$$;

-- A query for the ctids of this table's rows of account $1 that could not belong to $2, which has the like of them: for each
-- unique index that knows the account, the row as it would be, compared with those that are there.
create function private.collisions_of(rel regclass, plain_columns text[]) returns text
  language plpgsql stable security definer set search_path = '' as $$
declare
  one_table record;
  parts text[] := '{}';
  as_moved text;
begin
  select string_agg(case when c = 'account_id' then '$2::uuid as account_id' else format('t.%I', c) end, ', ')
  into as_moved from unnest(plain_columns) c;
  for one_table in
    select rel, i.indnullsnotdistinct as nulls_alike,
      pg_catalog.pg_get_expr(i.indpred, i.indrelid) as predicate,
      array(
        select pg_catalog.pg_get_indexdef(i.indexrelid, n, false)
        from generate_series(1, i.indnkeyatts) n
        where i.indkey[n - 1] <> account.attnum
      ) as keys
    from pg_catalog.pg_index i
    join pg_catalog.pg_attribute account on account.attrelid = i.indrelid and account.attname = 'account_id'
    where i.indrelid = rel and i.indisunique
      and exists (
        select from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = i.indexrelid
          and d.refobjid = rel and d.refobjsubid = account.attnum
        union all
        select from pg_catalog.pg_constraint c
        where c.conindid = i.indexrelid and c.conrelid = rel and account.attnum = any (c.conkey)
      )
      -- With the whole key of the row in it, no other row can be the like of this one.
      and not exists (
        select from pg_catalog.pg_index p
        where p.indrelid = rel and p.indisprimary and not account.attnum = any (p.indkey::int2[])
          and p.indkey::int2[] <@ i.indkey::int2[]
      )
  loop
    parts := parts || format(
      'select a.row_ from (select m.row_%1$s from (select t.ctid as row_, %2$s from %3$s t where t.account_id = $1) m%4$s) a '
      || 'join (select true as there%1$s from %3$s where account_id = $2%5$s) b on %6$s',
      (select string_agg(format(', %s as k%s', k, n), '' order by n) from unnest(one_table.keys) with ordinality x(k, n)),
      as_moved, one_table.rel, ' where ' || one_table.predicate, ' and (' || one_table.predicate || ')',
      coalesce(
        (select string_agg(
           format('a.k%1$s %2$s b.k%1$s', n, case when one_table.nulls_alike then 'is not distinct from' else '=' end),
           ' and ' order by n)
         from unnest(one_table.keys) with ordinality x(k, n)), 'true'));
  end loop;
  return case when parts = '{}' then null else array_to_string(parts, ' union ') end;
end
$$;

-- What a merge would do, table by table: rows that go along, and rows that the other account has the like of.
create function private.preview_merge(from_id uuid, into_id uuid)
  returns table (table_name text, going bigint, standing_aside bigint)
  language plpgsql stable security definer set search_path = '' as $$
declare
  one_table record;
  collisions text;
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then
    raise insufficient_privilege using message = 'managers and admins merge accounts';
  end if;
  for one_table in select * from private.tables_of_accounts() loop
    table_name := one_table.name;
    standing_aside := 0;
    execute format('select count(*) from %s where account_id = $1', one_table.rel) into going using from_id;
    collisions := private.collisions_of(one_table.rel, one_table.plain_columns);
    if collisions is not null and going > 0 then
      execute format('select count(*) from (%s) c', collisions) into standing_aside using from_id, into_id;
    end if;
    going := going - standing_aside;
    if going > 0 or standing_aside > 0 then return next; end if;
  end loop;
end
$$;
grant execute on function private.preview_merge(uuid, uuid) to portal_staff;

-- Locks both accounts and answers 'ok' or why they cannot be merged.
create function private.judge_merge(from_id uuid, into_id uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  there integer;
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  if from_id = into_id then return 'same-account'; end if;
  -- Nobody adds to either while rows move: a new row's foreign key waits for this.
  perform from public.accounts a where a.id in (from_id, into_id) order by a.id for update;
  select count(*) into there from public.accounts a where a.id in (from_id, into_id);
  if there < 2 then return 'not-found'; end if;
  if exists (select from public.accounts a where a.id in (from_id, into_id) and a.merged_into is not null) then
    return 'merged-already';
  end if;
  if exists (select from public.accounts a where a.id in (from_id, into_id) and a.closed_at is not null) then
    return 'closed';
  end if;
  return 'ok';
end
$$;

-- Moves all rows in one statement: foreign keys that join a row to its account's other rows are looked at when it ends.
create function private.merge_accounts(from_id uuid, into_id uuid)
  returns table (outcome text, merge uuid, entangled text)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  one_table record;
  collisions text;
  aside tid[];
  parts text[] := '{}';
  answers text[] := '{}';
  n integer := 0;
  me uuid := (select private.my_person());
begin
  outcome := private.judge_merge(from_id, into_id);
  if outcome <> 'ok' then return next; return; end if;
  insert into public.account_merges (from_account, into_account, merged_by, last_event)
  values (from_id, into_id, me, (select coalesce(max(e.id), 0) from public.events e)) returning id into merge;

  for one_table in select * from private.tables_of_accounts() loop
    n := n + 1;
    if cardinality(one_table.key_columns) = 0 then raise exception 'rows of % have no key to remember them by', one_table.name; end if;
    aside := '{}';
    collisions := private.collisions_of(one_table.rel, one_table.plain_columns);
    if collisions is not null then
      execute format('select coalesce(array_agg(c.row_), ''{}'') from (%s) c', collisions) into aside using from_id, into_id;
    end if;
    if cardinality(aside) > 0 then
      if exists (select from pg_catalog.pg_constraint c where c.contype = 'f' and c.confrelid = one_table.rel) then
        -- Other rows hang on these: to take them away would lose what hangs on them.
        raise exception using errcode = 'TM001', message = one_table.name;
      end if;
      parts := parts || format(
        'aside_%s as (delete from %s t where t.ctid = any (%L::tid[]) returning %L::text as name, %s as key, to_jsonb(t) as kept)',
        n, one_table.rel, aside, one_table.name, private.key_of(one_table.key_columns, 't'));
      answers := answers || format('select $3::uuid, ''aside'', name, key, kept from aside_%s', n);
    end if;
    parts := parts || format(
      'moved_%s as (update %s t set account_id = $2 where t.account_id = $1 and not t.ctid = any (%L::tid[]) returning %L::text as name, %s as key)',
      n, one_table.rel, aside, one_table.name, private.key_of(one_table.key_columns, 't'));
    answers := answers || format('select $3::uuid, ''moved'', name, key, null::jsonb from moved_%s', n);
  end loop;
  execute 'with ' || array_to_string(parts, ', ')
    || ' insert into public.account_merge_moves (merge_id, kind, table_name, key, kept) '
    || array_to_string(answers, ' union all ')
    using from_id, into_id, merge;

  insert into public.account_merge_moves (merge_id, kind, table_name, key)
  select merge, 'log', 'events', jsonb_build_object('chain', e.chain, 'upto', max(e.id))
  from public.events e where e.account_id = from_id group by e.chain;
  update public.events e set account_id = into_id where e.account_id = from_id;

  update public.accounts a set merged_into = into_id where a.id = from_id;
  return next;
exception when sqlstate 'TM001' then
  outcome := 'entangled';
  merge := null;
  entangled := sqlerrm;
  return next;
end
$$;
grant execute on function private.merge_accounts(uuid, uuid) to portal_staff;

-- Foreign keys that hold rows of one account together: child and parent both know the account.
create function private.keys_within_accounts()
  returns table (child regclass, child_name text, parent regclass, parent_name text, child_columns text[], parent_columns text[])
  language sql stable security definer set search_path = '' as $$
  select c.conrelid::regclass, child.relname::text, c.confrelid::regclass, parent.relname::text,
    array(select a.attname::text from unnest(c.conkey) with ordinality k(num, place)
      join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num order by k.place),
    array(select a.attname::text from unnest(c.confkey) with ordinality k(num, place)
      join pg_catalog.pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.num order by k.place)
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class child on child.oid = c.conrelid
  join pg_catalog.pg_class parent on parent.oid = c.confrelid
  join pg_catalog.pg_attribute account on account.attrelid = c.conrelid and account.attname = 'account_id'
  where c.contype = 'f' and account.attnum = any (c.conkey) and c.confrelid <> 'public.accounts'::regclass
    and c.connamespace = 'public'::regnamespace
$$;

-- Brings back what a merge moved, and with it what has been hung on that since. Answers 'ok' or why not.
create function private.unmerge_accounts(merge uuid)
  returns table (outcome text, from_id uuid, into_id uuid, entangled text)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  one_table record;
  held record;
  joined text;
  added bigint;
  this_pass bigint;
  since bigint;
  parts text[] := '{}';
  answers text[] := '{}';
  n integer := 0;
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then
    outcome := 'not-yours'; return next; return;
  end if;
  select m.from_account, m.into_account, m.last_event into from_id, into_id, since
  from public.account_merges m where m.id = merge and m.undone_at is null for update;
  if not found then outcome := 'not-found'; return next; return; end if;
  perform from public.accounts a where a.id in (from_id, into_id) order by a.id for update;
  if exists (select from public.accounts a where a.id = into_id and a.merged_into is not null) then
    outcome := 'merged-on'; return next; return;
  end if;
  if exists (select from public.accounts a where a.id in (from_id, into_id) and a.closed_at is not null) then
    outcome := 'closed'; return next; return;
  end if;

  -- What has been added to something that goes back belongs to it, whatever it is.
  loop
    this_pass := 0;
    for held in select k.*, t.key_columns as child_key, p.key_columns as parent_key
      from private.keys_within_accounts() k
      join private.tables_of_accounts() t on t.rel = k.child
      join private.tables_of_accounts() p on p.rel = k.parent
    loop
      select string_agg(format('c.%I = p.%I', one, other), ' and ') into joined
      from unnest(held.child_columns, held.parent_columns) x(one, other);
      execute format(
        'insert into public.account_merge_moves (merge_id, kind, table_name, key)
         select distinct $1, ''followed'', %L, %s from %s p
         join public.account_merge_moves m on m.merge_id = $1 and m.table_name = %L and m.kind in (''moved'', ''followed'') and m.key = %s
         join %s c on %s
         where p.account_id = $2 and not exists (
           select from public.account_merge_moves known where known.merge_id = $1 and known.table_name = %L
             and known.kind in (''moved'', ''followed'') and known.key = %s)',
        held.child_name, private.key_of(held.child_key, 'c'), held.parent,
        held.parent_name, private.key_of(held.parent_key, 'p'),
        held.child, joined, held.child_name, private.key_of(held.child_key, 'c'))
      using merge, into_id;
      get diagnostics added = row_count;
      this_pass := this_pass + added;
    end loop;
    exit when this_pass = 0;
  end loop;

  -- A row that joins something that goes back with something that stays can be neither here nor there.
  for held in select k.*, t.key_columns as child_key, p.key_columns as parent_key,
      exists (select from pg_catalog.pg_constraint f where f.contype = 'f' and f.confrelid = k.child) as is_parent
    from private.keys_within_accounts() k
    join private.tables_of_accounts() t on t.rel = k.child
    join private.tables_of_accounts() p on p.rel = k.parent
  loop
    select string_agg(format('c.%I = p.%I', one, other), ' and ') into joined
    from unnest(held.child_columns, held.parent_columns) x(one, other);
    execute format(
      'with torn as (
         select c.ctid as row_, %1$s as key, to_jsonb(c) as kept from %2$s c
         join %3$s p on %4$s
         join public.account_merge_moves m on m.merge_id = $1 and m.table_name = %5$L and m.kind in (''moved'', ''followed'') and m.key = %1$s
         where c.account_id = $2 and not exists (
           select from public.account_merge_moves known where known.merge_id = $1 and known.table_name = %6$L
             and known.kind in (''moved'', ''followed'') and known.key = %7$s)
       ), gone as (
         delete from %2$s c using torn where c.ctid = torn.row_ and not %8$L::boolean returning torn.key, torn.kept
       ), noted as (
         insert into public.account_merge_moves (merge_id, kind, table_name, key, kept)
         select $1, ''dropped'', %5$L, key, kept from gone
       )
       select count(*) from torn',
      private.key_of(held.child_key, 'c'), held.child, held.parent, joined, held.child_name, held.parent_name,
      private.key_of(held.parent_key, 'p'), held.is_parent)
    into added using merge, into_id;
    if added > 0 and held.is_parent then raise exception using errcode = 'TM001', message = held.child_name; end if;
  end loop;

  for one_table in select * from private.tables_of_accounts() loop
    n := n + 1;
    parts := parts || format(
      'back_%s as (update %s t set account_id = $2 from public.account_merge_moves m
         where m.merge_id = $3 and m.table_name = %L and m.kind in (''moved'', ''followed'')
           and t.account_id = $1 and %s = m.key returning 1 as one)',
      n, one_table.rel, one_table.name, private.key_of(one_table.key_columns, 't'));
    answers := answers || format('select one from back_%s', n);
    if exists (
      select from public.account_merge_moves m where m.merge_id = merge and m.table_name = one_table.name and m.kind = 'aside'
    ) then
      parts := parts || format(
        'again_%1$s as (insert into %2$s (%3$s) overriding system value
           select %4$s from public.account_merge_moves m cross join lateral jsonb_populate_record(null::%2$s, m.kept) r
           where m.merge_id = $3 and m.table_name = %5$L and m.kind = ''aside'' returning 1 as one)',
        n, one_table.rel,
        (select string_agg(format('%I', c), ', ') from unnest(one_table.plain_columns) c),
        (select string_agg(format('r.%I', c), ', ') from unnest(one_table.plain_columns) c),
        one_table.name);
      answers := answers || format('select one from again_%s', n);
    end if;
  end loop;
  execute 'with ' || array_to_string(parts, ', ') || ' select count(*) from (' || array_to_string(answers, ' union all ') || ') x'
    into added using into_id, from_id, merge;

  update public.events e set account_id = from_id
  from public.account_merge_moves m
  where m.merge_id = merge and m.kind = 'log' and e.account_id = into_id
    and e.chain = (m.key ->> 'chain')::uuid and e.id <= (m.key ->> 'upto')::bigint;
  -- What has been told since of something that went back is for those who have it; of a support, for whose it is.
  update public.events e set account_id = from_id
  from public.account_merge_moves m
  where m.merge_id = merge and m.kind in ('moved', 'followed') and m.key ? 'id' and e.account_id = into_id
    and e.id > since and e.subject_id = (m.key ->> 'id')::uuid
    and (not e.facts ? 'support' or exists (
      select from public.account_merge_moves s
      where s.merge_id = merge and s.kind in ('moved', 'followed')
        and s.key = jsonb_build_object('id', e.facts ->> 'support')));

  update public.accounts a set merged_into = null where a.id = from_id;
  update public.account_merges m set undone_at = now(), undone_by = (select private.my_person()) where m.id = merge;
  outcome := 'ok';
  return next;
exception when sqlstate 'TM001' then
  outcome := 'entangled';
  entangled := sqlerrm;
  return next;
end
$$;
grant execute on function private.unmerge_accounts(uuid) to portal_staff;

-- An account that others were merged into may be left as it was before, without an owner of its own.
create or replace function private.keep_an_owner() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from public.people p where p.account_id = old.account_id and p.removed_at is null)
    and not exists (
      select from public.people p where p.account_id = old.account_id and p.removed_at is null and p.role = 'owner')
    and not exists (
      select from public.account_merges m where m.into_account = old.account_id and m.undone_at = now())
  then
    raise check_violation using message = 'an account keeps its last owner';
  end if;
  return null;
end
$$;
