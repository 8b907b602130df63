-- Whether a colleague can sign in yet: somebody who came by a list is invited like anybody else. The login itself is no
-- client's to read.
create function private.signs_in(target uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.people p
    where p.id = target and p.user_id is not null and p.removed_at is null
      and (current_setting('role', true) = 'portal_staff' or p.account_id in (select private.my_accounts()))
  )
$$;
grant execute on function private.signs_in(uuid) to authenticated, portal_staff;
