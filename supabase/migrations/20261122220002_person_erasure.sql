-- Erasing a person reaches what other rows say of them: facts of events, notices and letters to others, and (by a job, since
-- briefs are live documents) mentions in briefs. And what is handed over holds
-- what names them without a foreign key.

-- The facts of an event are hashed apart from the rest of its line, so they can be taken out of it without breaking the chain:
-- their hash as it was stays beside what is left of them, and a checker uses it in place of theirs.
alter table public.events add column facts_hash bytea check (octet_length(facts_hash) = 32);

-- A text without a name: as it stands, and as it is written in HTML.
create function private.without_name(said text, gone text) returns text
  language sql immutable set search_path = '' as $$
  select replace(replace(said, gone, 'Erased person'),
    replace(replace(replace(replace(gone, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '''', '&#x27;'), 'Erased person')
$$;

create or replace function private.erase_person(target uuid, typed_name text) returns table (outcome text, login uuid)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  who public.people;
  address text;
  me uuid := (select private.my_person());
  grants uuid[];
begin
  perform private.queue_for_deciding(target);
  outcome := private.judge_person_data(target);
  if outcome <> 'yes' then return next; return; end if;
  select * into strict who from public.people p where p.id = target for update;
  login := who.user_id;
  if target = me then outcome := 'not-oneself'; return next; return; end if;
  if who.erased_at is not null then outcome := 'done-already'; return next; return; end if;
  if btrim(typed_name) is distinct from who.display_name then outcome := 'wrong-name'; return next; return; end if;
  if who.removed_at is null and (select private.is_last_admin(target)) then outcome := 'last-admin'; return next; return; end if;
  if who.removed_at is null and (select private.is_last_owner(target))
    and exists (select from public.people o where o.account_id = who.account_id and o.id <> target and o.removed_at is null)
  then
    outcome := 'last-owner'; return next; return;
  end if;

  select c.email::text into address from public.person_contacts c where c.person_id = target;
  update public.person_contacts c
  set email = 'erased-' || target || '@erased.invalid', language = null, zone = 'UTC'
  where c.person_id = target;
  update public.people p
  set display_name = 'Erased person', removed_at = coalesce(p.removed_at, now()), erased_at = now(), erased_by = me
  where p.id = target;
  delete from auth.sessions s where s.user_id = who.user_id;
  delete from public.site_people w where w.person_id = target;
  delete from public.account_team t where t.person_id = target;
  delete from public.absences b where b.person_id = target;
  update public.absences b set substitute_id = null where b.substitute_id = target;
  delete from public.staff_roles r where r.person_id = target;
  delete from public.notifications n where n.person_id = target;
  delete from public.notification_choices c where c.person_id = target;
  delete from public.notification_settings s where s.person_id = target;
  delete from public.person_visits v where v.person_id = target;
  delete from public.unsubscribe_keys k where k.person_id = target;
  delete from public.idea_view_defaults d where d.person_id = target;
  delete from public.idea_followers f where f.person_id = target;
  delete from public.recovery_codes c where c.person_id = target;
  delete from public.session_proofs s where s.person_id = target;

  -- What others were told of what this person did.
  update public.notifications n
  set facts = n.facts || jsonb_build_object('who', 'Erased person')
  from public.events e
  where e.actor_id = target and n.event_id = e.id and n.facts ->> 'who' = who.display_name;
  delete from public.mail_outbox m where m.person_id = target;
  -- Letters that still wait to be sent, and those that were: a short name could be part of a word, which in a letter that is
  -- on its way must not change.
  update public.mail_outbox m
  set subject = private.without_name(m.subject, who.display_name),
    body_text = private.without_name(m.body_text, who.display_name),
    html = private.without_name(m.html, who.display_name)
  where (m.state = 'sent' or char_length(who.display_name) > 3)
    and (strpos(m.body_text, who.display_name) > 0 or strpos(m.subject, who.display_name) > 0);

  if address is not null then
    delete from public.mail_outbox m where lower(m.recipient) = lower(address);
    delete from public.mail_suppressions s where lower(s.email) = lower(address);
    update public.invitations i set email = 'erased-' || i.id || '@erased.invalid', token_hash = null,
      revoked_at = case when i.accepted_at is null then coalesce(i.revoked_at, now()) else i.revoked_at end
    where i.email = address::extensions.citext;
    select coalesce(array_agg(g.id), '{}') into grants
    from public.guest_grants g where g.email = address::extensions.citext;
    update public.events e
    set facts_hash = coalesce(e.facts_hash, sha256(convert_to(e.facts::text, 'UTF8'))),
      facts = e.facts || jsonb_build_object('guest_name', 'Erased person')
    from public.guest_grants g
    where g.id = any (grants) and e.account_id = g.account_id and e.facts ->> 'guest' = g.id::text and e.facts ? 'guest_name';
    update public.guest_grants g set email = 'erased-' || g.id || '@erased.invalid', display_name = 'Erased person',
      revoked_at = coalesce(g.revoked_at, now())
    where g.id = any (grants);
    delete from public.guest_keys k where k.grant_id = any (grants);
    delete from public.guest_browsers b where b.grant_id = any (grants);
    update public.account_merge_moves m
    set kept = m.kept || jsonb_build_object('email', 'erased-' || m.seq || '@erased.invalid')
    where lower(m.kept ->> 'email') = lower(address);
    update public.account_import_rows r set cells = '{}' where lower(r.cells ->> 'email') = lower(address);
  end if;
  -- After the readable copies of briefs, by which it finds those that speak of the person.
  perform graphile_worker.add_job('erase_mentions', json_build_object('person', target),
    run_at => now() + interval '10 seconds', job_key => 'erase_mentions:' || target);
  outcome := 'ok';
  return next;
end
$$;

-- What names a person by their id or address alone, where no foreign key leads to them; as far as they could read it themselves.
create function private.data_about_person(target uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  address text := (select c.email::text from public.person_contacts c where c.person_id = target);
  theirs uuid := (select p.account_id from public.people p where p.id = target);
begin
  if private.judge_person_data(target) <> 'yes' then
    raise insufficient_privilege using message = 'managers and admins hand over data';
  end if;
  return jsonb_build_object(
    'events', (select jsonb_agg(jsonb_build_object('name', e.name, 'facts', e.facts, 'happened_at', e.happened_at))
      from public.events e where e.subject_id = target and e.subject_kind = 'person' and e.audience = 'both'),
    'invitations', (select jsonb_agg(jsonb_build_object('email', i.email, 'role', i.role, 'created_at', i.created_at,
        'accepted_at', i.accepted_at, 'revoked_at', i.revoked_at))
      from public.invitations i where i.email = address::extensions.citext),
    'guest_access', (select jsonb_agg(jsonb_build_object('id', g.id, 'email', g.email, 'display_name', g.display_name,
        'object', g.object_name, 'rights', g.rights, 'expires_at', g.expires_at, 'last_seen_at', g.last_seen_at,
        'said', (select jsonb_agg(jsonb_build_object('body', c.body, 'created_at', c.created_at))
          from public.idea_comments c where c.guest_grant_id = g.id)))
      from public.guest_grants g where g.email = address::extensions.citext),
    'mentioned_in_comments', (select jsonb_agg(jsonb_build_object('id', c.id, 'body', c.body, 'created_at', c.created_at))
      from public.idea_comments c where target = any (c.mentions) and (theirs is null or c.account_id = theirs)),
    'mentioned_in_briefs', (select jsonb_agg(jsonb_build_object('idea', b.idea_id, 'updated_at', b.updated_at))
      from public.idea_briefs b where strpos(b.doc::text, target::text) > 0 and (theirs is null or b.account_id = theirs)),
    'imported', (select jsonb_agg(jsonb_build_object('email', r.cells ->> 'email', 'at', i.created_at))
      from public.account_import_rows r join public.account_imports i on i.id = r.import_id
      where lower(r.cells ->> 'email') = lower(address)),
    'undeliverable', (select jsonb_agg(jsonb_build_object('email', s.email, 'said', s.said, 'created_at', s.created_at))
      from public.mail_suppressions s where lower(s.email) = lower(address))
  );
end
$$;
grant execute on function private.data_about_person(uuid) to portal_staff;
