-- Who hears of an idea, and what open pages of other accounts are told of a shared one.

-- Who is to hear of an idea, once each, and through which idea they know it: whoever supports or follows it or one that was
-- merged into it, and the authors of all of those, who need not say that they want to know what becomes of theirs.
drop function private.idea_watchers(uuid);
create function private.idea_watchers(root uuid) returns table (person_id uuid, account_id uuid, idea_id uuid)
  language sql stable security definer rows 20 set search_path = '' as $$
  select distinct on (p.id) p.id, p.account_id, i.id
  from public.ideas i
  cross join lateral (
    select f.person_id from public.idea_followers f where f.idea_id = i.id
    union
    select s.person_id from public.idea_support s
    where s.idea_id = i.id and s.withdrawn_at is null and s.person_id is not null
    union
    select i.author_id
  ) watch
  join public.people p on p.id = watch.person_id
  where i.id in (select private.idea_tree(root))
    and p.removed_at is null
    and (p.side = 'staff' or p.account_id = i.account_id or i.visibility = 'all_customers')
  order by p.id, i.id <> root, p.account_id is distinct from i.account_id, i.id
$$;
grant execute on function private.idea_watchers(uuid) to service_role;

-- What is private of a shared idea (its discussion, its brief) changes nothing that others see of it, and so tells them nothing.
create or replace function private.share_idea() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.visibility <> 'all_customers' then
    delete from public.shared_ideas s where s.idea_id = new.id;
    -- It does not exist for them any more. Their support stays counted.
    delete from public.idea_followers f where f.idea_id = new.id and f.account_id <> new.account_id;
    return null;
  end if;
  insert into public.shared_ideas as s (idea_id, title, body, body_text, search_tokens, status, merged, product_id,
    support_accounts, support_people, created_at)
  select new.id, new.title, new.body, new.body_text, new.search_tokens, root.status, new.merged_into is not null,
    new.product_id, new.support_accounts, new.support_people, new.created_at
  from public.ideas root where root.id = private.idea_root(new.id)
  on conflict (idea_id) do update set title = excluded.title, body = excluded.body, body_text = excluded.body_text,
    search_tokens = excluded.search_tokens, status = excluded.status, merged = excluded.merged,
    product_id = excluded.product_id, support_accounts = excluded.support_accounts,
    support_people = excluded.support_people
  where (s.title, s.body, s.body_text, s.search_tokens, s.status, s.merged, s.product_id, s.support_accounts, s.support_people)
    is distinct from (excluded.title, excluded.body, excluded.body_text, excluded.search_tokens, excluded.status,
      excluded.merged, excluded.product_id, excluded.support_accounts, excluded.support_people);
  return null;
end
$$;
drop trigger shared_ideas_tell on public.shared_ideas;
create trigger shared_ideas_tell after insert or delete on public.shared_ideas
  for each row execute function private.tell_shared();
create trigger shared_ideas_tell_change after update on public.shared_ideas
  for each row when (old.* is distinct from new.*) execute function private.tell_shared();

-- What staff noted on somebody's behalf is staff's record: the person neither rewrites nor withdraws it. Their own support
-- takes its place, so that they count once, with their own words.
drop policy "clients change and withdraw their own support" on public.idea_support;
create policy "clients change and withdraw their own support" on public.idea_support for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and person_id = (select private.my_person())
    and on_behalf_by is null
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (person_id = (select private.my_person()) and on_behalf_by is null);

create function private.supersede_on_behalf() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.idea_support s set withdrawn_at = now()
  where s.idea_id = new.idea_id and s.person_id = new.person_id and s.account_id = new.account_id
    and s.on_behalf_by is not null and s.withdrawn_at is null;
  return new;
end
$$;
create trigger idea_support_supersede before insert on public.idea_support
  for each row when (new.on_behalf_by is null) execute function private.supersede_on_behalf();
