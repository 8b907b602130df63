-- A status that was taken out of use comes back under its id, names and place; ideas that went on elsewhere stay there. Out:
-- 'back', or why not. Beside retire_status: nobody writes the two columns themselves.
create function private.bring_back_status(which text, seen_revision integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  old_one public.idea_statuses;
begin
  if not (select private.staff_roles()) && array['admin'] then
    raise insufficient_privilege using message = 'admins edit statuses';
  end if;
  select * into old_one from public.idea_statuses s where s.id = which for update;
  if old_one.id is null then return 'not-found'; end if;
  if old_one.revision <> seen_revision or old_one.retired_at is null then return 'changed-meanwhile'; end if;
  update public.idea_statuses s set retired_at = null, replaced_by = null where s.id = which;
  return 'back';
end
$$;
grant execute on function private.bring_back_status(text, integer) to portal_staff;
