-- Pooled rounds: what is run, by which clock and rule, who may join, and the fingerprint of floors that were committed. The floors are
-- a table of their own, which pricing and the auditor alone read.

create table public.rounds (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null references public.products,
  title text not null check (char_length(title) between 1 and 140),
  state text not null default 'draft' check (state in ('draft', 'committed', 'open', 'locked', 'closed', 'clearing', 'cleared',
    'settling', 'settled', 'failed', 'cancelled')),
  -- What one unit is posted at beside the round, if anything, and the currency of all that is offered in it.
  unit_minor bigint check (unit_minor between 1 and 1000000000000),
  unit_currency char(3) not null check (unit_currency ~ '^[A-Z]{3}$'),
  -- Net for businesses, gross for consumers.
  basis text not null default 'net' check (basis in ('net', 'gross')),
  minimum integer not null check (minimum between 1 and 1000000),
  capacity integer not null check (capacity between 1 and 1000000),
  objective text not null check (objective in ('max-contribution', 'max-units', 'lowest-feasible')),
  rule_version integer not null default 1,
  revisions_allowed integer not null default 3 check (revisions_allowed between 0 and 20),
  smallest_raise bigint not null default 1 check (smallest_raise between 1 and 1000000000000),
  cooling_minutes integer not null default 60 check (cooling_minutes between 0 and 1440),
  opens_at timestamptz not null,
  locks_at timestamptz not null,
  closes_at timestamptz not null,
  decide_by timestamptz not null,
  -- Whether every customer may join; if not, those of round_accounts may.
  for_all boolean not null default false,
  floor_fingerprint bytea check (octet_length(floor_fingerprint) = 32),
  committed_at timestamptz,
  committed_by uuid references public.people,
  cancelled_at timestamptz,
  cancelled_by uuid references public.people,
  cancel_reason text check (char_length(cancel_reason) between 1 and 2000),
  made_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  constraint rounds_hold_what_they_need check (minimum <= capacity),
  constraint rounds_times_ascend check (opens_at < locks_at and locks_at < closes_at and closes_at < decide_by),
  constraint rounds_are_committed_whole check (num_nulls(floor_fingerprint, committed_at, committed_by) in (0, 3)
    and (committed_at is not null or state in ('draft', 'cancelled'))),
  constraint rounds_are_cancelled_whole check (num_nulls(cancelled_at, cancelled_by, cancel_reason) in (0, 3)
    and (state = 'cancelled') = (cancelled_at is not null))
);
create index rounds_product on public.rounds (product_id);
create index rounds_made_by on public.rounds (made_by);
create index rounds_committed_by on public.rounds (committed_by);
create index rounds_cancelled_by on public.rounds (cancelled_by);
create index rounds_state on public.rounds (state);
create trigger rounds_next_revision before update on public.rounds
  for each row execute function private.next_revision();

-- Who may join a round that is not for all. One account does not learn who else may.
create table public.round_accounts (
  round_id uuid not null references public.rounds,
  account_id uuid not null references public.accounts,
  primary key (round_id, account_id)
);
create index round_accounts_account on public.round_accounts (account_id, round_id);

-- The least that would be taken, by quantity, option, delivery and day. Nothing in it can name a customer.
create table public.floor_schedules (
  round_id uuid primary key references public.rounds,
  -- Canonical JSON (RFC 8785), as its fingerprint is made over: kept as text, since another spelling has another fingerprint.
  document text not null check (jsonb_typeof(document::jsonb) = 'object' and octet_length(document) <= 100000),
  nonce bytea check (octet_length(nonce) = 32),
  written_by uuid not null references public.people,
  written_at timestamptz not null default now(),
  revision integer not null default 1
);
create index floor_schedules_written_by on public.floor_schedules (written_by);
create trigger floor_schedules_next_revision before update on public.floor_schedules
  for each row execute function private.next_revision();

-- What was committed stays. Whoever writes waits for one who is committing and then changes no row, which is told them.
create function private.keep_committed_round() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  of_round uuid := case when tg_op = 'DELETE' then old.round_id else new.round_id end;
  now_in text;
begin
  select r.state into now_in from public.rounds r where r.id = of_round for share;
  if now_in is distinct from 'draft' then return null; end if;
  return case when tg_op = 'DELETE' then old else new end;
end
$$;
create trigger floor_schedules_stay before insert or update on public.floor_schedules
  for each row execute function private.keep_committed_round();

-- Commits the floors of a draft as somebody saw them. One of pricing writes them and another one commits. Says why not, or null.
create function private.commit_round(round uuid, seen_round integer, seen_floors integer, with_nonce bytea) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (select private.my_person());
  it public.rounds;
  floors public.floor_schedules;
begin
  if current_setting('role', true) <> 'portal_staff' or person is null or not (select private.staff_roles()) && array['pricing'] then
    return 'not-allowed';
  end if;
  -- Floors first, as whoever writes them does, so that the two never wait for each other.
  select * into floors from public.floor_schedules f where f.round_id = round for update;
  select * into it from public.rounds r where r.id = round for update;
  if not found then return 'not-found'; end if;
  if it.state <> 'draft' then return 'committed'; end if;
  if floors.round_id is null then return 'no-floors'; end if;
  if it.revision <> seen_round or floors.revision <> seen_floors then return 'changed-meanwhile'; end if;
  if floors.written_by = person then return 'own-floors'; end if;
  if it.opens_at <= clock_timestamp() then return 'past'; end if;
  update public.floor_schedules f set nonce = with_nonce where f.round_id = round;
  update public.rounds r set state = 'committed', committed_at = clock_timestamp(), committed_by = person,
    floor_fingerprint = sha256(convert_to(floors.document, 'UTF8') || with_nonce)
  where r.id = round;
  return null;
end
$$;

-- Ends a round before anything of it is cleared. Says why not, or null.
create function private.cancel_round(round uuid, seen_round integer, because text) returns text
  language plpgsql security definer set search_path = '' as $$
declare
  person uuid := (select private.my_person());
  it public.rounds;
begin
  if current_setting('role', true) <> 'portal_staff' or person is null or not (select private.staff_roles()) && array['pricing'] then
    return 'not-allowed';
  end if;
  select * into it from public.rounds r where r.id = round for update;
  if not found then return 'not-found'; end if;
  if it.state not in ('draft', 'committed', 'open', 'locked', 'closed', 'clearing') then return 'decided'; end if;
  if it.revision <> seen_round then return 'changed-meanwhile'; end if;
  update public.rounds r set state = 'cancelled', cancelled_at = clock_timestamp(), cancelled_by = person, cancel_reason = because
  where r.id = round;
  return null;
end
$$;

-- Brings every round to where the clock says it is, and tells which it moved. Nobody's wish moves a round here.
create function private.move_rounds_by_clock() returns table (id uuid, state text)
  language sql security definer set search_path = '' as $$
  update public.rounds r set state = n.state
  from (
    select d.id, case when d.closes_at <= clock_timestamp() then 'closed'
      when d.locks_at <= clock_timestamp() then 'locked' else 'open' end as state
    from public.rounds d
    where (d.state in ('committed', 'open', 'locked') and d.closes_at <= clock_timestamp())
      or (d.state in ('committed', 'open') and d.locks_at <= clock_timestamp())
      or (d.state = 'committed' and d.opens_at <= clock_timestamp())
    for update
  ) n
  where r.id = n.id
  returning r.id, r.state
$$;

create function private.proves_round(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select account is null and exists (select from public.rounds r where r.id = subject)
$$;
revoke execute on function private.commit_round(uuid, integer, integer, bytea), private.cancel_round(uuid, integer, text),
  private.move_rounds_by_clock(), private.proves_round(uuid, uuid) from public;
grant execute on function private.commit_round(uuid, integer, integer, bytea), private.cancel_round(uuid, integer, text)
  to portal_staff;
grant execute on function private.move_rounds_by_clock() to service_role;

alter table public.rounds enable row level security;
alter table public.rounds force row level security;
alter table public.round_accounts enable row level security;
alter table public.round_accounts force row level security;
alter table public.floor_schedules enable row level security;
alter table public.floor_schedules force row level security;

grant select on public.rounds, public.round_accounts to authenticated, portal_staff, service_role;
grant select on public.floor_schedules to portal_staff, service_role;
grant insert (product_id, title, unit_minor, unit_currency, basis, minimum, capacity, objective, revisions_allowed, smallest_raise,
  cooling_minutes, opens_at, locks_at, closes_at, decide_by, for_all, made_by) on public.rounds to portal_staff;
grant insert (round_id, account_id) on public.round_accounts to portal_staff;
grant insert (round_id, document, written_by) on public.floor_schedules to portal_staff;
grant update (document, written_by, written_at) on public.floor_schedules to portal_staff;

create policy "customers see committed rounds that they may join" on public.rounds for select to authenticated
  using (committed_at is not null and (select private.my_role()) is not null
    and (for_all or id = any (array(select a.round_id from public.round_accounts a))));
create policy "staff see rounds" on public.rounds for select to portal_staff using (true);
create policy "pricing makes rounds" on public.rounds for insert to portal_staff
  with check ((select private.staff_roles()) && array['pricing'] and made_by = (select private.my_person()));

create policy "customers see that they may join" on public.round_accounts for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see who may join" on public.round_accounts for select to portal_staff using (true);
create policy "pricing says who may join" on public.round_accounts for insert to portal_staff
  with check ((select private.staff_roles()) && array['pricing']);
-- Not for what merges accounts and undoes that, which has its own rules.
create trigger round_accounts_stay before insert on public.round_accounts
  for each row when (current_user = 'portal_staff') execute function private.keep_committed_round();

create policy "pricing and auditors read floors" on public.floor_schedules for select to portal_staff
  using ((select private.staff_roles()) && array['pricing', 'auditor']);
create policy "pricing writes floors" on public.floor_schedules for insert to portal_staff
  with check ((select private.staff_roles()) && array['pricing'] and written_by = (select private.my_person()));
create policy "pricing changes floors" on public.floor_schedules for update to portal_staff
  using ((select private.staff_roles()) && array['pricing'])
  with check ((select private.staff_roles()) && array['pricing'] and written_by = (select private.my_person()));
