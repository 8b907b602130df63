-- What stands on the home of an account's people, found without reading all that the account has.

-- My ideas, newest first. The account leads: a condition of the policy on a later column costs the index its order.
create index ideas_account_author_newest on public.ideas (account_id, author_id, id desc);

-- The newest events of the asking client's account that its people may read, of these names. Behind the policy the planner
-- takes the account for a small one and sorts its whole log.
create function private.newest_events(names text[], take integer) returns setof bigint
  language plpgsql stable security definer rows 10 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
begin
  return query execute
    'select e.id from public.events e
     where e.account_id = $1 and e.audience = ''both'' and e.name = any ($2)
     order by e.id desc limit $3'
    using mine, names, least(take, 100);
end
$$;
grant execute on function private.newest_events(text[], integer) to authenticated;
