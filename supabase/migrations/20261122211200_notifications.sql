-- Who is told what: notices in the bell, how each person wants them by mail, and what became of the letters.

create table public.notifications (
  id uuid primary key default private.uuid_v7(),
  person_id uuid not null references public.people on delete cascade,
  -- The recipient's account when they were told: who moves to another account leaves what they were told behind.
  account_id uuid references public.accounts,
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
  event_id bigint not null references public.events,
  subject_kind text not null check (subject_kind ~ '^[a-z_]{1,40}$'),
  subject_id uuid not null,
  -- Where it leads, on the recipient's side.
  path text not null check (path ~ '^/[^/\\]' and char_length(path) <= 300),
  facts jsonb not null check (octet_length(facts::text) <= 16384),
  read_at timestamptz,
  -- instant and daily wait; dropped: read meanwhile, switched off, or not theirs to see any more.
  mail_state text not null check (mail_state in ('none', 'instant', 'daily', 'mailed', 'dropped')),
  created_at timestamptz not null default now(),
  constraint notifications_once_for_each_event unique (event_id, person_id)
);
create index notifications_newest on public.notifications (person_id, id desc);
create index notifications_unread on public.notifications (person_id, id desc) where read_at is null;
create index notifications_waiting on public.notifications (person_id, id) where mail_state in ('instant', 'daily');
create index notifications_subject on public.notifications (subject_id, person_id);
create index notifications_account_id on public.notifications (account_id);

-- Only what a person chose; what is absent follows the defaults of the application.
create table public.notification_choices (
  person_id uuid not null references public.people on delete cascade,
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
  how text not null check (how in ('instant', 'daily', 'off')),
  primary key (person_id, kind)
);

-- Hours are of the person's own zone.
create table public.notification_settings (
  person_id uuid primary key references public.people on delete cascade,
  mail_off boolean not null default false,
  quiet_from smallint check (quiet_from between 0 and 23),
  quiet_to smallint check (quiet_to between 0 and 23),
  digest_hour smallint not null default 8 check (digest_hour between 0 and 23),
  constraint notification_settings_quiet_is_a_span
    check ((quiet_from is null) = (quiet_to is null) and quiet_from is distinct from quiet_to or quiet_from is null and quiet_to is null)
);

-- What proves an unsubscribe link of a person; it never leaves the database.
create table public.unsubscribe_keys (
  person_id uuid primary key references public.people on delete cascade,
  key bytea not null default extensions.gen_random_bytes(32) check (octet_length(key) = 32),
  created_at timestamptz not null default now()
);

-- Addresses that took no letter for good; one that arrives later takes its address off again.
create table public.mail_suppressions (
  email extensions.citext primary key,
  said text not null check (char_length(said) <= 500),
  mail_id uuid,
  created_at timestamptz not null default now()
);

alter table public.mail_outbox
  add column person_id uuid references public.people on delete set null,
  -- One click there ends letters of this kind (RFC 8058); absent on letters that somebody asked for.
  add column unsubscribe_url text check (unsubscribe_url ~ '^https?://[^[:space:][:cntrl:]<>]+$'),
  add column next_try_at timestamptz not null default now(),
  drop constraint mail_outbox_state_check,
  -- sending: the server holds all of it but the end. uncertain: cut off just there, so that nobody knows.
  add constraint mail_outbox_state_check check (state in ('queued', 'sending', 'sent', 'failed', 'uncertain'));
create index mail_outbox_person_id on public.mail_outbox (person_id);
drop index public.mail_outbox_queued;
create index mail_outbox_under_way on public.mail_outbox (next_try_at) where state in ('queued', 'sending');

-- ------------------------------------------------------------------ jobs

-- What happens is told; what is written down long afterwards (an import, the demo's past) is no news.
create function private.tell_people() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('tell_people', json_build_object('event', new.id::text),
    job_key => 'tell_people:' || new.id);
  return null;
end
$$;
create trigger events_tell_people after insert on public.events
  for each row when (new.happened_at > clock_timestamp() - interval '1 minute')
  execute function private.tell_people();

-- The bell on a person's open pages: rings for news, and falls silent when it is read elsewhere.
create function private.ring_bell() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform private.say_live('person', told.person_id, told.account_id, 'person')
    from (select distinct c.person_id, c.account_id from changed c) told;
  else
    perform private.say_live('person', told.person_id, told.account_id, 'person')
    from (
      select distinct c.person_id, c.account_id
      from changed c join before b on b.id = c.id where c.read_at is distinct from b.read_at
    ) told;
  end if;
  return null;
end
$$;
create trigger notifications_ring after insert on public.notifications
  referencing new table as changed for each statement execute function private.ring_bell();
create trigger notifications_ring_off after update on public.notifications
  referencing old table as before new table as changed for each statement execute function private.ring_bell();

-- Mail of a person's waiting notices. keep: an earlier moment that is planned already stays, so that a burst is one mail.
create function private.plan_notice_mail(person uuid, how text, at timestamptz, keep boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('mail_notices', json_build_object('person', person), run_at => at,
    job_key => 'mail_notices:' || how || ':' || person,
    job_key_mode => case when keep then 'preserve_run_at' else 'replace' end);
end
$$;
grant execute on function private.plan_notice_mail(uuid, text, timestamptz, boolean) to service_role;

-- Other hours or another zone mean another moment for what waits already.
create function private.replan_notice_mail() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (
    select from public.notifications n where n.person_id = new.person_id and n.mail_state in ('instant', 'daily')
  ) then
    perform private.plan_notice_mail(new.person_id, 'daily', now(), false);
  end if;
  return null;
end
$$;
create trigger notification_settings_replan after insert or update on public.notification_settings
  for each row execute function private.replan_notice_mail();
create trigger person_contacts_replan after update of zone on public.person_contacts
  for each row when (old.zone is distinct from new.zone) execute function private.replan_notice_mail();

create function private.retry_mail(mail uuid, at timestamptz) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('send_mail', json_build_object('id', mail), run_at => at,
    job_key => 'send_mail:' || mail);
end
$$;
grant execute on function private.retry_mail(uuid, timestamptz) to service_role;

-- ------------------------------------------------------------------ unsubscribing without a session

create function private.unsubscribe_digest(secret bytea, person uuid, kind text) returns text
  language sql immutable set search_path = '' as $$
  select translate(rtrim(encode(
    extensions.hmac(convert_to('unsubscribe ' || person || ' ' || kind, 'UTF8'), secret, 'sha256'), 'base64'), '='), '+/', '-_')
$$;

-- For the system, which writes the link into a letter: the proof that belongs to this person and kind ('all': every kind).
create function private.unsubscribe_proof(person uuid, kind text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  secret bytea;
begin
  insert into public.unsubscribe_keys (person_id) values (person) on conflict (person_id) do nothing;
  select k.key into strict secret from public.unsubscribe_keys k where k.person_id = person;
  return private.unsubscribe_digest(secret, person, kind);
end
$$;
grant execute on function private.unsubscribe_proof(uuid, text) to service_role;

create function private.knows_unsubscribe(person uuid, kind text, proof text) returns boolean
  language sql stable security definer set search_path = '' as $$
  -- Hashes of both are compared, so that the time it takes says nothing about the proof.
  select exists (
    select from public.unsubscribe_keys k
    where k.person_id = person
      and sha256(convert_to(private.unsubscribe_digest(k.key, person, kind), 'UTF8')) = sha256(convert_to(proof, 'UTF8'))
  )
$$;
grant execute on function private.knows_unsubscribe(uuid, text, text) to portal_app;

-- Out: false when the proof is none, and then nothing changed.
create function private.unsubscribe(person uuid, of_kind text, proof text) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.knows_unsubscribe(person, of_kind, proof) then
    return false;
  end if;
  if of_kind = 'all' then
    insert into public.notification_settings (person_id, mail_off) values (person, true)
    on conflict (person_id) do update set mail_off = true;
  else
    insert into public.notification_choices (person_id, kind, how) values (person, of_kind, 'off')
    on conflict (person_id, kind) do update set how = 'off';
  end if;
  return true;
end
$$;
grant execute on function private.unsubscribe(uuid, text, text) to portal_app;

-- ------------------------------------------------------------------ who may

alter table public.notifications enable row level security;
alter table public.notifications force row level security;
alter table public.notification_choices enable row level security;
alter table public.notification_choices force row level security;
alter table public.notification_settings enable row level security;
alter table public.notification_settings force row level security;
alter table public.unsubscribe_keys enable row level security;
alter table public.unsubscribe_keys force row level security;
alter table public.mail_suppressions enable row level security;
alter table public.mail_suppressions force row level security;

grant select on public.notifications to authenticated, portal_staff;
grant update (read_at) on public.notifications to authenticated, portal_staff;
grant select, insert, update, delete on public.notifications to service_role;
create policy "clients see their own notices" on public.notifications for select to authenticated
  using (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
create policy "staff see their own notices" on public.notifications for select to portal_staff
  using (person_id = (select private.my_person()));
create policy "clients read their own notices" on public.notifications for update to authenticated
  using (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())))
  with check (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
create policy "staff read their own notices" on public.notifications for update to portal_staff
  using (person_id = (select private.my_person())) with check (person_id = (select private.my_person()));

grant select on public.notification_choices to authenticated, portal_staff, service_role;
grant insert (person_id, kind, how), update (how) on public.notification_choices to authenticated, portal_staff;
create policy "people see their own choices" on public.notification_choices for select to authenticated, portal_staff
  using (person_id = (select private.my_person()));
create policy "people choose" on public.notification_choices for insert to authenticated, portal_staff
  with check (person_id = (select private.my_person()));
create policy "people choose again" on public.notification_choices for update to authenticated, portal_staff
  using (person_id = (select private.my_person())) with check (person_id = (select private.my_person()));

grant select on public.notification_settings to authenticated, portal_staff, service_role;
grant insert (person_id, mail_off, quiet_from, quiet_to, digest_hour), update (mail_off, quiet_from, quiet_to, digest_hour)
  on public.notification_settings to authenticated, portal_staff;
create policy "people see their own hours" on public.notification_settings for select to authenticated, portal_staff
  using (person_id = (select private.my_person()));
create policy "people set their hours" on public.notification_settings for insert to authenticated, portal_staff
  with check (person_id = (select private.my_person()));
create policy "people set their hours anew" on public.notification_settings for update to authenticated, portal_staff
  using (person_id = (select private.my_person())) with check (person_id = (select private.my_person()));

create policy "nobody but the database's own functions reads keys" on public.unsubscribe_keys for select to service_role
  using (false);

grant select, delete on public.mail_suppressions to portal_staff;
grant select, insert, update, delete on public.mail_suppressions to service_role;
create policy "staff see which addresses take no mail" on public.mail_suppressions for select to portal_staff using (true);
create policy "managers let an address be tried again" on public.mail_suppressions for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);
create policy "the system knows which addresses take no mail" on public.mail_suppressions for select to service_role using (true);
create policy "the system notes an address that takes no mail" on public.mail_suppressions for insert to service_role
  with check (true);
create policy "the system notes it again" on public.mail_suppressions for update to service_role using (true) with check (true);
create policy "the system forgets it when mail arrives" on public.mail_suppressions for delete to service_role using (true);

create policy "the system reads choices" on public.notification_choices for select to service_role using (true);
create policy "the system reads hours" on public.notification_settings for select to service_role using (true);
create policy "the system reads notices" on public.notifications for select to service_role using (true);
create policy "the system tells" on public.notifications for insert to service_role with check (true);
create policy "the system notes what was mailed" on public.notifications for update to service_role
  using (true) with check (true);
create policy "the system forgets notices" on public.notifications for delete to service_role using (true);
