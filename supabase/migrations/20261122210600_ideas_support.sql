-- Ideas whole: statuses as rows, who supports and who follows, visibility, merging, reactions, tags.

-- ------------------------------------------------------------------ statuses

-- kind says what a status is worth: new and signal (somebody looks), intent (we want to), done and declined (outcomes).
-- key: the id by which the log speaks of it. A retired status keeps its names, since the history still tells of it.
create table public.idea_statuses (
  id text primary key check (id ~ '^[a-z][a-z0-9_]{0,39}$'),
  key uuid not null unique default private.uuid_v7(),
  kind text not null check (kind in ('new', 'signal', 'intent', 'done', 'declined')),
  names jsonb not null check (
    coalesce(char_length(names ->> 'en') between 1 and 40 and char_length(names ->> 'uk') between 1 and 40
      and char_length(names ->> 'ru') between 1 and 40 and char_length(names ->> 'zh') between 1 and 40, false)
    and names - array['en', 'uk', 'ru', 'zh'] = '{}'
  ),
  position integer not null,
  retired_at timestamptz,
  replaced_by text references public.idea_statuses check (replaced_by <> id),
  created_by uuid references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create index idea_statuses_replaced_by on public.idea_statuses (replaced_by);
create index idea_statuses_created_by on public.idea_statuses (created_by);
create trigger idea_statuses_next_revision before update on public.idea_statuses
  for each row execute function private.next_revision();

insert into public.idea_statuses (id, kind, position, names) values
  ('new', 'new', 10, '{"en": "New", "uk": "Нова", "ru": "Новая", "zh": "新提出"}'),
  ('under_review', 'signal', 20, '{"en": "Under review", "uk": "Розглядаємо", "ru": "Рассматриваем", "zh": "评估中"}'),
  ('planned', 'intent', 30, '{"en": "Planned", "uk": "Заплановано", "ru": "Запланировано", "zh": "已计划"}'),
  ('in_work', 'intent', 40, '{"en": "In work", "uk": "У роботі", "ru": "В работе", "zh": "进行中"}'),
  ('done', 'done', 50, '{"en": "Done", "uk": "Зроблено", "ru": "Сделано", "zh": "已完成"}'),
  ('declined', 'declined', 60, '{"en": "Declined", "uk": "Відхилено", "ru": "Отклонено", "zh": "未采纳"}');

-- Without a status of kind new nobody could suggest anything: two admins who take the last two at once are told so too.
create function private.keep_a_first_status() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('the last status of kind new', 0));
  if not exists (
    select from public.idea_statuses s where s.kind = 'new' and s.retired_at is null and s.id <> old.id
  ) then
    raise check_violation using message = 'the last status of kind new cannot go', constraint = 'idea_statuses_first';
  end if;
  return new;
end
$$;
create trigger idea_statuses_keep_first before update on public.idea_statuses
  for each row when (old.kind = 'new' and old.retired_at is null and (new.kind <> 'new' or new.retired_at is not null))
  execute function private.keep_a_first_status();

create function private.proves_status(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select account is null and exists (select from public.idea_statuses s where s.key = subject)
$$;

alter table public.ideas drop constraint ideas_status_check;
alter table public.ideas add foreign key (status) references public.idea_statuses;

-- A new idea begins at the first status of kind new that there is.
create function private.begin_status() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.status := coalesce(
    (select s.id from public.idea_statuses s
     where s.kind = 'new' and s.retired_at is null order by s.id <> new.status, s.position, s.id limit 1),
    new.status);
  return new;
end
$$;
create trigger ideas_begin_status before insert on public.ideas
  for each row when (new.status = 'new') execute function private.begin_status();

-- ------------------------------------------------------------------ visibility, owner, merging

-- merged_into is a pointer: nothing moves, so taking it back restores both ideas as they were. It may lead into another
-- account, so clients hold no grant on it; they are told that (merged_at), and private.followed_together() what they may know.
alter table public.ideas
  add column visibility text not null default 'account' check (visibility in ('account', 'all_customers')),
  add column owner_id uuid references public.people,
  add column merged_into uuid references public.ideas check (merged_into <> id),
  add column merged_at timestamptz,
  add column support_accounts integer not null default 0,
  add column support_people integer not null default 0,
  add constraint ideas_merged_since check ((merged_into is null) = (merged_at is null));
create index ideas_owner_id on public.ideas (owner_id, id desc);
create index ideas_merged_into on public.ideas (merged_into) where merged_into is not null;

drop trigger ideas_next_revision on public.ideas;
create trigger ideas_next_revision before update of title, body, status, visibility, owner_id, merged_into on public.ideas
  for each row execute function private.next_revision();

revoke select on public.ideas from authenticated;
grant select (id, account_id, author_id, title, body, body_text, status, search_tokens, brief_tokens, search, comment_count,
  last_activity_at, created_at, revision, product_id, fields, kind, answer_due_at, answered_at, split_from, visibility, merged_at, support_accounts, support_people) on public.ideas to authenticated;
grant insert (visibility) on public.ideas to authenticated;
grant update (visibility) on public.ideas to authenticated;
grant update (visibility, owner_id) on public.ideas to portal_staff;

create policy "authors and owners say who sees an idea" on public.ideas for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and ((select private.my_role()) = 'owner' or author_id = (select private.my_person()))
  )
  with check (account_id = any (array(select private.my_accounts())));

drop policy "designers, managers and admins set the status" on public.ideas;
create policy "designers, managers and admins set status, visibility and owner" on public.ideas for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (
    (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and (owner_id is null or exists (select from public.people p where p.id = owner_id and p.side = 'staff'))
  );

-- ------------------------------------------------------------------ what other customers see of an idea

-- Without account, author, discussion, brief and files: what is not here cannot reach another account.
-- merged: it is followed up together with another idea, whose status it then shows.
create table public.shared_ideas (
  idea_id uuid primary key references public.ideas on delete cascade,
  title text not null,
  body jsonb not null,
  body_text text not null,
  search_tokens text not null,
  search tsvector generated always as (to_tsvector('simple', search_tokens)) stored,
  status text not null references public.idea_statuses,
  merged boolean not null,
  product_id uuid references public.products,
  support_accounts integer not null,
  support_people integer not null,
  created_at timestamptz not null
);
create index shared_ideas_status on public.shared_ideas (status, idea_id desc);
create index shared_ideas_most_supported on public.shared_ideas (support_accounts desc, idea_id desc);
create index shared_ideas_product on public.shared_ideas (product_id);
create index shared_ideas_search on public.shared_ideas using gin (search);

alter table public.shared_ideas enable row level security;
alter table public.shared_ideas force row level security;
grant select on public.shared_ideas to authenticated, portal_staff, service_role;
create policy "clients see what is shared with all customers" on public.shared_ideas for select to authenticated
  using ((select private.my_role()) is not null);
create policy "staff see what is shared" on public.shared_ideas for select to portal_staff using (true);

-- ------------------------------------------------------------------ support

-- person_id null: an account that said so to staff (on_behalf_by), without a name. Withdrawn is kept, and counts no more.
create table public.idea_support (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null references public.ideas on delete cascade,
  account_id uuid not null references public.accounts,
  person_id uuid,
  comment text check (char_length(comment) between 1 and 2000),
  source text check (source in ('call', 'visit', 'email', 'fair', 'other')),
  said_on date,
  on_behalf_by uuid references public.people,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  foreign key (account_id, person_id) references public.people (account_id, id),
  constraint idea_support_has_a_source check ((on_behalf_by is null) = (source is null) and (source is null) = (said_on is null)),
  constraint idea_support_is_somebodys check (person_id is not null or on_behalf_by is not null)
);
-- Two clicks at once are one support.
create unique index idea_support_once on public.idea_support (idea_id, person_id) where withdrawn_at is null and person_id is not null;
create unique index idea_support_once_nameless on public.idea_support (idea_id, account_id) where withdrawn_at is null and person_id is null;
create index idea_support_idea on public.idea_support (idea_id, id);
create index idea_support_account_person on public.idea_support (account_id, person_id);
create index idea_support_person on public.idea_support (person_id);
create index idea_support_on_behalf_by on public.idea_support (on_behalf_by);
alter table public.idea_attachments add foreign key (support_id) references public.idea_support on delete cascade;

alter table public.idea_support enable row level security;
alter table public.idea_support force row level security;
grant select on public.idea_support to authenticated, portal_staff, service_role;
grant insert (idea_id, account_id, person_id, comment) on public.idea_support to authenticated;
grant insert (idea_id, account_id, person_id, comment, source, said_on, on_behalf_by) on public.idea_support to portal_staff;
grant update (comment, withdrawn_at) on public.idea_support to authenticated;
grant update (withdrawn_at) on public.idea_support to portal_staff;
create policy "clients see their account's support" on public.idea_support for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see support" on public.idea_support for select to portal_staff using (true);
create policy "clients who do more than read support what they see" on public.idea_support for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and person_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and (exists (select from public.ideas i where i.id = idea_support.idea_id)
      or exists (select from public.shared_ideas s where s.idea_id = idea_support.idea_id))
  );
create policy "clients change and withdraw their own support" on public.idea_support for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and person_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (person_id = (select private.my_person()));
-- Of any account: one that said the same on the telephone counts, whether or not it may see the idea.
create policy "designers, managers and admins add support on behalf" on public.idea_support for insert to portal_staff
  with check (
    on_behalf_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "designers, managers and admins withdraw what was added on behalf" on public.idea_support for update to portal_staff
  using (on_behalf_by is not null and (select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (on_behalf_by is not null);

-- An idea and all that was merged into it.
create function private.idea_tree(root uuid) returns setof uuid
  language sql stable security definer rows 3 set search_path = '' as $$
  with recursive tree (id) as (
    select root union select m.id from public.ideas m join tree on m.merged_into = tree.id
  )
  select id from tree
$$;
-- The idea that an idea is followed up in: itself, unless it was merged.
create function private.idea_root(leaf uuid) returns uuid
  language sql stable security definer set search_path = '' as $$
  with recursive up (id, merged_into) as (
    select i.id, i.merged_into from public.ideas i where i.id = leaf
    union all
    select i.id, i.merged_into from up join public.ideas i on i.id = up.merged_into
  )
  select id from up where merged_into is null
$$;

-- Counts accounts and persons once over an idea and what was merged into it, and over all that it was merged into. Locks from
-- the leaf upwards; merging waits for all who count, and they for it, so that no two wait for each other.
create function private.recount_support(changed uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  node uuid := changed;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('merging ideas', 0));
  while node is not null loop
    perform from public.ideas i where i.id = node for no key update;
    update public.ideas i set support_accounts = counted.accounts, support_people = counted.people
    from (
      select count(distinct s.account_id)::int as accounts, count(distinct s.person_id)::int as people
      from public.idea_support s
      where s.idea_id in (select private.idea_tree(node)) and s.withdrawn_at is null
    ) counted
    where i.id = node and (i.support_accounts, i.support_people) is distinct from (counted.accounts, counted.people);
    select i.merged_into into node from public.ideas i where i.id = node;
  end loop;
end
$$;
create function private.count_support() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.recount_support(coalesce(new.idea_id, old.idea_id));
  return null;
end
$$;
create trigger idea_support_count after insert or delete or update of withdrawn_at, account_id, person_id on public.idea_support
  for each row execute function private.count_support();

-- ------------------------------------------------------------------ followers

create table public.idea_followers (
  idea_id uuid not null references public.ideas on delete cascade,
  person_id uuid not null references public.people,
  account_id uuid references public.accounts,
  created_at timestamptz not null default now(),
  primary key (idea_id, person_id)
);
create index idea_followers_person on public.idea_followers (person_id);
create index idea_followers_account on public.idea_followers (account_id);

alter table public.idea_followers enable row level security;
alter table public.idea_followers force row level security;
grant select, delete on public.idea_followers to authenticated, portal_staff;
grant insert (idea_id, person_id, account_id) on public.idea_followers to authenticated, portal_staff;
grant select, delete on public.idea_followers to service_role;
create policy "clients see what they follow" on public.idea_followers for select to authenticated
  using (person_id = (select private.my_person()));
create policy "staff see who follows" on public.idea_followers for select to portal_staff using (true);
create policy "clients follow what they see" on public.idea_followers for insert to authenticated
  with check (
    person_id = (select private.my_person())
    and account_id = any (array(select private.my_accounts()))
    and (exists (select from public.ideas i where i.id = idea_followers.idea_id)
      or exists (select from public.shared_ideas s where s.idea_id = idea_followers.idea_id))
  );
create policy "staff follow" on public.idea_followers for insert to portal_staff
  with check (person_id = (select private.my_person()) and account_id is null);
create policy "clients stop following" on public.idea_followers for delete to authenticated
  using (person_id = (select private.my_person()));
create policy "staff stop following" on public.idea_followers for delete to portal_staff
  using (person_id = (select private.my_person()));

-- Who is to hear of an idea, once each, through which idea they know it, and whether they may read what is said there:
-- people of another account know a shared idea, and never its discussion. For the system, which tells people.
create function private.idea_watchers(root uuid) returns table (person_id uuid, account_id uuid, idea_id uuid, reads_discussion boolean)
  language sql stable security definer rows 20 set search_path = '' as $$
  select distinct on (p.id) p.id, p.account_id, i.id, p.side = 'staff' or p.account_id = i.account_id
  from public.ideas i
  join (
    select f.idea_id, f.person_id from public.idea_followers f
    union
    select s.idea_id, s.person_id from public.idea_support s where s.withdrawn_at is null and s.person_id is not null
  ) watch on watch.idea_id = i.id
  join public.people p on p.id = watch.person_id
  where i.id in (select private.idea_tree(root))
    and p.removed_at is null
    and (p.side = 'staff' or p.account_id = i.account_id or i.visibility = 'all_customers')
  order by p.id, i.id <> root, p.account_id is distinct from i.account_id, i.id
$$;
grant execute on function private.idea_watchers(uuid) to service_role;

-- ------------------------------------------------------------------ sharing follows the idea

create function private.share_idea() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.visibility <> 'all_customers' then
    delete from public.shared_ideas s where s.idea_id = new.id;
    -- It does not exist for them any more. Their support stays counted.
    delete from public.idea_followers f where f.idea_id = new.id and f.account_id <> new.account_id;
    return null;
  end if;
  insert into public.shared_ideas (idea_id, title, body, body_text, search_tokens, status, merged, product_id,
    support_accounts, support_people, created_at)
  select new.id, new.title, new.body, new.body_text, new.search_tokens, root.status, new.merged_into is not null,
    new.product_id, new.support_accounts, new.support_people, new.created_at
  from public.ideas root where root.id = private.idea_root(new.id)
  on conflict (idea_id) do update set title = excluded.title, body = excluded.body, body_text = excluded.body_text,
    search_tokens = excluded.search_tokens, status = excluded.status, merged = excluded.merged,
    product_id = excluded.product_id, support_accounts = excluded.support_accounts,
    support_people = excluded.support_people;
  return null;
end
$$;
create trigger ideas_share_new after insert on public.ideas
  for each row when (new.visibility = 'all_customers') execute function private.share_idea();
create trigger ideas_share after update on public.ideas
  for each row when (new.visibility = 'all_customers' or old.visibility = 'all_customers')
  execute function private.share_idea();

-- What was merged into an idea shows its status.
create function private.share_status() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.shared_ideas s set status = root.status
  from public.ideas root
  where root.id = private.idea_root(new.id)
    and s.idea_id in (select private.idea_tree(new.id)) and s.status <> root.status;
  return null;
end
$$;
create trigger ideas_share_status after update of status, merged_into on public.ideas
  for each row execute function private.share_status();

-- ------------------------------------------------------------------ merging

-- Merges one idea into another, when both are as the person who decides saw them. Out: 'merged', or why not.
create function private.merge_idea(source uuid, target uuid, source_revision integer, target_revision integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  one public.ideas;
  other public.ideas;
begin
  if not (select private.staff_roles()) && array['designer', 'manager', 'admin'] then
    raise insufficient_privilege using message = 'designers, managers and admins merge ideas';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('merging ideas', 0));
  select * into one from public.ideas i where i.id = source for no key update;
  select * into other from public.ideas i where i.id = target for no key update;
  if one.id is null or other.id is null then return 'not-found'; end if;
  if source = target then return 'same'; end if;
  if one.merged_into is not null or other.merged_into is not null then return 'merged-already'; end if;
  if one.revision <> source_revision or other.revision <> target_revision then return 'changed-meanwhile'; end if;
  update public.ideas i set merged_into = target, merged_at = now() where i.id = source;
  perform private.recount_support(target);
  return 'merged';
end
$$;
-- Takes a merge back: both ideas are as they were. Out: 'unmerged', or why not.
create function private.unmerge_idea(source uuid, source_revision integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  one public.ideas;
begin
  if not (select private.staff_roles()) && array['designer', 'manager', 'admin'] then
    raise insufficient_privilege using message = 'designers, managers and admins merge ideas';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('merging ideas', 0));
  select * into one from public.ideas i where i.id = source for no key update;
  if one.id is null then return 'not-found'; end if;
  if one.merged_into is null then return 'not-merged'; end if;
  if one.revision <> source_revision then return 'changed-meanwhile'; end if;
  update public.ideas i set merged_into = null, merged_at = null where i.id = source;
  perform private.recount_support(one.merged_into);
  return 'unmerged';
end
$$;
grant execute on function private.merge_idea(uuid, uuid, integer, integer), private.unmerge_idea(uuid, integer) to portal_staff;

-- What a client may know of the idea that one of theirs (or a shared one) is followed up in: its status, and the idea itself
-- only when it is their account's or shared. No row when it was not merged or does not exist for them.
create function private.followed_together(leaf uuid) returns table (status text, idea_id uuid, title text)
  language sql stable security definer rows 1 set search_path = '' as $$
  select root.status, case when seen.yes then root.id end, case when seen.yes then root.title end
  from public.ideas i
  join public.ideas root on root.id = private.idea_root(i.id)
  cross join lateral (select root.account_id = any (array(select private.my_accounts()))
    or (root.visibility = 'all_customers' and (select private.my_role()) is not null) as yes) seen
  where i.id = leaf and i.merged_into is not null
    and (i.account_id = any (array(select private.my_accounts()))
      or (i.visibility = 'all_customers' and (select private.my_role()) is not null))
$$;
grant execute on function private.followed_together(uuid) to authenticated;

-- Takes a status out of use. Its ideas go on at another one, each with a line in its log, while they are few enough to
-- tell people about. Out: 'retired', or why not.
create function private.retire_status(which text, instead text, seen_revision integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  old_one public.idea_statuses;
  moved record;
begin
  if not (select private.staff_roles()) && array['admin'] then
    raise insufficient_privilege using message = 'admins edit statuses';
  end if;
  select * into old_one from public.idea_statuses s where s.id = which for update;
  if old_one.id is null or old_one.retired_at is not null then return 'not-found'; end if;
  if old_one.revision <> seen_revision then return 'changed-meanwhile'; end if;
  perform from public.idea_statuses s where s.id = instead and s.retired_at is null and s.id <> which for share;
  if not found then return 'no-replacement'; end if;
  if old_one.kind = 'new' and not exists (
    select from public.idea_statuses s where s.kind = 'new' and s.retired_at is null and s.id <> which
  ) then
    return 'last-new';
  end if;
  if (select count(*) from (select from public.ideas i where i.status = which limit 501) those) > 500 then
    return 'too-many-ideas';
  end if;
  update public.idea_statuses s set retired_at = now(), replaced_by = instead where s.id = which;
  -- In the order of accounts, as every other who writes into several logs.
  for moved in
    with gone_on as (update public.ideas i set status = instead where i.status = which returning i.id, i.account_id)
    select g.id, g.account_id from gone_on g order by g.account_id, g.id
  loop
    perform private.record_event('idea.status_changed', 'idea', moved.id, moved.account_id,
      jsonb_build_object('from', which, 'to', instead, 'because', 'retired'), null, 'both', null);
  end loop;
  return 'retired';
end
$$;
grant execute on function private.retire_status(text, text, integer) to portal_staff;

alter table public.idea_statuses enable row level security;
alter table public.idea_statuses force row level security;
grant select on public.idea_statuses to authenticated, portal_staff, service_role;
grant insert (id, kind, names, position, created_by) on public.idea_statuses to portal_staff;
grant update (kind, names, position) on public.idea_statuses to portal_staff;
create policy "clients see the statuses" on public.idea_statuses for select to authenticated
  using ((select private.my_role()) is not null);
create policy "staff see the statuses" on public.idea_statuses for select to portal_staff using (true);
create policy "admins add statuses" on public.idea_statuses for insert to portal_staff
  with check ((select private.staff_roles()) && array['admin'] and created_by = (select private.my_person()));
create policy "admins edit statuses" on public.idea_statuses for update to portal_staff
  using ((select private.staff_roles()) && array['admin'])
  with check ((select private.staff_roles()) && array['admin']);

-- ------------------------------------------------------------------ what is said: mentions, changes, reactions

alter table public.idea_comments
  add column mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20),
  add column edited_at timestamptz,
  add unique (account_id, id);
alter table public.idea_notes
  add column mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20),
  add column edited_at timestamptz;

grant insert (mentions) on public.idea_comments to authenticated, portal_staff;
grant update (body, mentions, edited_at), delete on public.idea_comments to authenticated, portal_staff;
grant insert (mentions) on public.idea_notes to portal_staff;
grant update (body, mentions, edited_at), delete on public.idea_notes to portal_staff;

-- What was said can be corrected while hardly anybody has answered it: a quarter of an hour.
create policy "clients change what they said lately" on public.idea_comments for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and author_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and created_at > now() - interval '15 minutes'
  )
  with check (author_id = (select private.my_person()));
create policy "clients take back what they said lately" on public.idea_comments for delete to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and author_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and created_at > now() - interval '15 minutes'
  );
create policy "staff change what they said lately" on public.idea_comments for update to portal_staff
  using (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and created_at > now() - interval '15 minutes'
  )
  with check (author_id = (select private.my_person()));
create policy "staff take back what they said lately" on public.idea_comments for delete to portal_staff
  using (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and created_at > now() - interval '15 minutes'
  );
create policy "staff change what they noted lately" on public.idea_notes for update to portal_staff
  using (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and created_at > now() - interval '15 minutes'
  )
  with check (author_id = (select private.my_person()));
create policy "staff take back what they noted lately" on public.idea_notes for delete to portal_staff
  using (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and created_at > now() - interval '15 minutes'
  );

create function private.uncount_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.ideas set comment_count = comment_count - 1 where id = old.idea_id;
  return null;
end
$$;
create trigger idea_comments_uncount after delete on public.idea_comments
  for each row execute function private.uncount_comment();

create table public.idea_reactions (
  comment_id uuid not null,
  person_id uuid not null references public.people,
  reaction text not null check (reaction in ('agree', 'thanks', 'great', 'looking')),
  account_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (comment_id, person_id, reaction),
  foreign key (account_id, comment_id) references public.idea_comments (account_id, id) on delete cascade
);
create index idea_reactions_account_comment on public.idea_reactions (account_id, comment_id);
create index idea_reactions_person on public.idea_reactions (person_id);

create table public.idea_note_reactions (
  note_id uuid not null references public.idea_notes on delete cascade,
  person_id uuid not null references public.people,
  reaction text not null check (reaction in ('agree', 'thanks', 'great', 'looking')),
  created_at timestamptz not null default now(),
  primary key (note_id, person_id, reaction)
);
create index idea_note_reactions_person on public.idea_note_reactions (person_id);

alter table public.idea_reactions enable row level security;
alter table public.idea_reactions force row level security;
alter table public.idea_note_reactions enable row level security;
alter table public.idea_note_reactions force row level security;
grant select, delete on public.idea_reactions to authenticated, portal_staff;
grant insert (comment_id, person_id, reaction, account_id) on public.idea_reactions to authenticated, portal_staff;
grant select on public.idea_reactions to service_role;
create policy "clients see reactions to their account's comments" on public.idea_reactions for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see reactions" on public.idea_reactions for select to portal_staff using (true);
create policy "clients who do more than read react" on public.idea_reactions for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and person_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (select from public.idea_comments c
      where c.id = idea_reactions.comment_id and c.account_id = idea_reactions.account_id)
  );
create policy "staff who do more than read react" on public.idea_reactions for insert to portal_staff
  with check (
    person_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (select from public.idea_comments c
      where c.id = idea_reactions.comment_id and c.account_id = idea_reactions.account_id)
  );
create policy "clients take back their reactions" on public.idea_reactions for delete to authenticated
  using (account_id = any (array(select private.my_accounts())) and person_id = (select private.my_person()));
create policy "staff take back their reactions" on public.idea_reactions for delete to portal_staff
  using (person_id = (select private.my_person()));

grant select, delete on public.idea_note_reactions to portal_staff;
grant insert (note_id, person_id, reaction) on public.idea_note_reactions to portal_staff;
grant select on public.idea_note_reactions to service_role;
create policy "staff see reactions to notes" on public.idea_note_reactions for select to portal_staff
  using (cardinality((select private.staff_roles())) > 0);
create policy "staff who do more than read react to notes" on public.idea_note_reactions for insert to portal_staff
  with check (
    person_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );
create policy "staff take back their reactions to notes" on public.idea_note_reactions for delete to portal_staff
  using (person_id = (select private.my_person()));

-- ------------------------------------------------------------------ tags, staff's own

create table public.tags (
  id uuid primary key default private.uuid_v7(),
  name text not null check (char_length(name) between 1 and 40 and name = btrim(name)),
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create unique index tags_name on public.tags (lower(name));
create index tags_created_by on public.tags (created_by);
create trigger tags_next_revision before update on public.tags for each row execute function private.next_revision();

create table public.idea_tags (
  idea_id uuid not null references public.ideas on delete cascade,
  tag_id uuid not null references public.tags,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  primary key (idea_id, tag_id)
);
create index idea_tags_tag on public.idea_tags (tag_id, idea_id desc);
create index idea_tags_created_by on public.idea_tags (created_by);

alter table public.tags enable row level security;
alter table public.tags force row level security;
alter table public.idea_tags enable row level security;
alter table public.idea_tags force row level security;
grant select on public.tags, public.idea_tags to portal_staff, service_role;
grant insert (name, created_by) on public.tags to portal_staff;
grant insert (idea_id, tag_id, created_by) on public.idea_tags to portal_staff;
grant delete on public.idea_tags to portal_staff;
create policy "staff see tags" on public.tags for select to portal_staff using (true);
create policy "designers, managers and admins add tags" on public.tags for insert to portal_staff
  with check (created_by = (select private.my_person()) and (select private.staff_roles()) && array['designer', 'manager', 'admin']);
create policy "staff see tags of ideas" on public.idea_tags for select to portal_staff using (true);
create policy "designers, managers and admins tag ideas" on public.idea_tags for insert to portal_staff
  with check (created_by = (select private.my_person()) and (select private.staff_roles()) && array['designer', 'manager', 'admin']);
create policy "designers, managers and admins untag ideas" on public.idea_tags for delete to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

-- ------------------------------------------------------------------ the log

-- Another account that supports a shared idea has that in its own log, where its own people read it.
create or replace function private.proves_idea(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.ideas i where i.id = subject and i.account_id = account)
    or exists (select from public.idea_support s where s.idea_id = subject and s.account_id = account)
$$;
