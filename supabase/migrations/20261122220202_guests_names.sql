-- Whom a comment on their idea calls has a name for a guest, as for everybody who reads it: the idea's author, who commented,
-- whom a comment mentions, and nobody else.
create or replace function private.my_guest_people() returns setof uuid
  language sql stable security definer rows 20 set search_path = '' as $$
  select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
  union
  select c.author_id from public.idea_comments c
  where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
  union
  select p.id from public.idea_comments c cross join unnest(c.mentions) called
  join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
  where c.idea_id = (select private.my_guest_idea())
$$;
grant select (mentions) on public.idea_comments to portal_guest;
