-- Those who are asked to agree are chosen by name. Which of staff could answer at all, clients cannot look up: roles of staff are
-- not theirs to read.

create function private.staff_who_answer() returns setof uuid
  language sql stable security definer set search_path = '' as $$
  select p.id from public.people p
  where p.side = 'staff' and p.removed_at is null
    and exists (select from public.staff_roles r where r.person_id = p.id and r.role <> 'auditor')
$$;
grant execute on function private.staff_who_answer() to authenticated, portal_staff;
