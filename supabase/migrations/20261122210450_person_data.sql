-- What we keep about a person: handed over as one document, and erased at their wish.

-- Whether the asking member of staff may hand over or erase the data of this person: 'yes', 'not-found', 'not-yours'.
create function private.judge_person_data(target uuid) returns text
  language plpgsql stable security definer set search_path = '' as $$
declare
  who public.people;
begin
  if current_setting('role', true) <> 'portal_staff' then return 'not-found'; end if;
  select * into who from public.people p where p.id = target;
  if not found then return 'not-found'; end if;
  return case
    when (select private.staff_roles()) && (case when who.side = 'staff' then array['admin'] else array['manager', 'admin'] end)
    then 'yes' else 'not-yours' end;
end
$$;

-- Everything that names a person: the rows of every table that refers to them, read from the catalogue, so that a table added
-- later is handed over too. Left out are secrets (hashes, tokens), search words and what is no text.
create function private.data_of_person(target uuid) returns jsonb
  language plpgsql stable security definer set search_path = '' as $$
declare
  one record;
  part jsonb;
  everything jsonb := '{}';
  address text := (select c.email::text from public.person_contacts c where c.person_id = target);
begin
  if private.judge_person_data(target) <> 'yes' then
    raise insufficient_privilege using message = 'managers and admins hand over data';
  end if;
  for one in
    select c.conrelid::regclass as rel, t.relname::text as name, a.attname::text as col,
      (select array_agg(x.attname::text) from pg_catalog.pg_attribute x
       where x.attrelid = c.conrelid and x.attnum > 0 and not x.attisdropped
         and (x.atttypid in ('bytea'::regtype, 'tsvector'::regtype) or x.attname ~ '(hash|secret|token|search)')) as hidden
    from pg_catalog.pg_constraint c
    join pg_catalog.pg_class t on t.oid = c.conrelid
    cross join lateral unnest(c.conkey, c.confkey) k (here, there)
    join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here
    join pg_catalog.pg_attribute p on p.attrelid = c.confrelid and p.attnum = k.there and p.attname = 'id'
    where c.contype = 'f' and c.confrelid = 'public.people'::regclass and c.connamespace = 'public'::regnamespace
      and t.relname not in ('account_merge_moves', 'recovery_codes', 'session_proofs')
    group by c.conrelid, t.relname, a.attname
    order by 2, 3
  loop
    execute format('select jsonb_agg(to_jsonb(t) - $2) from (select * from %s where %I = $1 limit 20000) t', one.rel, one.col)
      into part using target, coalesce(one.hidden, '{}');
    if part is not null then
      everything := everything || jsonb_build_object(one.name || '.' || one.col, part);
    end if;
  end loop;
  return jsonb_build_object(
    'person', (select to_jsonb(p) - 'user_id' from public.people p where p.id = target),
    'login', (select jsonb_build_object('email', u.email, 'created_at', u.created_at, 'last_sign_in_at', u.last_sign_in_at,
        'sessions', (select jsonb_agg(jsonb_build_object('created_at', s.created_at, 'user_agent', s.user_agent, 'ip', host(s.ip)))
          from auth.sessions s where s.user_id = u.id))
      from public.people p join auth.users u on u.id = p.user_id where p.id = target),
    'mail', (select jsonb_agg(jsonb_build_object('subject', m.subject, 'state', m.state, 'created_at', m.created_at))
      from public.mail_outbox m where lower(m.recipient) = lower(address)),
    'rows', everything
  );
end
$$;

-- Replaces what names a person and ends their access; what they wrote and what accounting needs stays, under a name that is
-- nobody's. Answers 'ok' or why not, and the login that is to be deleted.
create function private.erase_person(target uuid, typed_name text) returns table (outcome text, login uuid)
  language plpgsql volatile security definer set search_path = '' as $$
declare
  who public.people;
  address text;
  me uuid := (select private.my_person());
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
  if address is not null then
    delete from public.mail_outbox m where lower(m.recipient) = lower(address);
    update public.invitations i set email = 'erased-' || i.id || '@erased.invalid', token_hash = null,
      revoked_at = case when i.accepted_at is null then coalesce(i.revoked_at, now()) else i.revoked_at end
    where i.email = address::extensions.citext;
    update public.guest_grants g set email = 'erased-' || g.id || '@erased.invalid', display_name = 'Erased person',
      revoked_at = coalesce(g.revoked_at, now())
    where g.email = address::extensions.citext;
    update public.account_merge_moves m
    set kept = m.kept || jsonb_build_object('email', 'erased-' || m.seq || '@erased.invalid')
    where lower(m.kept ->> 'email') = lower(address);
    update public.account_import_rows r set cells = '{}' where lower(r.cells ->> 'email') = lower(address);
  end if;
  outcome := 'ok';
  return next;
end
$$;
-- After the sign-in service has deleted the login; it also goes when it is deleted there.
create function private.forget_login(target uuid) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if private.judge_person_data(target) = 'yes' then
    update public.people p set user_id = null where p.id = target and p.erased_at is not null;
  end if;
end
$$;
grant execute on function private.data_of_person(uuid), private.erase_person(uuid, text), private.forget_login(uuid),
  private.judge_person_data(uuid) to portal_staff;
