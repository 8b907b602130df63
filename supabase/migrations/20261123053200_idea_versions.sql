-- Versions of an idea's brief and board: what they said, and who had written it, kept apart from the live document, which forgets
-- what was removed. A version is never rewritten; it may be given a name, and the names of people who were erased leave it.

create table public.idea_versions (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  part text not null check (part in ('brief', 'board', 'staff-layer')),
  seq bigint not null check (seq >= 0),
  reason text not null check (reason in ('pause', 'day', 'named', 'before', 'restored')),
  name text check (char_length(name) between 1 and 100),
  made_by uuid references public.people,
  restored_from uuid,
  content jsonb not null,
  authors jsonb not null,
  writers text[] not null,
  clocks jsonb not null,
  made_at timestamptz not null,
  unique (idea_id, part, id),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade,
  foreign key (idea_id, part, restored_from) references public.idea_versions (idea_id, part, id),
  constraint idea_versions_made_by_people_have_a_maker check ((made_by is null) = (reason in ('pause', 'day')))
);
create index idea_versions_account_idea on public.idea_versions (account_id, idea_id);
create index idea_versions_made_by on public.idea_versions (made_by);
create index idea_versions_restored_from on public.idea_versions (idea_id, part, restored_from);

-- What was written since the last version, and when: the clock makes versions of it.
create table public.idea_unkept (
  idea_id uuid not null,
  account_id uuid not null,
  part text not null check (part in ('brief', 'board', 'staff-layer')),
  since timestamptz not null,
  last timestamptz not null,
  primary key (idea_id, part),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade
);
create index idea_unkept_account_idea on public.idea_unkept (account_id, idea_id);

alter table public.idea_versions enable row level security;
alter table public.idea_versions force row level security;
alter table public.idea_unkept enable row level security;
alter table public.idea_unkept force row level security;

grant select on public.idea_versions to authenticated, portal_staff, service_role;
grant insert (idea_id, account_id, part, seq, reason, name, made_by, restored_from, content, authors, writers, clocks, made_at)
  on public.idea_versions to authenticated, portal_staff, service_role;
grant update (name) on public.idea_versions to authenticated, portal_staff;
grant update (content) on public.idea_versions to service_role;
create policy "clients see versions of their account's ideas" on public.idea_versions for select to authenticated
  using (account_id = any (array(select private.my_accounts())) and part <> 'staff-layer');
create policy "staff see versions" on public.idea_versions for select to portal_staff using (true);
create policy "clients who edit briefs make versions" on public.idea_versions for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and part <> 'staff-layer'
    and made_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (
      select from public.ideas i
      where i.id = idea_versions.idea_id and i.account_id = idea_versions.account_id
    )
  );
create policy "staff who edit briefs make versions" on public.idea_versions for insert to portal_staff
  with check (
    made_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (
      select from public.ideas i
      where i.id = idea_versions.idea_id and i.account_id = idea_versions.account_id
    )
  );
create policy "clients who edit briefs name versions" on public.idea_versions for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and part <> 'staff-layer'
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (
    account_id = any (array(select private.my_accounts()))
    and part <> 'staff-layer'
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "staff who edit briefs name versions" on public.idea_versions for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

grant select, insert, update, delete on public.idea_unkept to service_role;
create policy "jobs see what is to be kept" on public.idea_unkept for select to service_role using (true);
