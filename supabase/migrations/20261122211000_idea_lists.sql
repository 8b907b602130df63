-- What lists of ideas are sorted by, views that staff keep of them, and the public roadmap.

-- ------------------------------------------------------------------ sorts

-- What the accounts that support an idea are worth to us in a year. Clients hold no grant on it. Sums are of one currency:
-- what is put down in another one cannot be added up without a rate, so those accounts are counted apart, and said.
alter table public.ideas
  add column support_value_minor bigint not null default 0,
  add column support_value_currency char(3) not null default 'EUR',
  add column support_value_unknown integer not null default 0;

-- Every list walks an index in its own order and stops at its page.
create index ideas_activity on public.ideas (last_activity_at desc, id desc);
create index ideas_most_accounts on public.ideas (support_accounts desc, id desc);
create index ideas_most_people on public.ideas (support_people desc, id desc);
create index ideas_most_value on public.ideas (support_value_minor desc, id desc);
create index ideas_status_most_accounts on public.ideas (status, support_accounts desc, id desc);
create index ideas_account_activity on public.ideas (account_id, last_activity_at desc, id desc);
create index ideas_account_most_accounts on public.ideas (account_id, support_accounts desc, id desc);
create index ideas_account_most_people on public.ideas (account_id, support_people desc, id desc);
create index shared_ideas_most_people on public.shared_ideas (support_people desc, idea_id desc);

-- Writes down again what supporters of these ideas, and of those they were merged into, are worth.
create function private.revalue_ideas(changed uuid[]) returns void
  language sql volatile security definer set search_path = '' as $$
  with recursive node (id) as (
    select unnest(changed)
    union
    select i.merged_into from node join public.ideas i on i.id = node.id where i.merged_into is not null
  ), counted as (
    select node.id, coalesce(sum(worth.minor), 0)::bigint as minor, count(*) filter (where worth.unknown)::int as unknown
    from node
    left join lateral (
      select distinct s.account_id,
        case when v.yearly_currency = 'EUR' then v.yearly_minor else 0 end as minor,
        v.yearly_currency is distinct from 'EUR' as unknown
      from public.idea_support s left join public.account_values v on v.account_id = s.account_id
      where s.idea_id in (select private.idea_tree(node.id)) and s.withdrawn_at is null
    ) worth on true
    group by node.id
  )
  update public.ideas i set support_value_minor = counted.minor, support_value_unknown = counted.unknown
  from counted
  where i.id = counted.id
    and (i.support_value_minor, i.support_value_unknown) is distinct from (counted.minor, counted.unknown)
$$;

create function private.value_support() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.revalue_ideas(array[coalesce(new.idea_id, old.idea_id)]);
  return null;
end
$$;
-- Named to come after the trigger that counts: that one holds the idea for this transaction.
create trigger idea_support_value after insert or delete or update of withdrawn_at, account_id, person_id
  on public.idea_support for each row execute function private.value_support();

create function private.value_merge() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.revalue_ideas(array_remove(array[old.merged_into, new.merged_into], null));
  return null;
end
$$;
create trigger ideas_value_merge after update of merged_into on public.ideas
  for each row when (old.merged_into is distinct from new.merged_into) execute function private.value_merge();

create function private.value_account() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  supported uuid[] := array(
    select distinct s.idea_id from public.idea_support s
    where s.account_id = coalesce(new.account_id, old.account_id) and s.withdrawn_at is null);
begin
  -- In the order in which a bulk change takes them, so that neither waits for the other.
  perform from public.ideas i where i.id = any (supported) order by i.id for no key update;
  perform private.revalue_ideas(supported);
  return null;
end
$$;
create trigger account_values_value after insert or update or delete on public.account_values
  for each row execute function private.value_account();

select private.revalue_ideas(array(select distinct s.idea_id from public.idea_support s));

-- ------------------------------------------------------------------ search of a client, in any order

-- The ids on one page of a search. Behind a policy `@@` cannot use an index, so what the reader may see is written out here:
-- shared: what all customers see; else their account's. sort: newest, activity, accounts, people. after_key: the sorted value
-- of the last row before the page, in microseconds for a time. Planned anew for each question, see 20261122130000.
create function private.search_idea_list(
  shared boolean, words text, in_status text, of_product uuid, of_kind text, by_author uuid,
  sort text, after_key bigint, after_id uuid, take integer
) returns setof uuid language plpgsql stable security definer rows 30 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
  id text := case when shared then 's.idea_id' else 's.id' end;
  key text := case sort
    when 'activity' then case when shared then null else 's.last_activity_at' end
    when 'accounts' then 's.support_accounts'
    when 'people' then 's.support_people' end;
  place text := case sort
    when 'activity' then '''epoch''::timestamptz + $7 * interval ''1 microsecond''' else '$7::int' end;
begin
  if mine is null then return; end if;
  return query execute
    'select ' || id || case when shared then ' from public.shared_ideas s where true'
      else ' from public.ideas s where s.account_id = $1' end
    || ' and s.search @@ to_tsquery(''simple'', $2)'
    || case when in_status is null then '' else ' and s.status = $3' end
    || case when of_product is null then '' else ' and s.product_id = $4' end
    || case when of_kind is null or shared then '' else ' and s.kind = $5' end
    || case when by_author is null or shared then '' else ' and s.author_id = $6' end
    || case when after_id is null then ''
      when key is null then ' and ' || id || ' < $8'
      else ' and (' || key || ', ' || id || ') < (' || place || ', $8)' end
    || ' order by ' || coalesce(key || ' desc, ', '') || id || ' desc limit $9'
    using mine, words, in_status, of_product, of_kind, by_author, after_key, after_id, least(take, 200);
end
$$;
grant execute on function private.search_idea_list(boolean, text, text, uuid, text, uuid, text, bigint, uuid, integer)
  to authenticated;

-- ------------------------------------------------------------------ views that staff keep

-- query: what stands behind the question mark of the list's address.
create table public.idea_views (
  id uuid primary key default private.uuid_v7(),
  person_id uuid not null references public.people,
  name text not null check (char_length(name) between 1 and 60 and name = btrim(name)),
  query text not null check (char_length(query) <= 1000 and query ~ '^[A-Za-z0-9_.~%=&+*-]*$'),
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create unique index idea_views_name on public.idea_views (person_id, lower(name));
create index idea_views_shared on public.idea_views (shared, name, id);
create trigger idea_views_next_revision before update on public.idea_views
  for each row execute function private.next_revision();

-- The view a person's list opens with.
create table public.idea_view_defaults (
  person_id uuid primary key references public.people,
  view_id uuid not null references public.idea_views on delete cascade,
  created_at timestamptz not null default now()
);
create index idea_view_defaults_view_id on public.idea_view_defaults (view_id);

alter table public.idea_views enable row level security;
alter table public.idea_views force row level security;
alter table public.idea_view_defaults enable row level security;
alter table public.idea_view_defaults force row level security;

grant select, delete on public.idea_views to portal_staff;
grant insert (person_id, name, query, shared), update (name, query, shared) on public.idea_views to portal_staff;
create policy "staff see their own views and shared ones" on public.idea_views for select to portal_staff
  using (shared or person_id = (select private.my_person()));
create policy "staff who do more than read keep views" on public.idea_views for insert to portal_staff
  with check (
    person_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );
create policy "staff change their own views" on public.idea_views for update to portal_staff
  using (person_id = (select private.my_person()))
  with check (person_id = (select private.my_person()));
create policy "staff remove their own views" on public.idea_views for delete to portal_staff
  using (person_id = (select private.my_person()));

grant select, delete on public.idea_view_defaults to portal_staff;
grant insert (person_id, view_id), update (view_id) on public.idea_view_defaults to portal_staff;
create policy "staff see which view theirs opens with" on public.idea_view_defaults for select to portal_staff
  using (person_id = (select private.my_person()));
create policy "staff choose the view theirs opens with" on public.idea_view_defaults for insert to portal_staff
  with check (
    person_id = (select private.my_person())
    and exists (select from public.idea_views v where v.id = idea_view_defaults.view_id)
  );
create policy "staff choose another view to open with" on public.idea_view_defaults for update to portal_staff
  using (person_id = (select private.my_person()))
  with check (
    person_id = (select private.my_person())
    and exists (select from public.idea_views v where v.id = idea_view_defaults.view_id)
  );
create policy "staff open with all again" on public.idea_view_defaults for delete to portal_staff
  using (person_id = (select private.my_person()));

-- ------------------------------------------------------------------ the public roadmap

-- What everybody may read of an idea: words that staff wrote for it, never the customer's. Null: not shown.
create table public.roadmap_entries (
  idea_id uuid primary key references public.ideas on delete cascade,
  titles jsonb not null check (
    jsonb_typeof(titles) = 'object' and titles ? 'en' and titles - array['en', 'uk', 'ru', 'zh'] = '{}'
    and octet_length(titles::text) <= 4000),
  texts jsonb not null default '{}' check (
    jsonb_typeof(texts) = 'object' and texts - array['en', 'uk', 'ru', 'zh'] = '{}' and octet_length(texts::text) <= 16000),
  published_at timestamptz,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create index roadmap_entries_created_by on public.roadmap_entries (created_by);
create index roadmap_entries_published on public.roadmap_entries (published_at desc, idea_id);
create trigger roadmap_entries_next_revision before update on public.roadmap_entries
  for each row execute function private.next_revision();

alter table public.roadmap_entries enable row level security;
alter table public.roadmap_entries force row level security;
grant select on public.roadmap_entries to portal_staff, service_role;
grant insert (idea_id, titles, texts, published_at, created_by), update (titles, texts, published_at)
  on public.roadmap_entries to portal_staff;
create policy "staff see what is written for the roadmap" on public.roadmap_entries for select to portal_staff using (true);
create policy "designers, managers and admins write for the roadmap" on public.roadmap_entries for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "designers, managers and admins publish and take back" on public.roadmap_entries for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

-- The roadmap as a visitor reads it, who has no grant on any table: these columns of what is published, and nothing that
-- says whose idea it was. Each entry in the language asked for, in English where nobody wrote it. Newest in its group first.
create function private.public_roadmap(asked text) returns table (kind text, language text, title text, words text)
  language sql stable security definer rows 50 set search_path = '' as $$
  select case s.kind when 'new' then 'signal' else s.kind end,
    case when e.titles ? asked then asked else 'en' end,
    coalesce(e.titles ->> asked, e.titles ->> 'en'),
    coalesce(case when e.titles ? asked then e.texts ->> asked else e.texts ->> 'en' end, '')
  from public.roadmap_entries e
  join public.ideas i on i.id = e.idea_id
  join public.ideas root on root.id = private.idea_root(i.id)
  join public.idea_statuses s on s.id = root.status
  where e.published_at is not null and s.kind <> 'declined'
  order by e.published_at desc, e.idea_id
  limit 300
$$;
grant execute on function private.public_roadmap(text) to portal_guest;
