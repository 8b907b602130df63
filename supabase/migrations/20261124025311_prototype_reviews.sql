-- Who answers for a version, by when, and what they answered; and where samples that one can hold have gone.

-- A stage is ours (no account) or of one account: two accounts that review one version never learn of each other.
create table public.prototype_stages (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null references public.prototype_versions on delete cascade,
  account_id uuid references public.accounts,
  position integer not null check (position between 1 and 20),
  name text not null check (char_length(name) between 1 and 80),
  rule text not null check (rule in ('all', 'any', 'named')),
  due_at timestamptz,
  -- Since when its reviewers are asked; null: the stage before it has not ended.
  opened_at timestamptz,
  -- Nobody is waited for any more, whatever the answers are.
  completed_at timestamptz,
  reminded_at timestamptz,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  -- The same for everybody who reads; without an account, in the order that staff gave it.
  constraint prototype_stages_one_place unique nulls not distinct (version_id, account_id, position),
  unique (id, version_id),
  constraint prototype_stages_are_opened_first check (completed_at is null or opened_at is not null)
);
create index prototype_stages_account on public.prototype_stages (account_id, version_id);
create index prototype_stages_due on public.prototype_stages (due_at) where opened_at is not null and completed_at is null;
create index prototype_stages_created_by on public.prototype_stages (created_by);
create trigger prototype_stages_next_revision before update on public.prototype_stages
  for each row execute function private.next_revision();

create table public.prototype_reviewers (
  id uuid primary key default private.uuid_v7(),
  stage_id uuid not null,
  version_id uuid not null,
  -- As of the stage.
  account_id uuid references public.accounts,
  person_id uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  -- Named as deciding: asked of by the rule `named` alone.
  decides boolean not null default true,
  removed_at timestamptz,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  unique (id, version_id),
  foreign key (stage_id, version_id) references public.prototype_stages (id, version_id) on delete cascade,
  constraint prototype_reviewers_are_one_each check (num_nonnulls(person_id, guest_grant_id) = 1)
);
create unique index prototype_reviewers_once_a_person on public.prototype_reviewers (stage_id, person_id) where removed_at is null;
create unique index prototype_reviewers_once_a_guest on public.prototype_reviewers (stage_id, guest_grant_id) where removed_at is null;
create index prototype_reviewers_stage on public.prototype_reviewers (stage_id, version_id);
create index prototype_reviewers_account on public.prototype_reviewers (account_id, version_id);
create index prototype_reviewers_version on public.prototype_reviewers (version_id);
create index prototype_reviewers_person on public.prototype_reviewers (person_id);
create index prototype_reviewers_guest_grant on public.prototype_reviewers (guest_grant_id);
create index prototype_reviewers_created_by on public.prototype_reviewers (created_by);

-- Every answer that was ever given stays; the last one of a reviewer counts.
create table public.prototype_verdicts (
  id uuid primary key default private.uuid_v7(),
  reviewer_id uuid not null,
  version_id uuid not null,
  account_id uuid references public.accounts,
  verdict text not null check (verdict in ('approve', 'approve-with-changes', 'request-changes', 'reject')),
  words text not null default '' check (char_length(words) <= 2000),
  -- Of the version that was answered on: a signature under these bytes and no others.
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  given_at timestamptz not null default now(),
  foreign key (reviewer_id, version_id) references public.prototype_reviewers (id, version_id) on delete cascade,
  constraint prototype_verdicts_say_what_is_missing check (verdict = 'approve' or words <> '')
);
create index prototype_verdicts_reviewer on public.prototype_verdicts (reviewer_id, version_id, id desc);
create index prototype_verdicts_version on public.prototype_verdicts (version_id);
create index prototype_verdicts_account on public.prototype_verdicts (account_id, version_id);

-- A sample is with one account at a time, and where it was sent is no other account's business.
create table public.prototype_loans (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null,
  file_id uuid not null,
  account_id uuid not null references public.accounts,
  sent_to text not null check (char_length(sent_to) between 1 and 500),
  loaned_from date not null,
  loaned_until date not null,
  returned_at timestamptz,
  returned_by uuid references public.people,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  foreign key (version_id, file_id) references public.prototype_files (version_id, id) on delete cascade,
  constraint prototype_loans_end_after_they_begin check (loaned_until >= loaned_from),
  constraint prototype_loans_are_taken_back_by_somebody check ((returned_at is null) = (returned_by is null))
);
create unique index prototype_loans_one_at_a_time on public.prototype_loans (file_id) where returned_at is null;
create index prototype_loans_file on public.prototype_loans (version_id, file_id);
create index prototype_loans_account on public.prototype_loans (account_id, version_id);
create index prototype_loans_created_by on public.prototype_loans (created_by);
create index prototype_loans_returned_by on public.prototype_loans (returned_by);
create trigger prototype_loans_next_revision before update on public.prototype_loans
  for each row execute function private.next_revision();

-- Gives the asking reviewer's answer. Out: 'done', or why not: 'not-found', 'not-published', 'closed', 'not-yet', 'needs-words'.
-- The version is held, so that nobody answers while it is being approved.
create function private.give_prototype_verdict(stage uuid, answer text, why text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  mine public.prototype_reviewers;
  asked public.prototype_stages;
  judged public.prototype_versions;
begin
  select r.* into mine from public.prototype_reviewers r
  where r.stage_id = stage and r.person_id = me and r.removed_at is null;
  if not found then return 'not-found'; end if;
  -- Of ours, only who still does more than read; of an account, only who is shown the version.
  if current_setting('role', true) = 'portal_staff' then
    if mine.account_id is not null or not coalesce((select private.staff_roles())
      && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'], false) then return 'not-found'; end if;
  elsif mine.account_id is null or mine.account_id not in (select private.my_accounts())
    or mine.version_id not in (select private.my_shown_versions())
    or (select private.my_role()) not in ('owner', 'member', 'approver') then return 'not-found';
  end if;
  select * into judged from public.prototype_versions v where v.id = mine.version_id for update;
  select * into asked from public.prototype_stages s where s.id = stage;
  if judged.published_at is null then return 'not-published'; end if;
  if judged.approved_at is not null then return 'closed'; end if;
  if asked.opened_at is null then return 'not-yet'; end if;
  if answer <> 'approve' and btrim(why) = '' then return 'needs-words'; end if;
  insert into public.prototype_verdicts (reviewer_id, version_id, account_id, verdict, words, fingerprint)
  values (mine.id, mine.version_id, mine.account_id, answer, btrim(why), judged.fingerprint);
  return 'done';
end
$$;
grant execute on function private.give_prototype_verdict(uuid, text, text) to authenticated, portal_staff;

alter table public.prototype_stages enable row level security;
alter table public.prototype_stages force row level security;
alter table public.prototype_reviewers enable row level security;
alter table public.prototype_reviewers force row level security;
alter table public.prototype_verdicts enable row level security;
alter table public.prototype_verdicts force row level security;
alter table public.prototype_loans enable row level security;
alter table public.prototype_loans force row level security;

grant select on public.prototype_stages, public.prototype_reviewers, public.prototype_verdicts, public.prototype_loans
  to authenticated, portal_staff;
grant insert (version_id, account_id, position, name, rule, due_at, opened_at, created_by),
  update (name, rule, due_at, opened_at, completed_at) on public.prototype_stages to portal_staff;
grant insert (stage_id, version_id, account_id, person_id, guest_grant_id, decides, created_by),
  update (decides, removed_at) on public.prototype_reviewers to portal_staff;
grant insert (version_id, file_id, account_id, sent_to, loaned_from, loaned_until, created_by),
  update (loaned_until, returned_at, returned_by) on public.prototype_loans to portal_staff;
-- Reminders.
grant select, update (reminded_at) on public.prototype_stages to service_role;
grant select on public.prototype_reviewers, public.prototype_verdicts to service_role;

create policy "clients see the stages of their account" on public.prototype_stages for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see stages" on public.prototype_stages for select to portal_staff using (true);
create policy "the system sees stages" on public.prototype_stages for select to service_role using (true);
create policy "the system notes whom it reminded" on public.prototype_stages for update to service_role
  using (true) with check (true);
create policy "designers, managers and admins make stages" on public.prototype_stages for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "designers, managers and admins change stages" on public.prototype_stages for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see who reviews for their account" on public.prototype_reviewers for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see reviewers" on public.prototype_reviewers for select to portal_staff using (true);
create policy "the system sees reviewers" on public.prototype_reviewers for select to service_role using (true);
create policy "designers, managers and admins ask reviewers" on public.prototype_reviewers for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (
      select from public.prototype_stages s
      where s.id = stage_id and s.account_id is not distinct from prototype_reviewers.account_id)
    and (person_id is null or exists (
      select from public.people p where p.id = person_id and p.removed_at is null
        and p.account_id is not distinct from prototype_reviewers.account_id))
    and (guest_grant_id is null or exists (
      select from public.guest_grants g where g.id = guest_grant_id and g.account_id = prototype_reviewers.account_id
        and g.object_id = prototype_reviewers.version_id))
  );
create policy "designers, managers and admins let reviewers go" on public.prototype_reviewers for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see the verdicts of their account" on public.prototype_verdicts for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see verdicts" on public.prototype_verdicts for select to portal_staff using (true);
create policy "the system sees verdicts" on public.prototype_verdicts for select to service_role using (true);

create policy "clients see what was lent to their account" on public.prototype_loans for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see loans" on public.prototype_loans for select to portal_staff using (true);
create policy "designers, managers and admins lend samples" on public.prototype_loans for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (
      select from public.prototype_files f
      where f.id = file_id and f.version_id = prototype_loans.version_id and f.kind = 'sample')
    and exists (
      select from public.prototype_releases r
      where r.version_id = prototype_loans.version_id and r.account_id = prototype_loans.account_id and r.ended_at is null)
  );
create policy "designers, managers and admins take samples back" on public.prototype_loans for update to portal_staff
  using (returned_at is null and (select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (
    (returned_by is null or returned_by = (select private.my_person()))
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
