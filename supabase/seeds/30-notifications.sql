-- What people of the demo world were told, from what happened there: to Metis' owner, Hanlin's engineer and the designer. The newest
-- are unread. Ids and persons are in tests/personas.ts.

insert into public.notifications (id, person_id, account_id, kind, event_id, subject_kind, subject_id, path, facts, read_at,
  mail_state, created_at)
select pg_temp.id_of(told.happened_at), told.person, told.account, told.kind, told.event_id, 'idea', told.idea, told.path,
  jsonb_strip_nulls(told.facts), case when told.place > told.unread then told.happened_at + interval '3 hours' end,
  'none', told.happened_at
from (
  select reader.person, reader.account, reader.unread, e.id as event_id, e.subject_id as idea, e.happened_at,
    case e.name when 'idea.commented' then 'comment' when 'idea.submitted' then 'idea' else 'status' end as kind,
    reader.prefix || '/ideas/' || e.subject_id || coalesce('#' || (e.facts ->> 'comment'), '') as path,
    jsonb_build_object(
      'says', case e.name when 'idea.commented' then 'commented' when 'idea.submitted' then 'suggested' else 'moved' end,
      'title', i.title, 'who', who.display_name, 'excerpt', left(c.body, 280), 'from', before.names, 'to', after.names
    ) as facts,
    row_number() over (partition by reader.person order by e.happened_at desc) as place
  from (values
    (pg_temp.demo_id('0b', '01'), pg_temp.demo_id('0a', 'a1'), '', 3),
    (pg_temp.demo_id('0b', '04'), pg_temp.demo_id('0a', 'a2'), '', 1),
    (pg_temp.demo_id('0b', '11'), null::uuid, '/staff', 4)
  ) as reader (person, account, prefix, unread)
  join public.events e on e.account_id = reader.account or reader.account is null
  join public.ideas i on i.id = e.subject_id
  left join public.people who on who.id = e.actor_id
  left join public.idea_comments c on c.id::text = e.facts ->> 'comment'
  left join public.idea_statuses before on before.id = e.facts ->> 'from'
  left join public.idea_statuses after on after.id = e.facts ->> 'to'
  where e.actor_id is distinct from reader.person
    and e.audience = 'both' and e.subject_kind = 'idea'
    and (e.name in ('idea.commented', 'idea.status_changed') or (e.name = 'idea.submitted' and reader.account is null))
    and (e.name <> 'idea.commented' or c.id is not null)
    and (e.name <> 'idea.status_changed' or after.id is not null)
) told
where told.place <= 26;

-- The engineer sleeps while Europe works, and reads once a day.
insert into public.notification_settings (person_id, quiet_from, quiet_to, digest_hour)
values (pg_temp.demo_id('0b', '04'), 21, 7, 9);
insert into public.notification_choices (person_id, kind, how) values
  (pg_temp.demo_id('0b', '04'), 'comment', 'daily'),
  (pg_temp.demo_id('0b', '04'), 'support', 'off');

-- A key that everybody knows, so that tests can write the unsubscribe link of one demo person.
insert into public.unsubscribe_keys (person_id, key) values (pg_temp.demo_id('0b', '03'), sha256('tandem demo'));

-- Somebody who left, and whose mailbox left with them.
insert into public.mail_suppressions (email, said, created_at)
select lower(c.email::text), '550 5.1.1 No such mailbox', now() - interval '40 days'
from public.person_contacts c join public.people p on p.id = c.person_id where p.removed_at is not null
order by p.removed_at limit 1;
