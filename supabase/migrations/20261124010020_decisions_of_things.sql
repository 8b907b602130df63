-- A thing of a board as a source: which one of the idea's board, and everything of it as it was drawn then. A passage of the brief: what
-- binds it to the text. Whoever drew or wrote may not be known, as of what came with a template; and a drawing need not say anything.
insert into public.decision_source_kinds (kind) values ('thing');

alter table public.decision_sources
  add column element text check (char_length(element) between 1 and 64),
  add column drawn jsonb check (jsonb_typeof(drawn) = 'array' and length(drawn::text) <= 2000000),
  add column anchor jsonb check (jsonb_typeof(anchor) = 'object' and length(anchor::text) <= 10000),
  drop constraint decision_sources_quote_check,
  drop constraint decision_sources_have_one_author,
  add constraint decision_sources_quote_something check (char_length(quote) <= 20000 and (quote <> '' or kind = 'thing')),
  add constraint decision_sources_have_one_author check (
    num_nonnulls(author_id, guest_grant_id) = 1
    or (kind in ('thing', 'passage') and num_nonnulls(author_id, guest_grant_id) = 0)),
  add constraint decision_sources_things_are_drawn check (num_nonnulls(element, drawn) = case kind when 'thing' then 2 else 0 end),
  add constraint decision_sources_passages_are_bound check ((anchor is not null) = (kind = 'passage'));

grant insert (element, drawn, anchor) on public.decision_sources to authenticated, portal_staff;

-- Whoever is told of a decision is read by a job: who made it, who was asked, and what they missed.
grant select on public.decisions, public.decision_revisions, public.decision_signatures to service_role;
