-- One search vector per idea, over title, text and brief: words of one question may stand in either, and a list in order
-- of age can stop at its first page, which a union of two tables cannot.

alter table public.idea_briefs drop column search;
alter table public.idea_briefs drop column search_tokens;

alter table public.ideas drop column search;
alter table public.ideas add column brief_tokens text not null default '';
alter table public.ideas add column search tsvector
  generated always as (to_tsvector('simple', search_tokens || ' ' || brief_tokens)) stored;
create index ideas_search on public.ideas using gin (search);

grant update (brief_tokens) on public.ideas to service_role;

-- Search of a client: behind a policy `@@` cannot use an index, so the account is written out here.
-- words: a tsquery as text. in_status: null for every status. Answers the newest ids first, those before `before_id`.
drop function private.search_ideas(text, uuid, integer);
create function private.search_ideas(words text, in_status text, before_id uuid, take integer) returns setof uuid
  language sql stable security definer rows 30 set search_path = '' as $$
  select i.id
  from public.ideas i
  where i.account_id = any (array(select private.my_accounts()))
    and i.search @@ to_tsquery('simple', words)
    and (in_status is null or i.status = in_status)
    and (before_id is null or i.id < before_id)
  order by i.id desc
  limit least(take, 200)
$$;
grant execute on function private.search_ideas(text, text, uuid, integer) to authenticated;
