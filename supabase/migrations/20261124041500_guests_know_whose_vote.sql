-- A guest knows by name whoever wrote, was called, reviews, resolved a thread, or began or closed a vote about what they were shown.
create or replace function private.my_guest_people() returns setof uuid
  language plpgsql stable security definer rows 20 set search_path = '' as $$
declare
  shown uuid := (select private.my_guest_version());
  ours uuid := (select private.my_guest_account());
begin
  return query select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
    union
    select c.author_id from public.idea_comments c
    where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
    union
    select t.resolved_by from public.idea_threads t
    where t.idea_id = (select private.my_guest_idea()) and t.resolved_by is not null
    union
    select by from public.idea_board_votes v cross join unnest(array[v.begun_by, v.closed_by]) by
    where v.idea_id = (select private.my_guest_idea()) and by is not null
    union
    select p.id from public.idea_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.idea_id = (select private.my_guest_idea())
    union
    select p.created_by from public.prototype_pins p
    where p.version_id = shown and p.account_id = ours and p.created_by is not null
    union
    select c.author_id from public.prototype_pin_comments c
    where c.version_id = shown and c.account_id = ours and c.author_id is not null
    union
    select p.id from public.prototype_pin_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.version_id = shown and c.account_id = ours
    union
    select r.person_id from public.prototype_reviewers r
    where r.version_id = shown and r.account_id = ours and r.person_id is not null;
end
$$;
