-- Sealed offers in a round. An offer is a line of revisions that are only ever added to; one of them at a time stands in the book.
-- Nobody writes these tables: each move is one of the functions below, which asks the round, its clock, the person and the limit again.

create table public.round_offers (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null references public.accounts,
  round_id uuid not null references public.rounds,
  made_by uuid not null references public.people,
  state text not null check (state in ('needs_approval', 'active', 'withdrawn')),
  -- The newest revision; and the one in the book, which stays there while a newer one waits for approval.
  number integer not null default 1,
  book_number integer,
  -- How many revisions were made after the first: a withdrawal counts as one.
  revised integer not null default 0,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (account_id, id),
  constraint round_offers_in_the_book check ((state = 'active') = (book_number is not null) and book_number <= number)
);
create index round_offers_round on public.round_offers (round_id, state);
create index round_offers_account_round on public.round_offers (account_id, round_id);
create index round_offers_made_by on public.round_offers (made_by);
create trigger round_offers_next_revision before update on public.round_offers
  for each row execute function private.next_revision();

create table public.round_offer_revisions (
  id uuid primary key default private.uuid_v7(),
  offer_id uuid not null,
  account_id uuid not null,
  number integer not null check (number between 1 and 1000),
  -- As it was configured, frozen; null where the product has nothing to choose.
  configuration_hash bytea check (octet_length(configuration_hash) = 32),
  quantity integer not null check (quantity between 1 and 1000000),
  -- The fewest units that are still wanted: as many as the quantity for all or nothing.
  at_least integer not null check (at_least >= 1),
  unit_minor bigint not null check (unit_minor between 1 and 1000000000000),
  unit_currency char(3) not null check (unit_currency ~ '^[A-Z]{3}$'),
  -- The customer's own number of the order that guarantees it.
  purchase_order text not null check (char_length(purchase_order) between 1 and 100),
  written_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  approved_by uuid references public.people,
  entered_at timestamptz,
  receipt_hash bytea check (octet_length(receipt_hash) = 32),
  unique (offer_id, number),
  foreign key (account_id, offer_id) references public.round_offers (account_id, id),
  constraint round_offer_revisions_want_no_more check (at_least <= quantity),
  constraint round_offer_revisions_enter_with_a_receipt check ((entered_at is null) = (receipt_hash is null))
);
create index round_offer_revisions_account_offer on public.round_offer_revisions (account_id, offer_id);
create index round_offer_revisions_written_by on public.round_offer_revisions (written_by);
create index round_offer_revisions_approved_by on public.round_offer_revisions (approved_by);

-- What was offered stays as it was: a revision enters the book once, and nothing else of it ever changes.
create function private.keep_offer_revision() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.offer_id, new.number, new.configuration_hash, new.quantity, new.at_least, new.unit_minor, new.unit_currency,
      new.purchase_order, new.written_by, new.created_at)
    is distinct from (old.offer_id, old.number, old.configuration_hash, old.quantity, old.at_least, old.unit_minor, old.unit_currency,
      old.purchase_order, old.written_by, old.created_at)
    or (old.entered_at is not null and (new.entered_at, new.receipt_hash, new.approved_by)
      is distinct from (old.entered_at, old.receipt_hash, old.approved_by))
  then
    raise insufficient_privilege using message = 'what was offered stays as it is';
  end if;
  return new;
end
$$;
create trigger round_offer_revisions_keep before update on public.round_offer_revisions
  for each row execute function private.keep_offer_revision();

-- The round as its clock has it now; held, so that a lock or a cancellation comes before an offer or after it and never amid.
create function private.round_takes(wanted uuid, out it public.rounds, out phase text)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  at timestamptz;
begin
  select * into it from public.rounds r
  where r.id = wanted and r.committed_at is not null and (r.for_all or exists (
    select from public.round_accounts a
    where a.round_id = r.id and a.account_id in (select private.my_accounts())))
  for share of r;
  if not found then return; end if;
  -- Received strictly before the close counts.
  at := clock_timestamp();
  phase := case
    when it.state not in ('committed', 'open', 'locked') or at < it.opens_at or at >= it.closes_at then 'shut'
    when at >= it.locks_at then 'locked' else 'open' end;
end
$$;

-- Whether this person may spend so much alone.
create function private.within_limit(person uuid, minor numeric, currency text) returns boolean
  language sql stable security definer set search_path = '' as $$
  select p.spending_limit_minor is null or (p.spending_limit_currency = currency and minor <= p.spending_limit_minor)
  from public.people p where p.id = person
$$;

-- Puts the newest revision of an offer into the book, with the receipt that its account can show.
create function private.enter_book(offer uuid, approver uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  at timestamptz := clock_timestamp();
begin
  update public.round_offer_revisions v set entered_at = at, approved_by = approver,
    receipt_hash = sha256(convert_to(concat_ws(E'\n', 'tandem offer 1', o.round_id, o.id, v.number, v.account_id,
      coalesce(encode(v.configuration_hash, 'hex'), '-'), v.quantity, v.at_least, v.unit_minor, v.unit_currency, v.purchase_order,
      encode(r.floor_fingerprint, 'hex'), floor(extract(epoch from at) * 1000)::bigint), 'UTF8'))
  from public.round_offers o join public.rounds r on r.id = o.round_id
  where o.id = offer and v.offer_id = o.id and v.number = o.number;
  update public.round_offers o set state = 'active', book_number = o.number where o.id = offer;
end
$$;

-- Makes an offer, or says why not. Over the person's own limit it waits for somebody whose limit reaches.
create function private.place_offer(
  of_round uuid, wish_quantity integer, wish_at_least integer, wish_minor bigint, order_number text, out offer uuid, out why text
) language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid := (select private.my_person());
  account uuid := (select a from private.my_accounts() a);
  found_round record;
begin
  if coalesce((select private.my_role()) not in ('owner', 'approver', 'member'), true) or person is null then
    why := 'not-allowed'; return;
  end if;
  -- Two colleagues at once: the second sees what the first made.
  perform pg_advisory_xact_lock(hashtextextended(concat('offer ', of_round, account), 0));
  select * into found_round from private.round_takes(of_round);
  if found_round.phase is null then why := 'not-found'; return; end if;
  if found_round.phase = 'shut' then why := 'not-open'; return; end if;
  if wish_quantity > (found_round.it).capacity then why := 'over-capacity'; return; end if;
  if exists (select from public.round_offers o
    where o.account_id = account and o.round_id = of_round and o.state <> 'withdrawn') then why := 'already'; return; end if;
  if exists (select from public.round_offers o where o.account_id = account and o.round_id = of_round)
    and (select sum(o.revised) from public.round_offers o where o.account_id = account and o.round_id = of_round)
      > (found_round.it).revisions_allowed then why := 'no-revisions-left'; return; end if;
  insert into public.round_offers (account_id, round_id, made_by, state) values (account, of_round, person, 'needs_approval')
  returning id into offer;
  insert into public.round_offer_revisions
    (offer_id, account_id, number, quantity, at_least, unit_minor, unit_currency, purchase_order, written_by)
  values (offer, account, 1, wish_quantity, wish_at_least, wish_minor, (found_round.it).unit_currency, order_number, person);
  if private.within_limit(person, wish_quantity::numeric * wish_minor, (found_round.it).unit_currency) then
    perform private.enter_book(offer, null);
  end if;
end
$$;

-- Replaces what is offered, as seen; what is in the book stays there until the new one may enter. Says why not, or null.
create function private.revise_offer(
  target uuid, seen integer, wish_quantity integer, wish_at_least integer, wish_minor bigint
) returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid := (select private.my_person());
  o public.round_offers;
  before public.round_offer_revisions;
  found_round record;
  used bigint;
  same boolean;
begin
  if coalesce((select private.my_role()) not in ('owner', 'approver', 'member'), true) then return 'not-allowed'; end if;
  select * into o from public.round_offers one
  where one.id = target and one.account_id in (select private.my_accounts()) for update;
  if not found then return 'not-found'; end if;
  select * into found_round from private.round_takes(o.round_id);
  if found_round.phase is null or found_round.phase = 'shut' or o.state = 'withdrawn' then return 'not-open'; end if;
  if o.revision <> seen then return 'changed-meanwhile'; end if;
  if wish_quantity > (found_round.it).capacity then return 'over-capacity'; end if;
  select * into strict before from public.round_offer_revisions v
  where v.offer_id = o.id and v.number = coalesce(o.book_number, o.number);
  same := (wish_quantity, wish_at_least) = (before.quantity, before.at_least);
  if same and wish_minor = before.unit_minor then return 'nothing-changed'; end if;
  if found_round.phase = 'locked' and (not same or wish_minor < before.unit_minor) then return 'only-raises'; end if;
  if same and wish_minor > before.unit_minor and wish_minor - before.unit_minor < (found_round.it).smallest_raise then
    return 'raise-too-small';
  end if;
  select sum(one.revised) into used from public.round_offers one where one.account_id = o.account_id and one.round_id = o.round_id;
  if used >= (found_round.it).revisions_allowed then return 'no-revisions-left'; end if;
  insert into public.round_offer_revisions (offer_id, account_id, number, configuration_hash, quantity, at_least, unit_minor,
    unit_currency, purchase_order, written_by)
  values (o.id, o.account_id, o.number + 1, before.configuration_hash, wish_quantity, wish_at_least, wish_minor,
    before.unit_currency, before.purchase_order, person);
  update public.round_offers one set number = one.number + 1, revised = one.revised + 1 where one.id = o.id;
  if private.within_limit(person, wish_quantity::numeric * wish_minor, before.unit_currency) then
    perform private.enter_book(o.id, null);
  end if;
  return null;
end
$$;

-- Lets what waits into the book, by somebody else whose limit reaches. Says why not, or null.
create function private.approve_offer(target uuid, seen integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  person uuid := (select private.my_person());
  o public.round_offers;
  v public.round_offer_revisions;
  found_round record;
begin
  if coalesce((select private.my_role()) not in ('owner', 'approver'), true) then return 'not-allowed'; end if;
  select * into o from public.round_offers one
  where one.id = target and one.account_id in (select private.my_accounts()) for update;
  if not found then return 'not-found'; end if;
  select * into found_round from private.round_takes(o.round_id);
  if found_round.phase is null or found_round.phase = 'shut' or o.state = 'withdrawn' then return 'not-open'; end if;
  if o.revision <> seen then return 'changed-meanwhile'; end if;
  select * into strict v from public.round_offer_revisions one where one.offer_id = o.id and one.number = o.number;
  if v.entered_at is not null then return 'nothing-waits'; end if;
  if v.written_by = person then return 'own-offer'; end if;
  if not private.within_limit(person, v.quantity::numeric * v.unit_minor, v.unit_currency) then return 'over-limit'; end if;
  -- Written before the lock and approved after it: what would lower the book is refused now as it would be then.
  if found_round.phase = 'locked' and exists (
    select from public.round_offer_revisions b
    where b.offer_id = o.id and b.number = o.book_number
      and (b.unit_minor > v.unit_minor or (b.quantity, b.at_least) <> (v.quantity, v.at_least)))
  then
    return 'only-raises';
  end if;
  perform private.enter_book(o.id, person);
  return null;
end
$$;

-- Takes an offer back: before the lock, soon after it entered, or when it never did. Says why not, or null.
create function private.withdraw_offer(target uuid, seen integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  o public.round_offers;
  found_round record;
  entered timestamptz;
begin
  if coalesce((select private.my_role()) not in ('owner', 'approver', 'member'), true) then return 'not-allowed'; end if;
  select * into o from public.round_offers one
  where one.id = target and one.account_id in (select private.my_accounts()) for update;
  if not found then return 'not-found'; end if;
  select * into found_round from private.round_takes(o.round_id);
  if found_round.phase is null or found_round.phase = 'shut' or o.state = 'withdrawn' then return 'not-open'; end if;
  if o.revision <> seen then return 'changed-meanwhile'; end if;
  select v.entered_at into entered from public.round_offer_revisions v where v.offer_id = o.id and v.number = o.book_number;
  if found_round.phase = 'locked'
    and clock_timestamp() - entered >= (found_round.it).cooling_minutes * interval '1 minute'
  then
    return 'too-late';
  end if;
  update public.round_offers one set state = 'withdrawn', book_number = null, revised = one.revised + 1 where one.id = o.id;
  return null;
end
$$;

create function private.proves_offer(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.round_offers o where o.id = subject and o.account_id = account)
$$;

revoke execute on function private.round_takes(uuid), private.within_limit(uuid, numeric, text), private.enter_book(uuid, uuid),
  private.place_offer(uuid, integer, integer, bigint, text), private.revise_offer(uuid, integer, integer, integer, bigint),
  private.approve_offer(uuid, integer), private.withdraw_offer(uuid, integer), private.proves_offer(uuid, uuid) from public;
grant execute on function private.place_offer(uuid, integer, integer, bigint, text),
  private.revise_offer(uuid, integer, integer, integer, bigint), private.approve_offer(uuid, integer),
  private.withdraw_offer(uuid, integer) to authenticated;

do $$
declare one text;
begin
  foreach one in array array['round_offers', 'round_offer_revisions'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('alter table public.%I force row level security', one);
    execute format('grant select on public.%I to authenticated, portal_staff, service_role', one);
    execute format('create policy "customers see what their account offers" on public.%I for select to authenticated
      using (account_id = any (array(select private.my_accounts())))', one);
    execute format('create policy "staff see what is offered" on public.%I for select to portal_staff using (true)', one);
  end loop;
end
$$;
