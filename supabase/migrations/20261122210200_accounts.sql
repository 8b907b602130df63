-- The second factor: when it is asked for, the codes that stand in for a lost one, and how lately somebody proved who they
-- are. The factor itself is Supabase Auth's.

-- One row: what an admin decided about everybody's signing in.
create table public.security_settings (
  only_row boolean primary key default true check (only_row),
  second_factor_required boolean not null default false,
  changed_by uuid references public.people,
  changed_at timestamptz not null default now(),
  revision integer not null default 1
);
create index security_settings_changed_by on public.security_settings (changed_by);
create function private.sign_security_settings() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  new.revision := old.revision + 1;
  new.changed_by := (select private.my_person());
  new.changed_at := now();
  return new;
end
$$;
create trigger security_settings_sign before update on public.security_settings
  for each row execute function private.sign_security_settings();
insert into public.security_settings default values;

-- What a session proved beyond what Supabase knows of it: a recovery code in place of the second factor, and the last time
-- its person was asked who they are. The id alone: sessions are Supabase's, and end there.
create table public.session_proofs (
  session_id uuid primary key,
  person_id uuid not null references public.people on delete cascade,
  recovered_at timestamptz,
  proved_at timestamptz not null default now()
);
create index session_proofs_person_id on public.session_proofs (person_id);

-- SHA-256 of codes of 80 random bits. A used one stays until there is a new set, so that it is known for what it was.
create table public.recovery_codes (
  code_hash bytea primary key check (octet_length(code_hash) = 32),
  person_id uuid not null references public.people on delete cascade,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index recovery_codes_person_id on public.recovery_codes (person_id);

alter table public.security_settings enable row level security;
alter table public.security_settings force row level security;
alter table public.session_proofs enable row level security;
alter table public.session_proofs force row level security;
alter table public.recovery_codes enable row level security;
alter table public.recovery_codes force row level security;

grant select on public.security_settings to portal_staff;
grant update (second_factor_required) on public.security_settings to portal_staff;
create policy "staff see how signing in is secured" on public.security_settings for select to portal_staff using (true);
create policy "admins secure signing in" on public.security_settings for update to portal_staff
  using ((select private.staff_roles()) && array['admin']) with check ((select private.staff_roles()) && array['admin']);

grant select, insert, update, delete on public.session_proofs to service_role;
create policy "the session door reads proofs" on public.session_proofs for select to service_role using (true);
create policy "the session door keeps proofs" on public.session_proofs for insert to service_role with check (true);
create policy "the session door renews proofs" on public.session_proofs for update to service_role
  using (true) with check (true);
create policy "the session door drops proofs" on public.session_proofs for delete to service_role using (true);

grant select, insert, update, delete on public.recovery_codes to service_role;
create policy "the session door reads recovery codes" on public.recovery_codes for select to service_role using (true);
create policy "the session door makes recovery codes" on public.recovery_codes for insert to service_role with check (true);
create policy "the session door uses recovery codes up" on public.recovery_codes for update to service_role
  using (true) with check (true);
create policy "the session door drops recovery codes" on public.recovery_codes for delete to service_role using (true);

-- The session door, which now also says whether the person has a second factor, whether this session passed it, whether one
-- is asked of them, and when the session last proved who they are beyond what its token says.
drop function private.whoami(uuid, uuid);
create function private.whoami(asking_user uuid, asking_session uuid)
  returns table (
    person_id uuid, side text, display_name text, account_id uuid, account_name text, role text,
    staff_roles text[], language text, zone text,
    has_second_factor boolean, passed_second_factor boolean, needs_second_factor boolean, proved_at timestamptz
  )
  language sql stable security definer rows 1 set search_path = '' as $$
  select p.id, p.side, p.display_name, p.account_id, a.name, p.role,
    array(select r.role from public.staff_roles r where r.person_id = p.id order by r.role),
    c.language, coalesce(c.zone, 'Europe/Berlin'),
    exists (select from auth.mfa_factors f where f.user_id = u.id and f.status::text = 'verified'),
    s.aal::text in ('aal2', 'aal3') or proof.recovered_at is not null,
    p.side = 'staff' and (select w.second_factor_required from public.security_settings w),
    proof.proved_at
  from auth.sessions s
  join auth.users u on u.id = s.user_id
  join public.people p on p.user_id = u.id
  left join public.accounts a on a.id = p.account_id
  left join public.person_contacts c on c.person_id = p.id
  left join public.session_proofs proof on proof.session_id = s.id and proof.person_id = p.id
  where s.id = asking_session
    and s.user_id = asking_user
    and (s.not_after is null or s.not_after > now())
    and (u.banned_until is null or u.banned_until <= now())
    and u.deleted_at is null
    and p.removed_at is null
$$;
grant execute on function private.whoami(uuid, uuid) to portal_app, service_role;

-- Who of staff has a second factor, for those who look after it. Nothing for anybody else.
create function private.second_factors() returns table (person_id uuid, has_second_factor boolean)
  language sql stable security definer rows 50 set search_path = '' as $$
  select p.id, exists (select from auth.mfa_factors f where f.user_id = p.user_id and f.status::text = 'verified')
  from public.people p
  where p.side = 'staff' and p.removed_at is null
    and (select private.staff_roles()) && array['admin', 'auditor']
$$;
grant execute on function private.second_factors() to portal_staff;

-- After a reset every session of the person ends: one that waits for the factor must not be let in by its being gone.
create function private.end_sessions_of(person uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from auth.sessions s using public.people p where p.id = person and s.user_id = p.user_id;
  perform pg_notify('tandem_access', json_build_object('person', person, 'gone', false)::text);
end
$$;
grant execute on function private.end_sessions_of(uuid) to service_role;
