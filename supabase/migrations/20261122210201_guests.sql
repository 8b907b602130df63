-- Guests: one object by a link that was mailed to them, for a while. A guest has no login; every rule asks the grant.

create table public.guest_grants (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null references public.accounts,
  object_kind text not null check (object_kind in ('idea')),
  object_id uuid not null,
  idea_id uuid generated always as (case when object_kind = 'idea' then object_id end) stored,
  -- As it was called when the guest was invited: for the letter.
  object_name text not null check (char_length(object_name) between 1 and 200),
  email extensions.citext not null
    check (email::text ~ '^[^@[:cntrl:][:space:]]+@[^@[:cntrl:][:space:]]+$' and char_length(email::text) <= 254),
  display_name text not null check (char_length(display_name) between 1 and 120),
  language text not null check (language in ('en', 'uk', 'ru', 'zh')),
  rights text not null check (rights in ('view', 'comment', 'edit')),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references public.people,
  -- When somebody last wanted the link mailed; null: it reached the guest in another way.
  link_asked_at timestamptz default now(),
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid not null references public.people,
  revision integer not null default 1,
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade
);
create index guest_grants_account_object on public.guest_grants (account_id, object_id, id desc);
create index guest_grants_account_idea on public.guest_grants (account_id, idea_id);
create index guest_grants_object_id on public.guest_grants (object_id);
create index guest_grants_created_by on public.guest_grants (created_by);
create index guest_grants_revoked_by on public.guest_grants (revoked_by);
-- One open invitation for an address: a second one is the first one again.
create unique index guest_grants_open on public.guest_grants (object_kind, object_id, email) where revoked_at is null;
create trigger guest_grants_next_revision
  before update of display_name, rights, expires_at, revoked_at on public.guest_grants
  for each row execute function private.next_revision();

-- What opens a grant, as hashes; a table of its own, since nobody but the guests' door reads it.
create table public.guest_keys (
  grant_id uuid primary key references public.guest_grants on delete cascade,
  token_hash bytea unique check (octet_length(token_hash) = 32),
  -- The wish (link_asked_at) that was answered by mail last: a job done twice mails once.
  mailed_for timestamptz,
  code_hash bytea check (octet_length(code_hash) = 32),
  code_tries integer not null default 0,
  code_expires_at timestamptz
);

-- Browsers in which a guest showed that the grant is theirs.
create table public.guest_browsers (
  grant_id uuid not null references public.guest_grants on delete cascade,
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  created_at timestamptz not null default now(),
  primary key (browser_hash, grant_id)
);
create index guest_browsers_grant_id on public.guest_browsers (grant_id);

alter table public.guest_grants enable row level security;
alter table public.guest_grants force row level security;
alter table public.guest_keys enable row level security;
alter table public.guest_keys force row level security;
alter table public.guest_browsers enable row level security;
alter table public.guest_browsers force row level security;

-- The grant that a guest's transaction runs under, as long as it lives. It names one object.
create function private.my_grant() returns uuid
  language sql stable security definer set search_path = '' as $$
  select g.id from public.guest_grants g
  where g.id = ((select auth.jwt()) ->> 'grant')::uuid and g.revoked_at is null and g.expires_at > now()
$$;
create function private.my_guest_idea() returns uuid
  language sql stable security definer set search_path = '' as $$
  select g.idea_id from public.guest_grants g where g.id = (select private.my_grant())
$$;
create function private.my_guest_account() returns uuid
  language sql stable security definer set search_path = '' as $$
  select g.account_id from public.guest_grants g where g.id = (select private.my_grant())
$$;
create function private.my_guest_rights() returns text
  language sql stable security definer set search_path = '' as $$
  select g.rights from public.guest_grants g where g.id = (select private.my_grant())
$$;
grant execute on function private.my_grant(), private.my_guest_idea(), private.my_guest_account(),
  private.my_guest_rights() to portal_guest;

grant select on public.guest_grants to authenticated, portal_staff;
grant select (id, account_id, object_kind, object_id, idea_id, display_name, rights, expires_at)
  on public.guest_grants to portal_guest;
grant select, update on public.guest_grants to service_role;
grant insert (account_id, object_kind, object_id, object_name, email, display_name, language, rights, expires_at, created_by)
  on public.guest_grants to authenticated, portal_staff;
grant update (rights, expires_at, revoked_at, revoked_by, link_asked_at) on public.guest_grants
  to authenticated, portal_staff;
grant update (display_name) on public.guest_grants to portal_guest;
create policy "clients see their account's guests" on public.guest_grants for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see guests" on public.guest_grants for select to portal_staff using (true);
create policy "guests see who else is a guest there" on public.guest_grants for select to portal_guest
  using (object_id = (select private.my_guest_idea()));
create policy "the guests' door reads grants" on public.guest_grants for select to service_role using (true);
create policy "owners invite guests" on public.guest_grants for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) = 'owner'
    and created_by = (select private.my_person())
    and exists (
      select from public.ideas i where i.id = guest_grants.object_id and i.account_id = guest_grants.account_id
    )
  );
create policy "designers, managers and admins invite guests" on public.guest_grants for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and created_by = (select private.my_person())
    and exists (
      select from public.ideas i where i.id = guest_grants.object_id and i.account_id = guest_grants.account_id
    )
  );
create policy "owners change and revoke grants" on public.guest_grants for update to authenticated
  using (account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner')
  with check (account_id = any (array(select private.my_accounts())) and (select private.my_role()) = 'owner');
create policy "designers, managers and admins change and revoke grants" on public.guest_grants for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);
create policy "guests say how they are called" on public.guest_grants for update to portal_guest
  using (id = (select private.my_grant())) with check (id = (select private.my_grant()));
create policy "the guests' door notes who was there" on public.guest_grants for update to service_role
  using (true) with check (true);

grant select, insert, update on public.guest_keys to service_role;
create policy "the guests' door reads keys" on public.guest_keys for select to service_role using (true);
create policy "the guests' door makes keys" on public.guest_keys for insert to service_role with check (true);
create policy "the guests' door changes keys" on public.guest_keys for update to service_role
  using (true) with check (true);

grant select, insert on public.guest_browsers to service_role;
create policy "the guests' door reads browsers" on public.guest_browsers for select to service_role using (true);
create policy "the guests' door remembers browsers" on public.guest_browsers for insert to service_role
  with check (true);

-- A wish for the link and the job that mails it commit together.
create function private.ask_for_guest_link() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('mail_guest_link', json_build_object('grant', new.id), job_key => 'guest_link:' || new.id);
  return null;
end
$$;
create trigger guest_grants_ask_for_link after insert on public.guest_grants
  for each row when (new.link_asked_at is not null) execute function private.ask_for_guest_link();
create trigger guest_grants_ask_for_link_again after update of link_asked_at on public.guest_grants
  for each row when (new.link_asked_at is distinct from old.link_asked_at)
  execute function private.ask_for_guest_link();

-- Whoever holds something open for a guest hears at once that their grant is another one now.
create function private.tell_of_guest_access() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_notify('tandem_access', json_build_object('grant', new.id, 'gone', new.revoked_at is not null)::text);
  return null;
end
$$;
create trigger guest_grants_tell_of_access after update of revoked_at, expires_at, rights on public.guest_grants
  for each row execute function private.tell_of_guest_access();

-- The guests' door, asked before there is an actor: the living grants that a browser opened, and the one behind a link. Both
-- answer only to whoever brings what was given to nobody else.
create function private.guests_of_browser(browser bytea)
  returns table (
    grant_id uuid, account_id uuid, account_name text, object_kind text, object_id uuid, display_name text,
    language text, rights text, expires_at timestamptz, token_hash bytea, last_seen_at timestamptz
  )
  language sql stable security definer rows 1 set search_path = '' as $$
  select g.id, g.account_id, a.name, g.object_kind, g.object_id, g.display_name, g.language, g.rights, g.expires_at,
    k.token_hash, g.last_seen_at
  from public.guest_browsers b
  join public.guest_grants g on g.id = b.grant_id
  join public.accounts a on a.id = g.account_id
  left join public.guest_keys k on k.grant_id = g.id
  where b.browser_hash = browser and g.revoked_at is null and g.expires_at > now()
$$;
create function private.guest_link(token bytea)
  returns table (grant_id uuid, display_name text, language text, rights text, object_kind text, opened boolean)
  language sql stable security definer rows 1 set search_path = '' as $$
  select g.id, g.display_name, g.language, g.rights, g.object_kind,
    exists (select from public.guest_browsers b where b.grant_id = g.id)
  from public.guest_keys k
  join public.guest_grants g on g.id = k.grant_id
  where k.token_hash = token and g.revoked_at is null and g.expires_at > now()
$$;
grant execute on function private.guests_of_browser(bytea), private.guest_link(bytea) to portal_app;

create function private.proves_guest(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.guest_grants g where g.id = subject and g.account_id = account)
$$;
