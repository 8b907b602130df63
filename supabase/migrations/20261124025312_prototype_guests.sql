-- A guest of one version: sees it and what is said to the account that the grant is of, and does what the grant lets.
alter table public.guest_grants drop constraint guest_grants_object_kind_check;
alter table public.guest_grants add constraint guest_grants_object_kind_check
  check (object_kind in ('idea', 'prototype_version'));
alter table public.guest_grants drop constraint guest_grants_rights_check;
alter table public.guest_grants add constraint guest_grants_rights_check
  check (rights in ('view', 'comment', case object_kind when 'idea' then 'edit' else 'decide' end));
alter table public.guest_grants
  add column version_id uuid generated always as (case when object_kind = 'prototype_version' then object_id end) stored
    references public.prototype_versions on delete cascade,
  add column may_download boolean not null default false,
  add column shown_from timestamptz not null default now();
create index guest_grants_version on public.guest_grants (version_id);

grant insert (may_download, shown_from), update (may_download) on public.guest_grants to portal_staff;
grant select (version_id, may_download, shown_from) on public.guest_grants to portal_guest;

-- Which version a living grant shows at this moment.
create function private.my_guest_version() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
begin
  return (
    select v.id from public.guest_grants g join public.prototype_versions v on v.id = g.version_id
    where g.id = (select private.my_grant()) and g.shown_from <= now() and v.published_at is not null
  );
end
$$;
create function private.my_guest_prototype() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
begin
  return (select v.prototype_id from public.prototype_versions v where v.id = (select private.my_guest_version()));
end
$$;
grant execute on function private.my_guest_version(), private.my_guest_prototype() to portal_guest;

alter policy "clients see their account's guests" on public.guest_grants
  using (
    account_id = any (array(select private.my_accounts()))
    and (version_id is null
      or version_id = any (array(select private.my_shown_versions())))
  );
alter policy "guests see who else is a guest there" on public.guest_grants
  using (
    object_id = (select private.my_guest_idea())
    or object_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account())
  );
alter policy "owners invite guests" on public.guest_grants
  with check (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) = 'owner'
    and created_by = (select private.my_person())
    and object_kind = 'idea'
    and exists (
      select from public.ideas i where i.id = guest_grants.object_id and i.account_id = guest_grants.account_id
    )
  );
alter policy "designers, managers and admins invite guests" on public.guest_grants
  with check (
    (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and created_by = (select private.my_person())
    and (object_kind = 'idea' and exists (
        select from public.ideas i where i.id = guest_grants.object_id and i.account_id = guest_grants.account_id)
      or object_kind = 'prototype_version' and exists (
        select from public.prototype_versions v where v.id = guest_grants.object_id and v.published_at is not null))
  );

-- Those whose names stand beside what a guest reads.
create or replace function private.my_guest_people() returns setof uuid
  language plpgsql stable security definer rows 20 set search_path = '' as $$
declare
  shown uuid := (select private.my_guest_version());
  ours uuid := (select private.my_guest_account());
begin
  return query select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
    union
    select c.author_id from public.idea_comments c
    where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
    union
    select p.id from public.idea_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.idea_id = (select private.my_guest_idea())
    union
    select p.created_by from public.prototype_pins p
    where p.version_id = shown and p.account_id = ours and p.created_by is not null
    union
    select c.author_id from public.prototype_pin_comments c
    where c.version_id = shown and c.account_id = ours and c.author_id is not null
    union
    select p.id from public.prototype_pin_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.version_id = shown and c.account_id = ours
    union
    select r.person_id from public.prototype_reviewers r
    where r.version_id = shown and r.account_id = ours and r.person_id is not null;
end
$$;

grant select on public.prototypes, public.prototype_versions, public.prototype_files, public.prototype_renditions,
  public.prototype_pins, public.prototype_pin_comments, public.prototype_stages, public.prototype_reviewers,
  public.prototype_verdicts to portal_guest;
grant insert (version_id, file_id, account_id, guest_grant_id, x, y, width, height, page, from_ms, until_ms, point)
  on public.prototype_pins to portal_guest;
grant insert (pin_id, version_id, account_id, guest_grant_id, answers, mentions, body)
  on public.prototype_pin_comments to portal_guest;

create policy "guests see the prototype of their version" on public.prototypes for select to portal_guest
  using (id = (select private.my_guest_prototype()));
create policy "guests see their version" on public.prototype_versions for select to portal_guest
  using (id = (select private.my_guest_version()));
create policy "guests see the files of their version" on public.prototype_files for select to portal_guest
  using (version_id = (select private.my_guest_version()));
create policy "guests see what was made of the files" on public.prototype_renditions for select to portal_guest
  using (version_id = (select private.my_guest_version()));
create policy "guests see the pins of their account" on public.prototype_pins for select to portal_guest
  using (version_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account()));
create policy "guests see what is said at the pins" on public.prototype_pin_comments for select to portal_guest
  using (version_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account()));
create policy "guests see the stages of their account" on public.prototype_stages for select to portal_guest
  using (version_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account()));
create policy "guests see who reviews with them" on public.prototype_reviewers for select to portal_guest
  using (version_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account()));
create policy "guests see the verdicts of their account" on public.prototype_verdicts for select to portal_guest
  using (version_id = (select private.my_guest_version()) and account_id = (select private.my_guest_account()));
create policy "guests who may comment set pins" on public.prototype_pins for insert to portal_guest
  with check (
    guest_grant_id = (select private.my_grant())
    and version_id = (select private.my_guest_version())
    and account_id = (select private.my_guest_account())
    and (select private.my_guest_rights()) in ('comment', 'decide')
    and exists (select from public.prototype_versions v where v.id = version_id and v.approved_at is null)
  );
create policy "guests who may comment answer at pins" on public.prototype_pin_comments for insert to portal_guest
  with check (
    guest_grant_id = (select private.my_grant())
    and version_id = (select private.my_guest_version())
    and account_id = (select private.my_guest_account())
    and (select private.my_guest_rights()) in ('comment', 'decide')
    and exists (select from public.prototype_versions v where v.id = version_id and v.approved_at is null)
  );
-- Their own, for as long as they may say something there.
grant update (resolved_at, resolved_by_guest) on public.prototype_pins to portal_guest;
create policy "guests resolve their own pins" on public.prototype_pins for update to portal_guest
  using (
    guest_grant_id = (select private.my_grant())
    and version_id = (select private.my_guest_version())
    and (select private.my_guest_rights()) in ('comment', 'decide')
  )
  with check (resolved_by_guest is null or resolved_by_guest = (select private.my_grant()));
