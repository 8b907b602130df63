-- People, the accounts they belong to, what staff may do.

create table public.accounts (
  id uuid primary key default private.uuid_v7(),
  name text not null check (char_length(name) between 1 and 120),
  kind text not null default 'direct' check (kind in ('direct', 'dealer', 'distributor', 'retail')),
  created_at timestamptz not null default now(),
  created_by uuid,
  revision integer not null default 1
);

create table public.people (
  id uuid primary key default private.uuid_v7(),
  user_id uuid unique references auth.users on delete set null,
  side text not null check (side in ('client', 'staff')),
  account_id uuid references public.accounts,
  display_name text not null check (char_length(display_name) between 1 and 120),
  role text check (role in ('owner', 'member', 'approver', 'viewer')),
  spending_limit_minor bigint check (spending_limit_minor >= 0),
  spending_limit_currency char(3) check (spending_limit_currency ~ '^[A-Z]{3}$'),
  removed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  revision integer not null default 1,
  unique (id, account_id),
  constraint people_clients_have_an_account check ((side = 'client') = (account_id is not null)),
  constraint people_clients_have_a_role check ((side = 'client') = (role is not null)),
  constraint people_limit_has_a_currency check ((spending_limit_minor is null) = (spending_limit_currency is null))
);
create index people_account_id on public.people (account_id, display_name, id);
create index people_side on public.people (side, display_name, id);
create index people_created_by on public.people (created_by);

alter table public.accounts
  add constraint accounts_created_by_fkey foreign key (created_by) references public.people;
create index accounts_created_by on public.accounts (created_by);
create index accounts_name on public.accounts (name, id);

create trigger accounts_next_revision before update on public.accounts
  for each row execute function private.next_revision();
create trigger people_next_revision before update of side, account_id, display_name, role, spending_limit_minor, spending_limit_currency, removed_at
  on public.people for each row execute function private.next_revision();

-- How to reach a person: a table of its own, since staff's addresses are not for clients.
create table public.person_contacts (
  person_id uuid primary key references public.people on delete cascade,
  account_id uuid references public.accounts,
  email extensions.citext not null unique,
  language text check (language in ('en', 'uk', 'ru', 'zh')),
  zone text not null default 'Europe/Berlin' check (char_length(zone) between 1 and 64),
  foreign key (person_id, account_id) references public.people (id, account_id)
);
create index person_contacts_account_id on public.person_contacts (account_id);

create table public.staff_roles (
  person_id uuid not null references public.people on delete cascade,
  role text not null check (role in ('designer', 'pricing', 'manager', 'production', 'support', 'admin', 'auditor')),
  created_at timestamptz not null default now(),
  primary key (person_id, role)
);

-- Who is asking, from the tables: the claims say only which user.

create function private.my_person() returns uuid
  language sql stable security definer set search_path = '' as $$
  select p.id from public.people p where p.user_id = (select auth.uid()) and p.removed_at is null
$$;

create function private.my_accounts() returns setof uuid
  language sql stable security definer rows 1 set search_path = '' as $$
  select p.account_id
  from public.people p
  where p.user_id = (select auth.uid()) and p.removed_at is null and p.side = 'client'
$$;

create function private.my_role() returns text
  language sql stable security definer set search_path = '' as $$
  select p.role from public.people p
  where p.user_id = (select auth.uid()) and p.removed_at is null and p.side = 'client'
$$;

create function private.staff_roles() returns text[]
  language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(r.role order by r.role), '{}')
  from public.people p join public.staff_roles r on r.person_id = p.id
  where p.user_id = (select auth.uid()) and p.removed_at is null and p.side = 'staff'
$$;

grant execute on function private.my_person() to authenticated, portal_staff;
grant execute on function private.my_accounts(), private.my_role() to authenticated;
grant execute on function private.staff_roles() to portal_staff;

-- The role a staff transaction switches to: given only to a user whom the tables know as staff, an error otherwise.
create function private.prove_staff(claimed_user uuid) returns text
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from public.people p
    where p.user_id = claimed_user and p.side = 'staff' and p.removed_at is null
      and exists (select from public.staff_roles r where r.person_id = p.id)
  ) then
    raise insufficient_privilege using message = 'not a member of staff';
  end if;
  return 'portal_staff';
end
$$;
grant execute on function private.prove_staff(uuid) to portal_staff_app;

-- The session door: who a live session belongs to; no row when it ended or the person was removed.
create function private.whoami(asking_user uuid, asking_session uuid)
  returns table (
    person_id uuid, side text, display_name text, account_id uuid, account_name text, role text,
    staff_roles text[], language text, zone text
  )
  language sql stable security definer rows 1 set search_path = '' as $$
  select p.id, p.side, p.display_name, p.account_id, a.name, p.role,
    array(select r.role from public.staff_roles r where r.person_id = p.id order by r.role),
    c.language, coalesce(c.zone, 'Europe/Berlin')
  from auth.sessions s
  join auth.users u on u.id = s.user_id
  join public.people p on p.user_id = u.id
  left join public.accounts a on a.id = p.account_id
  left join public.person_contacts c on c.person_id = p.id
  where s.id = asking_session
    and s.user_id = asking_user
    and (s.not_after is null or s.not_after > now())
    and (u.banned_until is null or u.banned_until <= now())
    and u.deleted_at is null
    and p.removed_at is null
$$;
grant execute on function private.whoami(uuid, uuid) to portal_app, service_role;

alter table public.accounts enable row level security;
alter table public.accounts force row level security;
alter table public.people enable row level security;
alter table public.people force row level security;
alter table public.person_contacts enable row level security;
alter table public.person_contacts force row level security;
alter table public.staff_roles enable row level security;
alter table public.staff_roles force row level security;

grant select (id, name, kind, created_at, revision) on public.accounts to authenticated;
grant select on public.accounts to portal_staff;
grant select, insert, update on public.accounts to service_role;
create policy "clients see their account" on public.accounts for select to authenticated
  using (id = any (array(select private.my_accounts())));
create policy "staff see accounts" on public.accounts for select to portal_staff using (true);

grant select (id, side, account_id, display_name, role, removed_at, created_at) on public.people to authenticated;
grant select on public.people to portal_staff;
grant select, insert, update on public.people to service_role;
create policy "clients see colleagues and staff" on public.people for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    or (side = 'staff' and (select private.my_role()) is not null)
  );
create policy "staff see people" on public.people for select to portal_staff using (true);

grant select on public.person_contacts to authenticated, portal_staff;
grant update (language, zone) on public.person_contacts to authenticated, portal_staff;
grant select, insert, update on public.person_contacts to service_role;
create policy "clients see colleagues' contacts" on public.person_contacts for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see contacts" on public.person_contacts for select to portal_staff using (true);
create policy "clients set their own language and zone" on public.person_contacts for update to authenticated
  using (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())))
  with check (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
create policy "staff set their own language and zone" on public.person_contacts for update to portal_staff
  using (person_id = (select private.my_person()))
  with check (person_id = (select private.my_person()));

grant select on public.staff_roles to portal_staff;
grant select, insert, delete on public.staff_roles to service_role;
create policy "staff see who does what" on public.staff_roles for select to portal_staff using (true);
