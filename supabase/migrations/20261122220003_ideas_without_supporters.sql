-- An account that supports nothing changes no idea's value: a list of thousands of new accounts is made within its time.
create or replace function private.value_account() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  supported uuid[] := array(
    select distinct s.idea_id from public.idea_support s
    where s.account_id = coalesce(new.account_id, old.account_id) and s.withdrawn_at is null);
begin
  if supported = '{}' then return null; end if;
  -- In the order in which a bulk change takes them, so that neither waits for the other.
  perform from public.ideas i where i.id = any (supported) order by i.id for no key update;
  perform private.revalue_ideas(supported);
  return null;
end
$$;
