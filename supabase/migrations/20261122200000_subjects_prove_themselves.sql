-- Every module says itself whose a thing of its kind is: a function private.proves_<kind>(id, account), which answers true
-- when the thing exists and belongs to that account (null: to nobody's). record_event asks it; nobody else may.

create function private.proves_idea(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.ideas i where i.id = subject and i.account_id = account)
$$;
create function private.proves_person(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select exists (select from public.people p where p.id = subject and p.account_id is not distinct from account)
$$;
create function private.proves_account(subject uuid, account uuid) returns boolean
  language sql immutable set search_path = '' as $$
  select subject = account
$$;

create or replace function private.record_event(
  event_name text, event_subject_kind text, event_subject_id uuid, event_account uuid,
  event_facts jsonb, event_staff_facts jsonb, event_audience text, acting_person uuid
) returns bigint language plpgsql volatile security definer set search_path = '' as $$
declare
  as_role text := current_setting('role', true);
  author uuid;
  side text;
  may_act boolean;
  proof regprocedure;
  proved boolean;
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
      may_act := (select private.my_role()) in ('owner', 'member', 'approver');
    when 'portal_staff' then
      side := 'staff';
      author := (select private.my_person());
      if author is null then
        raise insufficient_privilege using message = 'not a member of staff';
      end if;
      may_act := (select private.staff_roles())
        && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'];
    when 'service_role' then
      author := acting_person;
      side := coalesce((select p.side from public.people p where p.id = acting_person), 'system');
      may_act := true;
    else
      raise insufficient_privilege using message = 'nobody records nothing';
  end case;
  -- Who only reads still chooses a password, and that is told.
  if may_act is not true and not (event_subject_kind = 'person' and event_subject_id = author) then
    raise insufficient_privilege using message = 'who only reads records nothing';
  end if;
  if event_subject_kind !~ '^[a-z_]{1,40}$' then
    raise exception 'not a kind of subject';
  end if;
  -- A foreign subject and one that does not exist are refused in the same words.
  proof := to_regprocedure(format('private.proves_%s(uuid, uuid)', event_subject_kind));
  if proof is null then
    raise exception 'nothing says yet whose a thing of this kind is: %', event_subject_kind;
  end if;
  execute format('select %s($1, $2)', proof::regproc) into proved using event_subject_id, event_account;
  if proved is not true then
    raise insufficient_privilege using message = 'an event stands in the log of the account that its subject belongs to';
  end if;
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
