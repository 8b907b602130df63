-- What is said of an idea is found by its words, like the idea itself. The words come from the app, which knows where they begin
-- and end in each language; what was said before this is parted roughly here, Chinese by characters.

alter table public.idea_comments
  add column search_tokens text not null default '' check (char_length(search_tokens) <= 20000),
  add column search tsvector generated always as (to_tsvector('simple', search_tokens)) stored;
alter table public.idea_notes
  add column search_tokens text not null default '' check (char_length(search_tokens) <= 20000),
  add column search tsvector generated always as (to_tsvector('simple', search_tokens)) stored;

update public.idea_comments set search_tokens = lower(regexp_replace(body, '([\u4e00-\u9fff])', ' \1 ', 'g'));
update public.idea_notes set search_tokens = lower(regexp_replace(body, '([\u4e00-\u9fff])', ' \1 ', 'g'));

create index idea_comments_search on public.idea_comments using gin (search);
create index idea_notes_search on public.idea_notes using gin (search);

grant insert (search_tokens), update (search_tokens) on public.idea_comments to authenticated, portal_staff;
grant insert (search_tokens) on public.idea_comments to portal_guest;
grant insert (search_tokens), update (search_tokens) on public.idea_notes to portal_staff;
