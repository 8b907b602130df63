-- Whoever changes several ideas takes them in the order of their ids, so that no two wait for each other: those who count
-- support took an idea and then what it was merged into, those who merge both in the order they were named.

create function private.hold_ideas(leaves uuid[]) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from public.ideas i
  where i.id in (
    with recursive up (id, merged_into) as (
      select leaf.id, leaf.merged_into from public.ideas leaf where leaf.id = any (leaves)
      union
      select root.id, root.merged_into from up join public.ideas root on root.id = up.merged_into
    )
    select up.id from up
  )
  order by i.id
  for no key update;
end
$$;

-- Counts accounts and persons once over an idea and what was merged into it, and over all that it was merged into. Merging
-- waits for all who count, and they for it: which ideas are held cannot change in between.
create or replace function private.recount_support(changed uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  node uuid := changed;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('merging ideas', 0));
  perform private.hold_ideas(array[changed]);
  while node is not null loop
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

create or replace function private.merge_idea(source uuid, target uuid, source_revision integer, target_revision integer)
  returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  one public.ideas;
  other public.ideas;
begin
  if not (select private.staff_roles()) && array['designer', 'manager', 'admin'] then
    raise insufficient_privilege using message = 'designers, managers and admins merge ideas';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('merging ideas', 0));
  perform private.hold_ideas(array[source, target]);
  select * into one from public.ideas i where i.id = source;
  select * into other from public.ideas i where i.id = target;
  if one.id is null or other.id is null then return 'not-found'; end if;
  if source = target then return 'same'; end if;
  if one.merged_into is not null or other.merged_into is not null then return 'merged-already'; end if;
  if one.revision <> source_revision or other.revision <> target_revision then return 'changed-meanwhile'; end if;
  update public.ideas i set merged_into = target, merged_at = now() where i.id = source;
  perform private.recount_support(target);
  return 'merged';
end
$$;

create or replace function private.unmerge_idea(source uuid, source_revision integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  one public.ideas;
begin
  if not (select private.staff_roles()) && array['designer', 'manager', 'admin'] then
    raise insufficient_privilege using message = 'designers, managers and admins merge ideas';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('merging ideas', 0));
  perform private.hold_ideas(array[source]);
  select * into one from public.ideas i where i.id = source;
  if one.id is null then return 'not-found'; end if;
  if one.merged_into is null then return 'not-merged'; end if;
  if one.revision <> source_revision then return 'changed-meanwhile'; end if;
  update public.ideas i set merged_into = null, merged_at = null where i.id = source;
  perform private.recount_support(one.merged_into);
  return 'unmerged';
end
$$;

-- Whoever is about to merge several ideas waits first for those who merge and count, and holds ideas afterwards, as they do.
create function private.begin_merging() returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if not (select private.staff_roles()) && array['designer', 'manager', 'admin'] then
    raise insufficient_privilege using message = 'designers, managers and admins merge ideas';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('merging ideas', 0));
end
$$;
grant execute on function private.begin_merging() to portal_staff;

-- Takes a status out of use. Its ideas go on at another one, each with a line in its log, while they are few enough to
-- tell people about. Out: 'retired', or why not.
create or replace function private.retire_status(which text, instead text, seen_revision integer) returns text
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
  perform from public.ideas i where i.status = which order by i.id for no key update;
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
