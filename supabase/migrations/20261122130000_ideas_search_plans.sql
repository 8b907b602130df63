-- A client's search, planned anew for each question: the plan that serves a word of half the ideas (walk the account's
-- newest, stop at a page) is wrong for a word of three, and a plan kept for both reads 60,000 rows for one of them.

create or replace function private.search_ideas(words text, in_status text, before_id uuid, take integer)
  returns setof uuid language plpgsql stable security definer rows 30 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
begin
  return query execute
    'select i.id from public.ideas i where i.account_id = $1 and i.search @@ to_tsquery(''simple'', $2)'
    || case when in_status is null then '' else ' and i.status = $3' end
    || case when before_id is null then '' else ' and i.id < $4' end
    || ' order by i.id desc limit $5'
    using mine, words, in_status, before_id, least(take, 200);
end
$$;
