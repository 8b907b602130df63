-- The palette finds an account's ideas by the same search as their list.
create or replace function private.find_ideas(words text, take integer)
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
      from private.search_idea_list(false, $1, null, null, null, null, ''newest'', null, null, $3) found (id) join public.ideas i on i.id = found.id
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
