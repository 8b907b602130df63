-- What is new at home is what others did: nobody is told of their own doings. Looked for among five times as many of the newest,
-- so that the log of somebody who works alone in their account is not read to its end.
create or replace function private.newest_events(names text[], take integer) returns setof bigint
  language plpgsql stable security definer rows 10 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
  me uuid := (select private.my_person());
begin
  return query execute
    'select newest.id from (
       select e.id, e.actor_id from public.events e
       where e.account_id = $1 and e.audience = ''both'' and e.name = any ($2)
       order by e.id desc limit 5 * $3
     ) newest
     where newest.actor_id is distinct from $4
     order by newest.id desc limit $3'
    using mine, names, least(take, 100), me;
end
$$;
