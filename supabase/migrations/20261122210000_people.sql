-- Inviting people, what they may do and spend, and the end of it.

-- ------------------------------------------------------------------ invitations

-- account_id null: to become a member of staff. The token's hash is written by the job that writes the letter: the token
-- itself stands in that letter and nowhere else, and every further letter makes the one before it useless.
create table public.invitations (
  id uuid primary key default private.uuid_v7(),
  account_id uuid references public.accounts,
  email extensions.citext not null check (char_length(email::text) between 3 and 254),
  role text check (role in ('owner', 'member', 'approver', 'viewer')),
  staff_roles text[] check (
    cardinality(staff_roles) > 0
    and staff_roles <@ array['designer', 'pricing', 'manager', 'production', 'support', 'admin', 'auditor']
  ),
  language text not null check (language in ('en', 'uk', 'ru', 'zh')),
  invited_by uuid not null references public.people,
  letters integer not null default 1 check (letters between 1 and 1000),
  token_hash bytea check (octet_length(token_hash) = 32),
  sent_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references public.people,
  accepted_at timestamptz,
  person_id uuid references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  constraint invitations_clients_get_a_role check ((account_id is not null) = (role is not null)),
  constraint invitations_staff_get_roles check ((account_id is null) = (staff_roles is not null))
);
-- One that waits per address and account.
create unique index invitations_open
  on public.invitations (coalesce(account_id, '00000000-0000-0000-0000-000000000000'::uuid), email)
  where accepted_at is null and revoked_at is null;
create unique index invitations_token_hash on public.invitations (token_hash);
create index invitations_account_id on public.invitations (account_id, id desc);
create index invitations_invited_by on public.invitations (invited_by);
create index invitations_revoked_by on public.invitations (revoked_by);
create index invitations_person_id on public.invitations (person_id);

create trigger invitations_next_revision
  before update of letters, expires_at, revoked_at, accepted_at on public.invitations
  for each row execute function private.next_revision();

-- An invitation and the job that writes its letter commit together.
create function private.enqueue_invitation() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job(
    'send_invitation', json_build_object('id', new.id), job_key => 'send_invitation:' || new.id);
  return null;
end
$$;
create trigger invitations_enqueue after insert or update of letters on public.invitations
  for each row execute function private.enqueue_invitation();

create function private.proves_invitation(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.invitations i where i.id = subject and i.account_id is not distinct from account
  )
$$;

alter table public.invitations enable row level security;
alter table public.invitations force row level security;

grant select (id, account_id, email, role, language, invited_by, letters, sent_at, expires_at, revoked_at, accepted_at,
  person_id, created_at, revision) on public.invitations to authenticated;
grant select (id, account_id, email, role, staff_roles, language, invited_by, letters, sent_at, expires_at, revoked_at,
  revoked_by, accepted_at, person_id, created_at, revision) on public.invitations to portal_staff;
grant insert (account_id, email, role, language, invited_by, expires_at) on public.invitations to authenticated;
grant insert (account_id, email, role, staff_roles, language, invited_by, expires_at) on public.invitations to portal_staff;
grant update (letters, expires_at, revoked_at, revoked_by) on public.invitations to authenticated, portal_staff;
grant select, update on public.invitations to service_role;

create policy "owners see their account's invitations" on public.invitations for select to authenticated
  using (account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner');
create policy "staff see invitations" on public.invitations for select to portal_staff using (true);
create policy "owners invite into their account" on public.invitations for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner'
    and invited_by = (select private.my_person())
  );
create policy "managers and admins invite" on public.invitations for insert to portal_staff
  with check (
    invited_by = (select private.my_person())
    and (select private.staff_roles()) && (case when account_id is null then array['admin'] else array['manager', 'admin'] end)
  );
create policy "owners send again and take back" on public.invitations for update to authenticated
  using (account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner')
  with check (account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner');
create policy "managers and admins send again and take back" on public.invitations for update to portal_staff
  using ((select private.staff_roles()) && (case when account_id is null then array['admin'] else array['manager', 'admin'] end))
  with check ((select private.staff_roles()) && (case when account_id is null then array['admin'] else array['manager', 'admin'] end));

-- What the letter's reader is shown before they are anybody: no row for a token that no letter holds.
create function private.look_at_invitation(hash bytea, at_time timestamptz)
  returns table (
    outcome text, email text, language text, account_name text, role text, staff_roles text[], inviter text,
    known_name text, login uuid
  )
  language sql stable security definer rows 1 set search_path = '' as $$
  select
    case
      when i.accepted_at is not null then 'accepted'
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
grant execute on function private.look_at_invitation(bytea, timestamptz) to service_role;

-- Makes the person that an invitation speaks of, once. Somebody who was here before is the same person as then.
create function private.accept_invitation(hash bytea, login uuid, chosen_name text, chosen_zone text, at_time timestamptz)
  returns table (outcome text, person_id uuid, account_id uuid)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  letter public.invitations;
  known record;
  who uuid;
begin
  select * into letter from public.invitations i where i.token_hash = hash for update;
  if not found then return query select 'over', null::uuid, null::uuid; return; end if;
  if letter.accepted_at is not null then return query select 'accepted', null::uuid, null::uuid; return; end if;
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
grant execute on function private.accept_invitation(bytea, uuid, text, text, timestamptz) to service_role;

-- ------------------------------------------------------------------ the end of somebody's access

-- Who listens closes what is open of a person whose rights changed. Removed, their sessions end with the same commit:
-- refresh tokens go with them. Invitations that they left behind are void.
create function private.tell_access_of_person() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.removed_at is not null and old.removed_at is null then
    delete from auth.sessions s where s.user_id = new.user_id;
    update public.invitations i set revoked_at = now()
    where i.invited_by = new.id and i.accepted_at is null and i.revoked_at is null;
  end if;
  perform pg_notify('tandem_access', json_build_object('person', new.id, 'gone', new.removed_at is not null)::text);
  return null;
end
$$;
create trigger people_tell_access after update of side, account_id, role, removed_at, user_id on public.people
  for each row
  when (
    (old.side, old.account_id, old.role, old.removed_at, old.user_id)
    is distinct from (new.side, new.account_id, new.role, new.removed_at, new.user_id)
  )
  execute function private.tell_access_of_person();

create function private.tell_access_of_staff() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_notify('tandem_access', json_build_object('person', coalesce(new.person_id, old.person_id), 'gone', false)::text);
  return null;
end
$$;
create trigger staff_roles_tell_access after insert or delete on public.staff_roles
  for each row execute function private.tell_access_of_staff();

-- No account that has people is left without an owner who had one, and staff never without an admin; looked at when all of
-- a transaction's changes are made, so that closing an account may remove everybody at once.
create function private.keep_an_owner() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from public.people p where p.account_id = old.account_id and p.removed_at is null)
    and not exists (
      select from public.people p where p.account_id = old.account_id and p.removed_at is null and p.role = 'owner')
  then
    raise check_violation using message = 'an account keeps its last owner';
  end if;
  return null;
end
$$;
create constraint trigger people_keep_an_owner after update on public.people deferrable initially deferred
  for each row
  when (
    old.role = 'owner' and old.removed_at is null
    and (new.role is distinct from 'owner' or new.removed_at is not null or new.account_id is distinct from old.account_id)
  )
  execute function private.keep_an_owner();

create function private.keep_an_admin() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (
    select from public.people p join public.staff_roles r on r.person_id = p.id
    where p.side = 'staff' and p.removed_at is null and r.role = 'admin')
  then
    raise check_violation using message = 'staff keep their last admin';
  end if;
  return null;
end
$$;
create constraint trigger people_keep_an_admin after update on public.people deferrable initially deferred
  for each row
  when (old.side = 'staff' and old.removed_at is null and new.removed_at is not null)
  execute function private.keep_an_admin();
create constraint trigger staff_roles_keep_an_admin after delete on public.staff_roles deferrable initially deferred
  for each row
  when (old.role = 'admin')
  execute function private.keep_an_admin();

-- ------------------------------------------------------------------ roles, limits, removal: the only doors to them

-- Whether the asking person may decide about another one: 'yes', 'not-found' (removed, or of another account), 'not-yours'.
create function private.judge_managing(target uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  who public.people;
begin
  select * into who from public.people p where p.id = target and p.removed_at is null;
  if not found then return 'not-found'; end if;
  case current_setting('role', true)
    when 'authenticated' then
      if who.account_id is null or not exists (select from private.my_accounts() mine where mine = who.account_id) then
        return 'not-found';
      end if;
      return case when (select private.my_role()) = 'owner' then 'yes' else 'not-yours' end;
    when 'portal_staff' then
      return case
        when (select private.staff_roles())
          && (case when who.side = 'staff' then array['admin'] else array['manager', 'admin'] end)
        then 'yes' else 'not-yours' end;
    else
      return 'not-found';
  end case;
end
$$;

-- One decision about an account's people, or about staff, after the other: two owners who remove each other leave one.
create function private.queue_for_deciding(target uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  account uuid := (select p.account_id from public.people p where p.id = target);
begin
  if account is null then
    perform pg_advisory_xact_lock(hashtextextended('tandem: who is staff', 0));
  else
    perform from public.accounts a where a.id = account for no key update;
  end if;
end
$$;

create function private.is_last_owner(target uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select p.role = 'owner' and not exists (
    select from public.people o
    where o.account_id = p.account_id and o.id <> p.id and o.removed_at is null and o.role = 'owner')
  from public.people p where p.id = target
$$;
create function private.is_last_admin(target uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.staff_roles r where r.person_id = target and r.role = 'admin') and not exists (
    select from public.people o join public.staff_roles r on r.person_id = o.id
    where o.id <> target and o.side = 'staff' and o.removed_at is null and r.role = 'admin')
$$;

-- Each answers 'ok' or why not: 'not-found', 'not-yours', 'not-oneself', 'changed-meanwhile', 'last-owner', 'last-admin'.
create function private.change_role(target uuid, seen integer, new_role text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  verdict text;
  who public.people;
begin
  perform private.queue_for_deciding(target);
  verdict := private.judge_managing(target);
  if verdict <> 'yes' then return verdict; end if;
  select * into strict who from public.people p where p.id = target;
  if who.side <> 'client' then return 'not-found'; end if;
  if target = (select private.my_person()) then return 'not-oneself'; end if;
  if who.revision <> seen then return 'changed-meanwhile'; end if;
  if new_role <> 'owner' and (select private.is_last_owner(target)) then return 'last-owner'; end if;
  update public.people p set role = new_role where p.id = target;
  return 'ok';
end
$$;

create function private.change_staff_roles(target uuid, seen integer, new_roles text[]) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  verdict text;
  who public.people;
begin
  perform private.queue_for_deciding(target);
  verdict := private.judge_managing(target);
  if verdict <> 'yes' then return verdict; end if;
  select * into strict who from public.people p where p.id = target;
  if who.side <> 'staff' or coalesce(cardinality(new_roles), 0) = 0 then return 'not-found'; end if;
  if target = (select private.my_person()) then return 'not-oneself'; end if;
  if who.revision <> seen then return 'changed-meanwhile'; end if;
  if not 'admin' = any (new_roles) and (select private.is_last_admin(target)) then return 'last-admin'; end if;
  delete from public.staff_roles r where r.person_id = target and not r.role = any (new_roles);
  insert into public.staff_roles (person_id, role)
  select target, wanted from unnest(new_roles) wanted on conflict do nothing;
  -- Roles stand in rows of their own; the person's revision is what others were looking at.
  update public.people p set side = p.side where p.id = target;
  return 'ok';
end
$$;

-- Null takes the limit away.
create function private.change_limit(target uuid, seen integer, new_minor bigint, new_currency text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  verdict text;
  who public.people;
begin
  perform private.queue_for_deciding(target);
  verdict := private.judge_managing(target);
  if verdict <> 'yes' then return verdict; end if;
  select * into strict who from public.people p where p.id = target;
  if who.side <> 'client' then return 'not-found'; end if;
  if who.revision <> seen then return 'changed-meanwhile'; end if;
  update public.people p set spending_limit_minor = new_minor, spending_limit_currency = new_currency where p.id = target;
  return 'ok';
end
$$;

create function private.remove_person(target uuid, seen integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  verdict text;
  who public.people;
begin
  perform private.queue_for_deciding(target);
  verdict := private.judge_managing(target);
  if verdict <> 'yes' then return verdict; end if;
  select * into strict who from public.people p where p.id = target;
  if target = (select private.my_person()) then return 'not-oneself'; end if;
  if who.revision <> seen then return 'changed-meanwhile'; end if;
  if (select private.is_last_owner(target)) then return 'last-owner'; end if;
  if (select private.is_last_admin(target)) then return 'last-admin'; end if;
  update public.people p set removed_at = now() where p.id = target;
  return 'ok';
end
$$;

grant execute on function private.change_role(uuid, integer, text), private.change_limit(uuid, integer, bigint, text),
  private.remove_person(uuid, integer) to authenticated, portal_staff;
grant execute on function private.change_staff_roles(uuid, integer, text[]) to portal_staff;

-- What may be spent is for the account's owners and for oneself.
create function private.visible_limits() returns table (person_id uuid, minor bigint, currency text)
  language sql stable security definer set search_path = '' as $$
  select p.id, p.spending_limit_minor, p.spending_limit_currency::text
  from public.people p
  where p.account_id in (select private.my_accounts()) and p.removed_at is null and p.spending_limit_minor is not null
    and ((select private.my_role()) = 'owner' or p.id = (select private.my_person()))
$$;
grant execute on function private.visible_limits() to authenticated;

-- ------------------------------------------------------------------ what is one's own

grant select (revision) on public.people to authenticated;
grant update (display_name) on public.people to authenticated, portal_staff;
create policy "clients name themselves" on public.people for update to authenticated
  using (id = (select private.my_person())) with check (id = (select private.my_person()));
create policy "staff name themselves" on public.people for update to portal_staff
  using (id = (select private.my_person())) with check (id = (select private.my_person()));

create function private.my_sessions()
  returns table (id uuid, began_at timestamptz, seen_at timestamptz, user_agent text, address text)
  language sql stable security definer rows 5 set search_path = '' as $$
  select s.id, s.created_at, greatest(s.created_at, s.updated_at, s.refreshed_at at time zone 'utc'), s.user_agent, host(s.ip)
  from auth.sessions s
  where s.user_id = (select auth.uid()) and (s.not_after is null or s.not_after > now())
    and exists (select private.my_person())
  order by 3 desc, s.id limit 100
$$;
-- Ends every session of the asking person but one; with `only`, that one alone. Answers how many ended.
create function private.end_my_sessions(kept uuid, only_this uuid) returns integer
  language plpgsql volatile security definer set search_path = '' as $$
declare
  ended integer;
begin
  delete from auth.sessions s
  where s.user_id = (select auth.uid()) and s.id is distinct from kept and (only_this is null or s.id = only_this);
  get diagnostics ended = row_count;
  if ended > 0 then
    perform pg_notify('tandem_access', json_build_object('person', (select private.my_person()), 'gone', false)::text);
  end if;
  return ended;
end
$$;
grant execute on function private.my_sessions(), private.end_my_sessions(uuid, uuid) to authenticated, portal_staff;
