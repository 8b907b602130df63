-- What staff keep about accounts: their sites, who of us looks after them, fields of our own, and lists that were imported.

alter table public.accounts
  add column domain text check (domain ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$' and char_length(domain) <= 253),
  add column closed_at timestamptz,
  add column closed_by uuid references public.people,
  add column merged_into uuid references public.accounts,
  add constraint accounts_are_not_merged_into_themselves check (merged_into <> id);
create index accounts_closed_by on public.accounts (closed_by);
create index accounts_merged_into on public.accounts (merged_into);
create index accounts_kind on public.accounts (kind, name, id);
create index accounts_domain on public.accounts (domain);
create index accounts_name_words on public.accounts using gin (name extensions.gin_trgm_ops);

grant insert (name, kind, domain, created_by) on public.accounts to portal_staff;
grant update (name, kind, domain) on public.accounts to portal_staff;
create policy "managers and admins create accounts" on public.accounts for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['manager', 'admin']
    and created_by = (select private.my_person())
  );
create policy "managers and admins change accounts" on public.accounts for update to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'] and merged_into is null)
  with check ((select private.staff_roles()) && array['manager', 'admin'] and merged_into is null);

-- ------------------------------------------------------------------ sites: a tree within an account

create table public.account_sites (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null references public.accounts,
  parent_id uuid,
  name text not null check (char_length(name) between 1 and 120),
  address text check (char_length(address) between 1 and 300),
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  revision integer not null default 1,
  unique (account_id, id),
  constraint account_sites_parent foreign key (account_id, parent_id) references public.account_sites (account_id, id)
);
create index account_sites_parent on public.account_sites (account_id, parent_id);
create index account_sites_created_by on public.account_sites (created_by);
create trigger account_sites_next_revision before update of parent_id, name, address on public.account_sites
  for each row execute function private.next_revision();

-- No site stands below itself, and a tree stays one that can be looked at. Changes of one account's tree come one after the
-- other, so that two of them do not close a circle together.
create function private.keep_sites_a_tree() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
declare
  above uuid := new.parent_id;
  steps integer := 0;
begin
  if new.parent_id is null then return new; end if;
  perform pg_advisory_xact_lock(hashtextextended('tandem: sites of ' || new.account_id, 0));
  while above is not null loop
    steps := steps + 1;
    if above = new.id then
      raise check_violation using message = 'a site does not stand below itself', constraint = 'account_sites_are_a_tree';
    end if;
    if steps > 8 then
      raise check_violation using message = 'a tree of sites is at most nine levels deep', constraint = 'account_sites_depth';
    end if;
    select s.parent_id into above from public.account_sites s where s.id = above;
  end loop;
  return new;
end
$$;
create trigger account_sites_are_a_tree before insert or update of parent_id on public.account_sites
  for each row execute function private.keep_sites_a_tree();

create table public.site_people (
  person_id uuid primary key,
  account_id uuid not null,
  site_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  foreign key (account_id, person_id) references public.people (account_id, id),
  foreign key (account_id, site_id) references public.account_sites (account_id, id) on delete cascade
);
create index site_people_person on public.site_people (account_id, person_id);
create index site_people_site on public.site_people (account_id, site_id);
create index site_people_created_by on public.site_people (created_by);

-- ------------------------------------------------------------------ who of us looks after an account

create table public.account_team (
  account_id uuid not null references public.accounts,
  person_id uuid not null references public.people,
  role text not null check (role in ('lead', 'design', 'pricing', 'production', 'support')),
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  primary key (account_id, person_id, role)
);
create unique index account_team_has_one_lead on public.account_team (account_id) where role = 'lead';
create index account_team_person_id on public.account_team (person_id);
create index account_team_created_by on public.account_team (created_by);

create table public.absences (
  id uuid primary key default private.uuid_v7(),
  person_id uuid not null references public.people,
  substitute_id uuid references public.people,
  from_day date not null,
  to_day date not null,
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  constraint absences_end_after_they_begin check (to_day between from_day and from_day + 366),
  constraint absences_name_somebody_else check (substitute_id <> person_id)
);
create index absences_person_id on public.absences (person_id, to_day);
create index absences_substitute_id on public.absences (substitute_id);
create index absences_created_by on public.absences (created_by);

create function private.only_staff() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from public.people p where p.id = new.person_id and p.side = 'staff' and p.removed_at is null) then
    raise check_violation using message = 'not a member of staff', constraint = 'only_staff';
  end if;
  if tg_table_name = 'absences' then
    perform from public.people p where p.id = new.person_id for update;
    if new.substitute_id is not null and not exists (
      select from public.people p where p.id = new.substitute_id and p.side = 'staff' and p.removed_at is null
    ) then
      raise check_violation using message = 'not a member of staff', constraint = 'only_staff';
    end if;
    if exists (
      select from public.absences a
      where a.person_id = new.person_id and a.from_day <= new.to_day and a.to_day >= new.from_day
    ) then
      raise check_violation using message = 'one is absent once at a time', constraint = 'absences_do_not_overlap';
    end if;
  end if;
  return new;
end
$$;
create trigger account_team_is_staff before insert on public.account_team
  for each row execute function private.only_staff();
create trigger absences_are_of_staff before insert on public.absences
  for each row execute function private.only_staff();

-- ------------------------------------------------------------------ fields of our own

-- choices: [{"key": …, "names": {"en", "uk", "ru", "zh"}}], for kind choice alone.
create table public.account_fields (
  id uuid primary key default private.uuid_v7(),
  key text not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  kind text not null check (kind in ('text', 'number', 'date', 'choice')),
  names jsonb not null check (names ?& array['en', 'uk', 'ru', 'zh'] and octet_length(names::text) <= 2000),
  choices jsonb not null default '[]' check (jsonb_typeof(choices) = 'array' and octet_length(choices::text) <= 20000),
  place integer not null default 0,
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  revision integer not null default 1,
  constraint account_fields_choose_among_some check ((kind = 'choice') = (choices <> '[]'::jsonb))
);
create index account_fields_created_by on public.account_fields (created_by);
create trigger account_fields_next_revision before update on public.account_fields
  for each row execute function private.next_revision();

create table public.account_field_values (
  account_id uuid not null references public.accounts,
  field_id uuid not null references public.account_fields,
  value text not null check (char_length(value) between 1 and 1000),
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  primary key (account_id, field_id)
);
create index account_field_values_field_id on public.account_field_values (field_id);
create index account_field_values_created_by on public.account_field_values (created_by);

create function private.check_field_value() returns trigger
  language plpgsql stable security definer set search_path = '' as $$
declare
  field public.account_fields;
begin
  select * into strict field from public.account_fields f where f.id = new.field_id;
  if not (case field.kind
    when 'number' then new.value ~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$'
    when 'date' then new.value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and pg_catalog.to_char(
      pg_catalog.to_date(new.value, 'YYYY-MM-DD'), 'YYYY-MM-DD') = new.value
    when 'choice' then exists (
      select from jsonb_array_elements(field.choices) choice where choice ->> 'key' = new.value)
    else true end)
  then
    raise check_violation using message = 'not a value of this field', constraint = 'account_field_values_fit';
  end if;
  return new;
end
$$;
create trigger account_field_values_fit before insert or update of value, field_id on public.account_field_values
  for each row execute function private.check_field_value();

-- ------------------------------------------------------------------ lists of accounts to import

create table public.account_imports (
  id uuid primary key default private.uuid_v7(),
  file_name text not null check (char_length(file_name) between 1 and 200),
  created_at timestamptz not null default now(),
  created_by uuid not null references public.people,
  confirmed_at timestamptz,
  revision integer not null default 1
);
create index account_imports_created_by on public.account_imports (created_by, id);
create trigger account_imports_next_revision before update on public.account_imports
  for each row execute function private.next_revision();

-- verdict new: it will become an account (and did, when made is there); duplicate: of an account we have or of an earlier
-- line; refused: for a reason of its own.
create table public.account_import_rows (
  import_id uuid not null references public.account_imports on delete cascade,
  line integer not null check (line between 1 and 20000),
  cells jsonb not null check (octet_length(cells::text) <= 8192),
  verdict text not null check (verdict in ('new', 'duplicate', 'refused')),
  why text check (why ~ '^[a-z-]{1,40}$'),
  duplicate_of uuid references public.accounts,
  made uuid references public.accounts,
  primary key (import_id, line)
);
create index account_import_rows_verdict on public.account_import_rows (import_id, verdict, line);
create index account_import_rows_duplicate_of on public.account_import_rows (duplicate_of);
create index account_import_rows_made on public.account_import_rows (made);

-- Which accounts these e-mail addresses, domains and names are of already: a whole list is asked about at once.
create function private.accounts_like(emails text[], domains text[], names text[])
  returns table (how text, word text, account_id uuid, account_name text)
  language plpgsql stable security definer set search_path = '' as $$
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then
    raise insufficient_privilege using message = 'managers and admins import accounts';
  end if;
  return query
    select 'email', lower(c.email::text), a.id, a.name
    from public.person_contacts c join public.accounts a on a.id = c.account_id
    where c.email = any (emails::extensions.citext[])
    union all
    select 'domain', a.domain, a.id, a.name from public.accounts a where a.domain = any (domains) and a.merged_into is null
    union all
    select distinct on (found.word) 'domain', found.word, a.id, a.name
    from (
      select lower(split_part(c.email::text, '@', 2)) as word, c.account_id
      from public.person_contacts c where c.account_id is not null
    ) found
    join public.accounts a on a.id = found.account_id
    where found.word = any (domains)
    union all
    select 'name', lower(a.name), a.id, a.name from public.accounts a
    where lower(a.name) = any (names) and a.merged_into is null;
end
$$;
grant execute on function private.accounts_like(text[], text[], text[]) to portal_staff;
create index accounts_name_lower on public.accounts (lower(name));

-- ------------------------------------------------------------------ who may

alter table public.account_sites enable row level security;
alter table public.account_sites force row level security;
alter table public.site_people enable row level security;
alter table public.site_people force row level security;
alter table public.account_team enable row level security;
alter table public.account_team force row level security;
alter table public.absences enable row level security;
alter table public.absences force row level security;
alter table public.account_fields enable row level security;
alter table public.account_fields force row level security;
alter table public.account_field_values enable row level security;
alter table public.account_field_values force row level security;
alter table public.account_imports enable row level security;
alter table public.account_imports force row level security;
alter table public.account_import_rows enable row level security;
alter table public.account_import_rows force row level security;

grant select (id, account_id, parent_id, name, address, created_at, revision) on public.account_sites to authenticated;
grant select on public.account_sites to portal_staff, service_role;
grant insert (account_id, parent_id, name, address, created_by) on public.account_sites to portal_staff;
grant update (parent_id, name, address) on public.account_sites to portal_staff;
grant delete on public.account_sites to portal_staff;
create policy "clients see their account's sites" on public.account_sites for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see sites" on public.account_sites for select to portal_staff using (true);
create policy "managers and admins add sites" on public.account_sites for insert to portal_staff
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins change sites" on public.account_sites for update to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'])
  with check ((select private.staff_roles()) && array['manager', 'admin']);
create policy "managers and admins remove sites" on public.account_sites for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);

grant select (person_id, account_id, site_id) on public.site_people to authenticated;
grant select on public.site_people to portal_staff, service_role;
grant insert (person_id, account_id, site_id, created_by), delete on public.site_people to portal_staff;
create policy "clients see who works where" on public.site_people for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see who works where" on public.site_people for select to portal_staff using (true);
create policy "managers and admins place people" on public.site_people for insert to portal_staff
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins unplace people" on public.site_people for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);

grant select on public.account_team to portal_staff, service_role;
grant insert (account_id, person_id, role, created_by), delete on public.account_team to portal_staff;
create policy "staff see teams" on public.account_team for select to portal_staff using (true);
create policy "managers and admins name a team" on public.account_team for insert to portal_staff
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins dissolve a team" on public.account_team for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);

grant select on public.absences to portal_staff, service_role;
grant insert (person_id, substitute_id, from_day, to_day, created_by), delete on public.absences to portal_staff;
create policy "staff see who is away" on public.absences for select to portal_staff using (true);
create policy "staff say when they are away, managers and admins for others" on public.absences for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && case when person_id = (select private.my_person())
      then array['designer', 'pricing', 'manager', 'production', 'support', 'admin'] else array['manager', 'admin'] end
  );
create policy "staff take back an absence, managers and admins for others" on public.absences for delete to portal_staff
  using (
    (select private.staff_roles()) && case when person_id = (select private.my_person())
      then array['designer', 'pricing', 'manager', 'production', 'support', 'admin'] else array['manager', 'admin'] end
  );

grant select on public.account_fields to portal_staff, service_role;
grant insert (key, kind, names, choices, place, created_by) on public.account_fields to portal_staff;
grant update (names, choices, place, retired_at) on public.account_fields to portal_staff;
create policy "staff see which fields accounts have" on public.account_fields for select to portal_staff using (true);
create policy "admins add fields" on public.account_fields for insert to portal_staff
  with check ((select private.staff_roles()) && array['admin'] and created_by = (select private.my_person()));
create policy "admins change fields" on public.account_fields for update to portal_staff
  using ((select private.staff_roles()) && array['admin']) with check ((select private.staff_roles()) && array['admin']);

grant select on public.account_field_values to portal_staff, service_role;
grant insert (account_id, field_id, value, created_by), delete on public.account_field_values to portal_staff;
grant update (value) on public.account_field_values to portal_staff;
create policy "staff see what fields hold" on public.account_field_values for select to portal_staff using (true);
create policy "managers and admins fill fields in" on public.account_field_values for insert to portal_staff
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins change what fields hold" on public.account_field_values for update to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'])
  with check ((select private.staff_roles()) && array['manager', 'admin']);
create policy "managers and admins empty fields" on public.account_field_values for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);

grant select on public.account_imports to portal_staff;
grant insert (file_name, created_by), update (confirmed_at), delete on public.account_imports to portal_staff;
create policy "managers and admins see imports" on public.account_imports for select to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);
create policy "managers and admins import" on public.account_imports for insert to portal_staff
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins confirm their imports" on public.account_imports for update to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()))
  with check ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));
create policy "managers and admins drop their imports" on public.account_imports for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'] and created_by = (select private.my_person()));

grant select on public.account_import_rows to portal_staff;
grant insert (import_id, line, cells, verdict, why, duplicate_of), update (verdict, why, duplicate_of, made)
  on public.account_import_rows to portal_staff;
create policy "managers and admins see imported lines" on public.account_import_rows for select to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);
create policy "managers and admins add lines to their imports" on public.account_import_rows for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['manager', 'admin']
    and import_id in (select i.id from public.account_imports i where i.created_by = (select private.my_person()))
  );
create policy "managers and admins settle lines of their imports" on public.account_import_rows for update to portal_staff
  using (
    (select private.staff_roles()) && array['manager', 'admin']
    and import_id in (select i.id from public.account_imports i where i.created_by = (select private.my_person()))
  )
  with check (
    (select private.staff_roles()) && array['manager', 'admin']
    and import_id in (select i.id from public.account_imports i where i.created_by = (select private.my_person()))
  );
