-- Comments on a thing of an idea's board: the same threads. The anchor names the thing, the quote is what it said; what a thing
-- says may be nothing.
alter table public.idea_threads add column about text not null default 'brief' check (about in ('brief', 'board'));
alter table public.idea_threads drop constraint idea_threads_quote_check;
alter table public.idea_threads add constraint idea_threads_quote_check
  check (char_length(quote) <= 2000 and (about = 'board' or quote <> ''));

drop index public.idea_threads_idea_last_said;
create index idea_threads_idea_last_said on public.idea_threads (idea_id, about, last_said_id desc);

grant insert (about) on public.idea_threads to authenticated, portal_staff, portal_guest;
