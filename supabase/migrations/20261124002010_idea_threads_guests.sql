-- A guest reads the threads about passages of the brief whole: when something said was edited, and who resolved one, who need not
-- have said anything.
grant select (edited_at) on public.idea_comments to portal_guest;

create or replace function private.my_guest_people() returns setof uuid
  language plpgsql stable security definer rows 20 set search_path = '' as $$
begin
  return query select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
    union
    select c.author_id from public.idea_comments c
    where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
    union
    select t.resolved_by from public.idea_threads t
    where t.idea_id = (select private.my_guest_idea()) and t.resolved_by is not null
    union
    select p.id from public.idea_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.idea_id = (select private.my_guest_idea());
end
$$;
