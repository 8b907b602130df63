-- Whoever accepts an invitation while its account is being closed is told so, and nothing is made of it.

create or replace function private.look_at_invitation(hash bytea, at_time timestamptz)
  returns table (
    outcome text, email text, language text, account_name text, role text, staff_roles text[], inviter text,
    known_name text, login uuid
  )
  language sql stable security definer rows 1 set search_path = '' as $$
  select
    case
      when i.accepted_at is not null then 'accepted'
      when a.closed_at is not null then 'closed'
      when i.revoked_at is not null then 'revoked'
      when i.expires_at <= at_time then 'expired'
      when known.active and (known.user_id is not null or not known.here) then 'elsewhere'
      else 'open'
    end,
    i.email::text, i.language, a.name, i.role, i.staff_roles, inviter.display_name, known.display_name, u.id
  from public.invitations i
  join public.people inviter on inviter.id = i.invited_by
  left join public.accounts a on a.id = i.account_id
  left join lateral (
    select u.id from auth.users u where u.email = lower(i.email::text) and u.deleted_at is null and not u.is_sso_user limit 1
  ) u on true
  left join lateral (
    select p.user_id, p.display_name, p.removed_at is null as active,
      p.account_id is not distinct from i.account_id and (p.side = 'staff') = (i.account_id is null) as here
    from public.people p left join public.person_contacts c on c.person_id = p.id
    where p.user_id = u.id or c.email = i.email
    order by p.removed_at is null desc, p.account_id is not distinct from i.account_id desc
    limit 1
  ) known on true
  where i.token_hash = hash
$$;

-- Makes the person, once. Answers 'ok' with whom, or why not.
create or replace function private.accept_invitation(hash bytea, login uuid, chosen_name text, chosen_zone text, at_time timestamptz)
  returns table (outcome text, person_id uuid, account_id uuid)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  letter public.invitations;
  known record;
  who uuid;
begin
  -- The account first, as closing does: else each would hold what the other waits for. Whoever comes while it is being closed
  -- waits here, and looks afterwards.
  perform from public.accounts a
  where a.id = (select i.account_id from public.invitations i where i.token_hash = hash) for key share;
  select * into letter from public.invitations i where i.token_hash = hash for update;
  if not found then return query select 'over', null::uuid, null::uuid; return; end if;
  if letter.accepted_at is not null then return query select 'accepted', null::uuid, null::uuid; return; end if;
  if exists (select from public.accounts a where a.id = letter.account_id and a.closed_at is not null) then
    return query select 'closed', null::uuid, null::uuid; return;
  end if;
  if letter.revoked_at is not null then return query select 'revoked', null::uuid, null::uuid; return; end if;
  if letter.expires_at <= at_time then return query select 'expired', null::uuid, null::uuid; return; end if;

  for known in
    select p.id, p.user_id, p.removed_at, p.account_id is not distinct from letter.account_id as here
    from public.people p left join public.person_contacts c on c.person_id = p.id
    where p.user_id = login or c.email = letter.email
    order by p.removed_at is null desc, p.id
    for update of p
  loop
    if known.removed_at is null and (known.user_id is not null or not known.here) then
      return query select 'elsewhere', null::uuid, null::uuid;
      return;
    end if;
    if known.here and who is null then
      who := known.id;
    else
      -- The address belongs to its reader, not to the account they left.
      update public.people p set user_id = null where p.id = known.id;
      delete from public.person_contacts c where c.person_id = known.id;
    end if;
  end loop;

  if who is null then
    insert into public.people (user_id, side, account_id, display_name, role, created_by)
    values (login, case when letter.account_id is null then 'staff' else 'client' end, letter.account_id, chosen_name,
      letter.role, letter.invited_by)
    returning id into who;
  else
    update public.people p
    set user_id = login, display_name = chosen_name, role = letter.role, removed_at = null
    where p.id = who;
  end if;
  insert into public.person_contacts (person_id, account_id, email, language, zone)
  values (who, letter.account_id, letter.email, letter.language, coalesce(chosen_zone, 'Europe/Berlin'))
  on conflict on constraint person_contacts_pkey do update
  set email = excluded.email, language = excluded.language, zone = coalesce(chosen_zone, person_contacts.zone);
  if letter.account_id is null then
    delete from public.staff_roles r where r.person_id = who and not r.role = any (letter.staff_roles);
    insert into public.staff_roles (person_id, role)
    select who, wanted from unnest(letter.staff_roles) wanted on conflict do nothing;
  end if;
  update public.invitations i set accepted_at = at_time, person_id = who where i.id = letter.id;
  return query select 'ok', who, letter.account_id;
end
$$;
