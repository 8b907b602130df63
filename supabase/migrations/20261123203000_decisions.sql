-- What was settled in co-design: a decision of an idea, its revisions, what it quotes as that was, and who of both sides was asked to
-- agree. Its state is written nowhere: it follows from the answers, so that two who answer at once cannot leave one that fits neither.

create table public.decisions (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null,
  idea_id uuid not null,
  made_by uuid not null references public.people,
  -- That of the newest revision, which alone is answered.
  number integer not null default 1,
  created_at timestamptz not null default now(),
  unique (account_id, id),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade
);
create index decisions_account_idea on public.decisions (account_id, idea_id, id desc);
create index decisions_idea on public.decisions (idea_id, id desc);
create index decisions_made_by on public.decisions (made_by);

create table public.decision_revisions (
  id uuid primary key default private.uuid_v7(),
  decision_id uuid not null,
  account_id uuid not null,
  number integer not null check (number between 1 and 1000),
  title text not null check (char_length(title) between 1 and 140),
  reason text not null check (char_length(reason) between 1 and 4000),
  rejected text[] not null default '{}'
    check (cardinality(rejected) <= 20 and octet_length(array_to_string(rejected, '')) <= 16000),
  written_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  -- From this moment on its words stand. Everybody who signs signs this one hash.
  asked_at timestamptz,
  asked_by uuid references public.people,
  document_hash bytea check (octet_length(document_hash) = 32),
  unique (decision_id, number),
  unique (decision_id, id),
  foreign key (account_id, decision_id) references public.decisions (account_id, id) on delete cascade,
  constraint decision_revisions_are_asked_whole check (num_nulls(asked_at, asked_by, document_hash) in (0, 3))
);
create index decision_revisions_account_decision on public.decision_revisions (account_id, decision_id);
create index decision_revisions_written_by on public.decision_revisions (written_by);
create index decision_revisions_asked_by on public.decision_revisions (asked_by);

-- One row for each thing that can be quoted; a module that brings another thing adds its row.
create table public.decision_source_kinds (kind text primary key check (kind ~ '^[a-z]{1,20}$'));
insert into public.decision_source_kinds (kind) values ('passage'), ('comment');

create table public.decision_sources (
  id uuid primary key default private.uuid_v7(),
  decision_id uuid not null,
  account_id uuid not null,
  kind text not null references public.decision_source_kinds,
  object_id uuid not null,
  -- As it stood there, whatever becomes of it.
  quote text not null check (char_length(quote) between 1 and 20000),
  author_id uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  written_at timestamptz not null,
  sha256 bytea not null check (octet_length(sha256) = 32),
  created_at timestamptz not null default now(),
  foreign key (account_id, decision_id) references public.decisions (account_id, id) on delete cascade,
  constraint decision_sources_have_one_author check (num_nonnulls(author_id, guest_grant_id) = 1)
);
create index decision_sources_account_decision on public.decision_sources (account_id, decision_id);
create index decision_sources_decision on public.decision_sources (decision_id);
create index decision_sources_kind_object on public.decision_sources (kind, object_id);
create index decision_sources_author_id on public.decision_sources (author_id);
create index decision_sources_guest_grant_id on public.decision_sources (guest_grant_id);

create table public.decision_signatures (
  revision_id uuid not null,
  person_id uuid not null references public.people,
  decision_id uuid not null,
  account_id uuid not null,
  answer text check (answer in ('agree', 'not-yet')),
  reason text check (char_length(reason) between 1 and 2000),
  answered_at timestamptz,
  -- What this person signed.
  document_hash bytea check (octet_length(document_hash) = 32),
  primary key (revision_id, person_id),
  foreign key (decision_id, revision_id) references public.decision_revisions (decision_id, id) on delete cascade,
  foreign key (account_id, decision_id) references public.decisions (account_id, id) on delete cascade,
  constraint decision_signatures_say_when check ((answer is null) = (answered_at is null)),
  constraint decision_signatures_not_yet_has_a_reason check ((answer is not distinct from 'not-yet') = (reason is not null)),
  constraint decision_signatures_sign_a_hash check ((answer is not distinct from 'agree') = (document_hash is not null))
);
create index decision_signatures_decision_revision on public.decision_signatures (decision_id, revision_id);
create index decision_signatures_account_decision on public.decision_signatures (account_id, decision_id);
create index decision_signatures_person_id on public.decision_signatures (person_id, revision_id desc);

-- Words that somebody was asked to agree to do not change: another wording is another revision.
create function private.keep_asked_words() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.asked_at is not null and (new.number, new.title, new.reason, new.rejected, new.asked_at, new.document_hash)
    is distinct from (old.number, old.title, old.reason, old.rejected, old.asked_at, old.document_hash)
  then
    raise insufficient_privilege using message = 'what was asked about stays as it is';
  end if;
  return new;
end
$$;
create trigger decision_revisions_keep_words before update on public.decision_revisions
  for each row execute function private.keep_asked_words();

-- The next revision follows the newest one, when that was asked about; whoever answers meanwhile waits here.
create function private.follow_revision() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if new.number = 1 then return new; end if;
  update public.decisions d set number = new.number
  where d.id = new.decision_id and d.number = new.number - 1
    and exists (select from public.decision_revisions r
      where r.decision_id = d.id and r.number = d.number and r.asked_at is not null);
  -- Somebody else was first: nothing is written, and whoever asked is told so.
  if not found then return null; end if;
  return new;
end
$$;
create trigger decision_revisions_follow before insert on public.decision_revisions
  for each row execute function private.follow_revision();

-- A signature stands, is of the newest revision, and of the words that were asked about. Anything else changes no row.
create function private.guard_signature() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  asked_hash bytea;
begin
  -- The rows of merged accounts move with their answers as they are; people may not write that column.
  if new.account_id is distinct from old.account_id then return new; end if;
  if old.answer = 'agree' then return null; end if;
  select r.document_hash into asked_hash
  from public.decisions d join public.decision_revisions r on r.decision_id = d.id and r.number = d.number
  where d.id = old.decision_id and r.id = old.revision_id
  for share of d;
  if not found or (new.answer = 'agree' and new.document_hash is distinct from asked_hash) then return null; end if;
  return new;
end
$$;
create trigger decision_signatures_guard before update on public.decision_signatures
  for each row execute function private.guard_signature();

-- Nobody is waited for who could not answer: whoever left, only reads, or belongs to neither side of this. No row is made for them.
-- Clients cannot ask for the roles of staff themselves.
create function private.only_who_may_answer() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from public.people p
    where p.id = new.person_id and p.removed_at is null
      and case p.side
        when 'client' then p.account_id = new.account_id and p.role in ('owner', 'member', 'approver')
        else exists (select from public.staff_roles r where r.person_id = p.id and r.role <> 'auditor')
      end)
  then
    return new;
  end if;
  return null;
end
$$;
create trigger decision_signatures_only_who_may_answer before insert on public.decision_signatures
  for each row execute function private.only_who_may_answer();

create function private.proves_decision(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.decisions d where d.id = subject and d.account_id = account)
$$;

do $$
declare one text;
begin
  foreach one in array array['decisions', 'decision_revisions', 'decision_source_kinds', 'decision_sources', 'decision_signatures'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('alter table public.%I force row level security', one);
    execute format('grant select on public.%I to authenticated, portal_staff', one);
  end loop;
end
$$;
grant insert (account_id, idea_id, made_by) on public.decisions to authenticated, portal_staff;
grant insert (decision_id, account_id, number, title, reason, rejected, written_by)
  on public.decision_revisions to authenticated, portal_staff;
grant update (title, reason, rejected, asked_at, asked_by, document_hash)
  on public.decision_revisions to authenticated, portal_staff;
grant insert (decision_id, account_id, kind, object_id, quote, author_id, guest_grant_id, written_at, sha256)
  on public.decision_sources to authenticated, portal_staff;
grant insert (revision_id, person_id, decision_id, account_id) on public.decision_signatures to authenticated, portal_staff;
grant update (answer, reason, answered_at, document_hash) on public.decision_signatures to authenticated, portal_staff;

create policy "clients see kinds of sources" on public.decision_source_kinds for select to authenticated using (true);
create policy "staff see kinds of sources" on public.decision_source_kinds for select to portal_staff using (true);

create policy "clients see their account's decisions" on public.decisions for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see decisions" on public.decisions for select to portal_staff using (true);
create policy "clients who do more than read make decisions" on public.decisions for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and made_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "designers, managers and admins make decisions" on public.decisions for insert to portal_staff
  with check (
    made_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );

create policy "clients see revisions of their account's decisions" on public.decision_revisions for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see revisions of decisions" on public.decision_revisions for select to portal_staff using (true);
create policy "clients who do more than read word decisions" on public.decision_revisions for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and written_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "designers, managers and admins word decisions" on public.decision_revisions for insert to portal_staff
  with check (
    written_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "clients who do more than read ask about decisions" on public.decision_revisions for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (
    account_id = any (array(select private.my_accounts()))
    and (asked_by is null or asked_by = (select private.my_person()))
  );
create policy "designers, managers and admins ask about decisions" on public.decision_revisions for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (
    (asked_by is null or asked_by = (select private.my_person()))
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );

create policy "clients see what their account's decisions quote" on public.decision_sources for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see what decisions quote" on public.decision_sources for select to portal_staff using (true);
create policy "clients who do more than read quote" on public.decision_sources for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "designers, managers and admins quote" on public.decision_sources for insert to portal_staff
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see who signs their account's decisions" on public.decision_signatures for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see who signs decisions" on public.decision_signatures for select to portal_staff using (true);
create policy "clients who do more than read ask people of both sides" on public.decision_signatures for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (select from public.decision_revisions r
      where r.id = revision_id and r.decision_id = decision_signatures.decision_id and r.asked_by = (select private.my_person()))
    and exists (select from public.people p
      where p.id = person_id and (p.account_id is null or p.account_id = decision_signatures.account_id))
  );
create policy "designers, managers and admins ask people of both sides" on public.decision_signatures for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (select from public.decision_revisions r
      where r.id = revision_id and r.decision_id = decision_signatures.decision_id and r.asked_by = (select private.my_person()))
    and exists (select from public.people p
      where p.id = person_id and (p.account_id is null or p.account_id = decision_signatures.account_id))
  );
create policy "clients who do more than read answer for themselves" on public.decision_signatures for update to authenticated
  using (
    person_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
create policy "staff who do more than read answer for themselves" on public.decision_signatures for update to portal_staff
  using (
    person_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  )
  with check (person_id = (select private.my_person()));
