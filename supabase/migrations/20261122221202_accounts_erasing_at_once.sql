-- Erasing is whole at once: briefs are looked through when a person is erased, not only ten seconds later (when those follow
-- in which they were mentioned a moment before). And a guest who is nobody's person can be erased as well.

create function private.forget_in_briefs() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('erase_mentions', json_build_object('person', new.id),
    job_key => 'erase_mentions_now:' || new.id);
  return null;
end
$$;
create trigger people_forgotten_in_briefs after update of erased_at on public.people
  for each row when (new.erased_at is not null and old.erased_at is null) execute function private.forget_in_briefs();

-- Erases a guest by their address, wherever they were invited. Answers 'ok' or why not: 'not-yours', 'not-found',
-- 'done-already', 'is-person' (whose data go with the person's).
create function private.erase_guest(target uuid) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  address extensions.citext;
  known text;
  grants uuid[];
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  select g.email into address from public.guest_grants g where g.id = target;
  if not found then return 'not-found'; end if;
  if address = ('erased-' || target || '@erased.invalid')::extensions.citext then return 'done-already'; end if;
  if exists (select from public.person_contacts c where c.email = address) then return 'is-person'; end if;
  select array_agg(g.id) into grants
  from (select x.id from public.guest_grants x where x.email = address order by x.id for update) g;

  -- By whatever name they went: of each invitation, and as the log has it from before they changed it.
  for known in
    select g.display_name from public.guest_grants g where g.id = any (grants)
    union
    select e.facts ->> 'guest_name' from public.events e
    where e.facts ->> 'guest' = any (grants::text[]) and e.facts ? 'guest_name'
      and e.account_id in (select g.account_id from public.guest_grants g where g.id = any (grants))
  loop
    update public.notifications n set facts = n.facts || jsonb_build_object('who', 'Erased person')
    from public.events e
    where n.event_id = e.id and e.facts ->> 'guest' = any (grants::text[]) and n.facts ->> 'who' = known;
    update public.mail_outbox m
    set subject = private.without_name(m.subject, known), body_text = private.without_name(m.body_text, known),
      html = private.without_name(m.html, known)
    where (m.state = 'sent' or char_length(known) > 3) and (strpos(m.body_text, known) > 0 or strpos(m.subject, known) > 0);
  end loop;
  update public.events e
  set facts_hash = coalesce(e.facts_hash, sha256(convert_to(e.facts::text, 'UTF8'))),
    facts = e.facts || jsonb_build_object('guest_name', 'Erased person')
  from public.guest_grants g
  where g.id = any (grants) and e.account_id = g.account_id and e.facts ->> 'guest' = g.id::text and e.facts ? 'guest_name';
  delete from public.mail_outbox m where lower(m.recipient) = lower(address::text);
  delete from public.mail_suppressions s where s.email = address;
  delete from public.guest_keys k where k.grant_id = any (grants);
  delete from public.guest_browsers b where b.grant_id = any (grants);
  update public.guest_grants g
  set email = 'erased-' || g.id || '@erased.invalid', display_name = 'Erased person',
    revoked_by = case when g.revoked_at is null then me else g.revoked_by end, revoked_at = coalesce(g.revoked_at, now())
  where g.id = any (grants);
  return 'ok';
end
$$;
grant execute on function private.erase_guest(uuid) to portal_staff;
