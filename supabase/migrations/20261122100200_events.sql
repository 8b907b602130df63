-- The audit log, which is also the outbox: one hash chain per account, written by one function alone.

-- account_id null: what concerns no account; it has a chain of its own under the nil uuid.
create table public.event_chains (
  chain uuid primary key,
  account_id uuid references public.accounts,
  seq bigint not null,
  head bytea not null check (octet_length(head) = 32)
);
create index event_chains_account_id on public.event_chains (account_id);

create table public.events (
  id bigint generated always as identity primary key,
  account_id uuid references public.accounts,
  chain uuid not null,
  chain_seq bigint not null,
  name text not null check (name ~ '^[a-z_]+\.[a-z_]+$'),
  subject_kind text not null check (subject_kind ~ '^[a-z_]+$'),
  subject_id uuid not null,
  actor_id uuid references public.people,
  actor_side text not null check (actor_side in ('client', 'staff', 'guest', 'system')),
  audience text not null check (audience in ('both', 'staff')),
  facts jsonb not null,
  staff_facts_hash bytea check (octet_length(staff_facts_hash) = 32),
  happened_at timestamptz not null,
  prev_hash bytea not null check (octet_length(prev_hash) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  unique (chain, chain_seq)
);
create index events_account_id on public.events (account_id, id desc);
create index events_subject on public.events (subject_id, id desc);
create index events_actor_id on public.events (actor_id);

create table public.event_staff_facts (
  event_id bigint primary key references public.events,
  facts jsonb not null
);

-- What a hash covers, as text: the fields one a line (none of them can hold a line break), facts by the SHA-256 of
-- their text as exported. So a bundle of rows is checked offline with SHA-256 and nothing else.
create function private.event_hash_input(
  chain uuid, chain_seq bigint, name text, subject_kind text, subject_id uuid, actor_id uuid, actor_side text,
  audience text, facts jsonb, staff_facts_hash bytea, happened_at timestamptz
) returns text language sql immutable set search_path = '' as $$
  select concat_ws(E'\n', 'tandem event 1', chain, chain_seq, name, subject_kind, subject_id,
    coalesce(actor_id::text, '-'), actor_side, audience,
    encode(sha256(convert_to(facts::text, 'UTF8')), 'hex'),
    coalesce(encode(staff_facts_hash, 'hex'), '-'),
    to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
$$;

-- Takes the author from the transaction: role and claims, never from the caller's words. acting_person is believed
-- only from the system, which acts on somebody's behalf.
create function private.record_event(
  event_name text, event_subject_kind text, event_subject_id uuid, event_account uuid,
  event_facts jsonb, event_staff_facts jsonb, event_audience text, acting_person uuid
) returns bigint language plpgsql volatile security definer set search_path = '' as $$
declare
  as_role text := current_setting('role', true);
  author uuid;
  side text;
  link uuid := coalesce(event_account, '00000000-0000-0000-0000-000000000000');
  next_seq bigint;
  previous bytea;
  at_time timestamptz;
  secret_hash bytea := sha256(convert_to(event_staff_facts::text, 'UTF8'));
  new_hash bytea;
  new_id bigint;
begin
  case as_role
    when 'authenticated' then
      side := 'client';
      author := (select private.my_person());
      if author is null or event_account is null
        or not exists (select from private.my_accounts() mine where mine = event_account)
        or event_staff_facts is not null or event_audience <> 'both'
      then
        raise insufficient_privilege using message = 'a client records only events of the own account';
      end if;
    when 'portal_staff' then
      side := 'staff';
      author := (select private.my_person());
      if author is null then
        raise insufficient_privilege using message = 'not a member of staff';
      end if;
    when 'service_role' then
      author := acting_person;
      side := coalesce((select p.side from public.people p where p.id = acting_person), 'system');
    else
      raise insufficient_privilege using message = 'nobody records nothing';
  end case;
  if octet_length(event_facts::text) > 32768 or octet_length(event_staff_facts::text) > 32768 then
    raise exception 'the facts of an event are at most 32 kB';
  end if;

  insert into public.event_chains (chain, account_id, seq, head)
  values (link, event_account, 0, decode(repeat('00', 32), 'hex'))
  on conflict (chain) do nothing;
  select c.seq + 1, c.head into strict next_seq, previous
  from public.event_chains c where c.chain = link for update;

  -- Read while the chain is ours, so that times never run backwards along it.
  at_time := clock_timestamp();
  new_hash := sha256(previous || convert_to(private.event_hash_input(link, next_seq, event_name, event_subject_kind,
    event_subject_id, author, side, event_audience, event_facts, secret_hash, at_time), 'UTF8'));

  insert into public.events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side,
    audience, facts, staff_facts_hash, happened_at, prev_hash, hash)
  values (event_account, link, next_seq, event_name, event_subject_kind, event_subject_id, author, side,
    event_audience, event_facts, secret_hash, at_time, previous, new_hash)
  returning id into new_id;
  if event_staff_facts is not null then
    insert into public.event_staff_facts (event_id, facts) values (new_id, event_staff_facts);
  end if;
  update public.event_chains set seq = next_seq, head = new_hash where chain = link;
  return new_id;
end
$$;
grant execute on function private.record_event(text, text, uuid, uuid, jsonb, jsonb, text, uuid)
  to authenticated, portal_staff, service_role;

alter table public.event_chains enable row level security;
alter table public.event_chains force row level security;
alter table public.events enable row level security;
alter table public.events force row level security;
alter table public.event_staff_facts enable row level security;
alter table public.event_staff_facts force row level security;

grant select on public.events to authenticated, portal_staff, service_role;
create policy "clients see what happened in their account" on public.events for select to authenticated
  using (account_id = any (array(select private.my_accounts())) and audience = 'both');
create policy "staff see what happened" on public.events for select to portal_staff using (true);

grant select on public.event_staff_facts to portal_staff, service_role;
create policy "staff see staff's facts" on public.event_staff_facts for select to portal_staff using (true);

grant select on public.event_chains to portal_staff, service_role;
create policy "staff check chains" on public.event_chains for select to portal_staff using (true);
