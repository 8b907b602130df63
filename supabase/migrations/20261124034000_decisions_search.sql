-- What the palette finds decisions by: the words of a revision as the application splits them.
alter table public.decision_revisions
  add column search_tokens text not null default '' check (octet_length(search_tokens) <= 65536),
  add column search tsvector generated always as (to_tsvector('simple', search_tokens)) stored;
create index decision_revisions_search on public.decision_revisions using gin (search);

grant insert (search_tokens), update (search_tokens) on public.decision_revisions to authenticated, portal_staff;
