-- What a guest may see and do on the idea of the grant: read it and its brief, and comment where the grant says so.

grant select (id, name) on public.accounts to portal_guest;
create policy "guests see the account of their object" on public.accounts for select to portal_guest
  using (id = (select private.my_guest_account()));

-- Those whose names stand beside what a guest reads: the idea's author and who commented, and nobody else.
create function private.my_guest_people() returns setof uuid
  language sql stable security definer rows 20 set search_path = '' as $$
  select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
  union
  select c.author_id from public.idea_comments c
  where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
$$;
grant execute on function private.my_guest_people() to portal_guest;
grant select (id, side, display_name) on public.people to portal_guest;
create policy "guests see who wrote what they read" on public.people for select to portal_guest
  using (id = any (array(select private.my_guest_people())));

grant select (id, account_id, author_id, title, body, status, comment_count, last_activity_at, created_at, revision)
  on public.ideas to portal_guest;
create policy "guests see the idea of their grant" on public.ideas for select to portal_guest
  using (id = (select private.my_guest_idea()));

grant select (idea_id, account_id, doc, updated_at) on public.idea_briefs to portal_guest;
create policy "guests see the brief of their idea" on public.idea_briefs for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));

grant select (id, idea_id, account_id, media_type, width, height, storage_path) on public.idea_files to portal_guest;
create policy "guests see the pictures of their idea" on public.idea_files for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));

-- A comment is a person's or a guest's.
alter table public.idea_comments alter column author_id drop not null;
alter table public.idea_comments add column guest_grant_id uuid references public.guest_grants;
alter table public.idea_comments
  add constraint idea_comments_have_one_author check (num_nonnulls(author_id, guest_grant_id) = 1);
create index idea_comments_guest_grant_id on public.idea_comments (guest_grant_id);

grant select (id, idea_id, account_id, author_id, guest_grant_id, body, created_at) on public.idea_comments to portal_guest;
grant insert (idea_id, account_id, guest_grant_id, body) on public.idea_comments to portal_guest;
create policy "guests see what is said of their idea" on public.idea_comments for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));
create policy "guests who may comment do" on public.idea_comments for insert to portal_guest
  with check (
    guest_grant_id = (select private.my_grant())
    and idea_id = (select private.my_guest_idea())
    and account_id = (select private.my_guest_account())
    and (select private.my_guest_rights()) in ('comment', 'edit')
  );

-- Guests do things, too.
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
  grant_of_guest uuid;
  told jsonb := event_facts;
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
    when 'portal_guest' then
      side := 'guest';
      grant_of_guest := (select private.my_grant());
      -- One task on one object: whatever else there is, a guest has done nothing to it.
      if grant_of_guest is null or event_account is distinct from (select private.my_guest_account())
        or event_subject_kind <> 'idea' or event_subject_id is distinct from (select private.my_guest_idea())
        or event_staff_facts is not null or event_audience <> 'both'
      then
        raise insufficient_privilege using message = 'a guest records only what happens to the object of the grant';
      end if;
      may_act := (select private.my_guest_rights()) in ('comment', 'edit');
      -- A guest is no person of the tables: the grant and the name it had then stand in the facts, put there by us.
      told := event_facts || (
        select jsonb_build_object('guest', g.id, 'guest_name', g.display_name)
        from public.guest_grants g where g.id = grant_of_guest
      );
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
  if octet_length(told::text) > 32768 or octet_length(event_staff_facts::text) > 32768 then
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
    event_subject_id, author, side, event_audience, told, secret_hash, at_time), 'UTF8'));

  insert into public.events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side,
    audience, facts, staff_facts_hash, happened_at, prev_hash, hash)
  values (event_account, link, next_seq, event_name, event_subject_kind, event_subject_id, author, side,
    event_audience, told, secret_hash, at_time, previous, new_hash)
  returning id into new_id;
  if event_staff_facts is not null then
    insert into public.event_staff_facts (event_id, facts) values (new_id, event_staff_facts);
  end if;
  update public.event_chains set seq = next_seq, head = new_hash where chain = link;
  return new_id;
end
$$;
grant execute on function private.record_event(text, text, uuid, uuid, jsonb, jsonb, text, uuid) to portal_guest;
