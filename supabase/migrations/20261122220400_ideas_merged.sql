-- What is said about an idea that was merged into another one is read and counted there, too; staff say which product an idea
-- is about.

-- comment_count: what an idea's account reads on its page, on the idea and on those of the same account that were merged into
-- it. comments_together: all that was said on it and on whatever was merged into it; clients hold no grant on that, since it
-- would tell them that another account talks.
alter table public.ideas add column comments_together integer not null default 0;

-- Counts anew what was said on an idea, and on all that it was merged into. Locks as private.recount_support does.
create function private.recount_comments(changed uuid, said_at timestamptz) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  node uuid := changed;
  whose uuid;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('merging ideas', 0));
  select i.account_id into whose from public.ideas i where i.id = changed;
  while node is not null loop
    perform from public.ideas i where i.id = node for no key update;
    update public.ideas i set comment_count = counted.own, comments_together = counted.whole,
      last_activity_at = case when i.account_id = whose then greatest(i.last_activity_at, said_at) else i.last_activity_at end
    from (
      select count(*)::int as whole, (count(*) filter (where c.account_id = top.account_id))::int as own
      from public.ideas top
      join public.idea_comments c on c.idea_id in (select private.idea_tree(node))
      where top.id = node
    ) counted
    where i.id = node and ((i.comment_count, i.comments_together) is distinct from (counted.own, counted.whole)
      or (i.account_id = whose and i.last_activity_at < said_at));
    select i.merged_into into node from public.ideas i where i.id = node;
  end loop;
end
$$;
create or replace function private.count_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.recount_comments(new.idea_id, new.created_at);
  return null;
end
$$;
create or replace function private.uncount_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  perform private.recount_comments(old.idea_id, null);
  return null;
end
$$;

-- Merging and taking it back; and accounts that are merged, whose ideas then are of one.
create function private.count_merged_comments() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if new.merged_into is not null or old.merged_into is not null
    or exists (select from public.ideas i where i.merged_into = new.id) then
    perform private.recount_comments(new.id, null);
    if old.merged_into is distinct from new.merged_into then perform private.recount_comments(old.merged_into, null); end if;
  end if;
  return null;
end
$$;
create trigger ideas_count_merged_comments after update of merged_into, account_id on public.ideas
  for each row execute function private.count_merged_comments();

update public.ideas i set comments_together = i.comment_count where i.comment_count > 0;
select private.recount_comments(i.id, null) from public.ideas i where i.merged_into is not null;

-- The ideas merged into this one that the reader may read: for staff all, for clients those of the account whose this one is.
create function private.gathered_here(root uuid) returns setof uuid
  language sql stable security definer rows 3 set search_path = '' as $$
  select i.id
  from public.ideas top
  cross join lateral private.idea_tree(top.id) tree (id)
  join public.ideas i on i.id = tree.id
  where top.id = root and i.id <> root
    and (cardinality((select private.staff_roles())) > 0
      or (i.account_id = top.account_id and i.account_id = any (array(select private.my_accounts()))))
$$;
grant execute on function private.gathered_here(uuid) to authenticated, portal_staff;

-- ------------------------------------------------------------------ product

drop trigger ideas_next_revision on public.ideas;
create trigger ideas_next_revision before update of title, body, status, visibility, owner_id, merged_into, product_id on public.ideas
  for each row execute function private.next_revision();
grant update (product_id) on public.ideas to portal_staff;
