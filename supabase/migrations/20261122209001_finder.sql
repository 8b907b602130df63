-- What the palette finds while one types: ideas by their words, people by a part of their name. And when somebody was last
-- here, so that their home can say what has changed since.

-- The asking client's ideas, and those that all customers see, by words (text for to_tsquery); a foreign one names nobody.
-- Behind the policy no search of words may use an index, so the conditions stand here.
create function private.find_ideas(words text, take integer)
  returns table (id uuid, title text, status text, shared boolean)
  language plpgsql stable security definer rows 10 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
begin
  if mine is null then
    return;
  end if;
  return query execute
    '(select i.id, i.title, i.status, false
      from private.search_ideas($1, null, null, $3) found (id) join public.ideas i on i.id = found.id
      where i.account_id = $2 order by i.id desc)
     union all
     (select s.idea_id, s.title, s.status, true
      from public.shared_ideas s
      where s.search @@ to_tsquery(''simple'', $1) and not s.merged
        and not exists (select from public.ideas i where i.id = s.idea_id and i.account_id = $2)
      order by s.support_accounts desc, s.idea_id desc limit $3)'
    using words, mine, least(take, 20);
end
$$;
grant execute on function private.find_ideas(text, integer) to authenticated;

create index people_name_words on public.people using gin (display_name extensions.gin_trgm_ops);

-- When a person was last at home, and when their visit before this one ended. Half an hour away begins another visit.
create table public.person_visits (
  person_id uuid primary key references public.people on delete cascade,
  seen_at timestamptz not null,
  before_at timestamptz
);
alter table public.person_visits enable row level security;
alter table public.person_visits force row level security;
-- When somebody comes and goes is nobody else's business, not even staff's.
grant select on public.person_visits to authenticated, portal_staff;
create policy "clients see their own visits" on public.person_visits for select to authenticated
  using (person_id = (select private.my_person()));
create policy "staff see their own visits" on public.person_visits for select to portal_staff
  using (person_id = (select private.my_person()));

-- Marks that the asking person is here. Out: when they were here before, null at the first visit. Whoever only looks over
-- a person's shoulder (a read-only transaction) leaves no mark.
create function private.come_home() returns timestamptz
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  before timestamptz;
begin
  if me is null then
    return null;
  end if;
  if current_setting('transaction_read_only') = 'on' then
    select v.before_at into before from public.person_visits v where v.person_id = me;
    return before;
  end if;
  insert into public.person_visits as v (person_id, seen_at) values (me, now())
  on conflict (person_id) do update
    set before_at = case when v.seen_at < now() - interval '30 minutes' then v.seen_at else v.before_at end,
        seen_at = now()
  returning v.before_at into before;
  return before;
end
$$;
grant execute on function private.come_home() to authenticated, portal_staff;
