-- Staff read what was merged into an idea together with it: supporters, and what a merge would become.
grant execute on function private.idea_tree(uuid) to portal_staff;

-- Counts and what is shared change without an event of the idea's own account: open pages are told.
create function private.tell_support() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.say_live('idea', new.id, new.account_id, 'both');
  return null;
end
$$;
create trigger ideas_tell_support after update of support_accounts, support_people on public.ideas
  for each row when ((old.support_accounts, old.support_people) is distinct from (new.support_accounts, new.support_people))
  execute function private.tell_support();

create function private.tell_shared() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.say_live('idea', coalesce(new.idea_id, old.idea_id), null, 'clients');
  return null;
end
$$;
create trigger shared_ideas_tell after insert or update or delete on public.shared_ideas
  for each row execute function private.tell_shared();
