-- Who supports and follows which idea, what is shared, merged and tagged. After 10 to 22; uses the short forms of seed.sql.

create function pg_temp.supports(nn int, who text, ago interval, words text) returns void language sql as $$
  insert into idea_support (id, idea_id, account_id, person_id, comment, created_at)
  select pg_temp.id_of(pg_temp.at(ago, nn || who)), pg_temp.idea_id(nn), account_id, id, words, pg_temp.at(ago, nn || who)
  from people where id = pg_temp.demo_id('0b', who)
$$;

create function pg_temp.supports_by_staff(nn int, account text, who text, source text, staff text, ago interval, words text) returns void
language sql as $$
  insert into idea_support (id, idea_id, account_id, person_id, comment, source, said_on, on_behalf_by, created_at)
  values (pg_temp.id_of(pg_temp.at(ago, nn || account)), pg_temp.idea_id(nn), pg_temp.demo_id('0a', account), pg_temp.demo_id('0b', who),
    words, source, (now() - ago)::date, pg_temp.demo_id('0b', staff), pg_temp.at(ago, nn || account))
$$;

-- ---------------------------------------------------------------- shared with all customers

update ideas set visibility = 'all_customers' where id in (
  select pg_temp.idea_id(nn) from unnest(array[21, 15, 14, 9, 28, 26, 16, 18, 20]) nn);

-- ---------------------------------------------------------------- support

select pg_temp.supports(21, '04', '25 days', '我们的实验室里也一样：伸到 60 厘米以后，灯臂会晃三四秒。');
select pg_temp.supports(29, '02', '6 days', 'Two of our clients asked for the same in the same week.');
select pg_temp.supports(13, '01', '60 days', 'Кожен другий проєкт цього року.');
select pg_temp.supports(15, '02', '50 days', null);
select pg_temp.supports(15, '04', '45 days', '我们的客户要求十年以上的使用寿命。');
select pg_temp.supports_by_staff(15, 'a3', '05', 'call', '13', '30 days', 'Marieke: customers ask at the till how long the light lasts.');
select pg_temp.supports(26, '04', '17 days', null);
select pg_temp.supports(26, '01', '9 days', 'У переговорних немає інших розеток.');
select pg_temp.supports_by_staff(26, 'a3', null, 'fair', '11', '12 days', 'Said at the stand in Utrecht, by two people of theirs.');
select pg_temp.supports(16, '02', '33 days', 'For bedrooms in the hotel we fit out.');
select pg_temp.supports(9, '02', '70 days', null);
select pg_temp.supports(36, '04', '20 hours', '工人每次都打电话来问。');
select pg_temp.supports(18, '05', '44 days', null);
select pg_temp.supports(28, '04', '8 days', null);
update idea_support set withdrawn_at = now() - interval '2 days' where idea_id = pg_temp.idea_id(28);
select pg_temp.supports(192, '05', '35 days', 'For all eleven shops, please.');
update idea_support set withdrawn_at = now() - interval '27 days' where idea_id = pg_temp.idea_id(192);
select pg_temp.supports(30, '05', '8 days', null);
select pg_temp.supports_by_staff(31, 'a2', '04', 'visit', '13', '3 days', 'They showed us three lamps with rust at the lower joint.');

-- ---------------------------------------------------------------- files that are no files yet

-- Those that are whole are sent when the installation runs (server/local/demo-files.ts). No job looks at these: the film stays
-- under examination, the telephone's picture stays refused, and the last one never arrived.
insert into idea_attachments (id, account_id, idea_id, uploaded_by, name, byte_size, state, refusal, created_at, claimed_at)
select pg_temp.id_of(sent.at), i.account_id, case when sent.state <> 'uploading' then i.id end, i.author_id, sent.name, sent.size,
  sent.state, sent.refusal, sent.at, case when sent.state <> 'uploading' then sent.at end
from ideas i cross join lateral (values
  ('nido-in-the-afternoon.mp4', 18734211, 'checking', null, i.created_at),
  ('IMG_2207.heic', 2381904, 'refused', 'not-taken', i.created_at),
  ('window-in-utrecht.jpg', 3120448, 'uploading', null, now())
) sent (name, size, state, refusal, at)
where i.id = pg_temp.idea_id(191);

-- ---------------------------------------------------------------- one idea of two accounts, followed up together

update ideas set merged_into = pg_temp.idea_id(9), merged_at = pg_temp.at('3 hours', '36') where id = pg_temp.idea_id(36);
select private.recount_support(pg_temp.idea_id(9));

-- ---------------------------------------------------------------- owners and tags

update ideas set owner_id = pg_temp.demo_id('0b', who)
from (values (21, '11'), (29, '11'), (13, '14'), (15, '11'), (26, '11'), (30, '13'), (31, '14'), (18, '13')) owned (nn, who)
where ideas.id = pg_temp.idea_id(nn);
-- Whoever sets such things raises the revision; the demo's stories count the moves alone.
update ideas set revision = 1 + (select count(*) from events where subject_id = ideas.id and name = 'idea.status_changed');

insert into tags (id, name, created_by, created_at)
select pg_temp.demo_id('0e', nn), name, pg_temp.demo_id('0b', '11'), now() - interval '90 days'
from (values ('01', 'mechanics'), ('02', 'light'), ('03', 'packaging'), ('04', 'supplier Kallmeier'), ('05', 'quick win')) t (nn, name);
insert into idea_tags (idea_id, tag_id, created_by, created_at)
select pg_temp.idea_id(nn), pg_temp.demo_id('0e', tag), pg_temp.demo_id('0b', '11'), now() - interval '2 days'
from (values (21, '01'), (21, '04'), (29, '02'), (13, '01'), (16, '02'), (33, '03'), (25, '03'), (8, '03'), (14, '05'), (31, '01'), (22, '02')) t (nn, tag);

-- ---------------------------------------------------------------- who follows, and what people thought of what was said

insert into idea_followers (idea_id, person_id, account_id, created_at)
select watch.idea_id, watch.person_id, people.account_id, now() - interval '1 day'
from (
  select id as idea_id, author_id as person_id from ideas
  union select idea_id, author_id from idea_comments
  union select idea_id, person_id from idea_support where withdrawn_at is null and on_behalf_by is null
) watch join people on people.id = watch.person_id and people.removed_at is null;

insert into idea_reactions (comment_id, person_id, reaction, account_id)
select c.id, pg_temp.demo_id('0b', who), reaction, c.account_id
from (values
  (21, 'We measured three lamps%', '01', 'thanks'), (21, 'We measured three lamps%', '02', 'thanks'),
  (21, 'The samples are here%', '11', 'great'), (21, 'The samples are here%', '13', 'great'),
  (21, 'На виставці%', '11', 'looking'), (25, '46 is fine.', '14', 'agree'), (1, 'Understood%', '11', 'thanks')
) r (nn, words, who, reaction) join idea_comments c on c.idea_id = pg_temp.idea_id(nn) and c.body like words;
insert into idea_note_reactions (note_id, person_id, reaction)
select id, pg_temp.demo_id('0b', '13'), 'agree' from idea_notes where body like 'Wave washer adds%';

-- ---------------------------------------------------------------- the log of all that

create function pg_temp.tell(account uuid, event_name text, kind text, subject uuid, actor uuid, to_whom text, said jsonb, secret jsonb, moment timestamptz)
returns void language plpgsql as $$
declare
  previous bytea;
  next_seq bigint;
  told timestamptz;
  side text := (select people.side from people where id = actor);
  new_hash bytea;
  new_id bigint;
  secret_hash bytea := sha256(convert_to(secret::text, 'UTF8'));
begin
  select c.seq + 1, c.head into strict next_seq, previous from event_chains c where c.chain = account;
  -- Times never run backwards along a chain.
  told := greatest(moment, (select max(happened_at) from events where chain = account));
  new_hash := sha256(previous || convert_to(private.event_hash_input(account, next_seq, event_name, kind, subject, actor, side, to_whom, said, secret_hash, told), 'UTF8'));
  insert into events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side, audience, facts, staff_facts_hash, happened_at, prev_hash, hash)
  values (account, account, next_seq, event_name, kind, subject, actor, side, to_whom, said, secret_hash, told, previous, new_hash) returning id into new_id;
  if secret is not null then insert into event_staff_facts (event_id, facts) values (new_id, secret); end if;
  update event_chains set seq = next_seq, head = new_hash where chain = account;
end $$;

do $$
declare
  one record;
begin
  for one in
    select account_id, 'idea.visibility_changed' as name, id as subject, author_id as actor, 'both' as audience,
      '{"from": "account", "to": "all_customers"}'::jsonb as said, null::jsonb as secret, created_at as moment, 0 as place
      from ideas where visibility = 'all_customers'
    union all
    select account_id, 'idea.supported', idea_id, coalesce(on_behalf_by, person_id), 'both', jsonb_build_object('support', id), null, created_at, 0 from idea_support
    union all
    select account_id, 'idea.support_withdrawn', idea_id, person_id, 'both', jsonb_build_object('support', id), null, withdrawn_at, 0
      from idea_support where withdrawn_at is not null
    union all
    select account_id, 'idea.owner_changed', id, pg_temp.demo_id('0b', '13'), 'staff', jsonb_build_object('from', null, 'to', owner_id), null, now() - interval '2 days', 0
      from ideas where owner_id is not null
    union all
    select i.account_id, 'idea.merged', i.id, pg_temp.demo_id('0b', '11'), 'both', '{}', jsonb_build_object('into', i.merged_into), i.merged_at, 0
      from ideas i where i.merged_into is not null
    union all
    select account_id, 'decision.made', id, made_by, 'both', jsonb_build_object('idea', idea_id), null, created_at, 0 from decisions
    union all
    select account_id, 'decision.reopened', decision_id, written_by, 'both', jsonb_build_object('revision', number), null, created_at, 1
      from decision_revisions where number > 1
    union all
    select r.account_id, 'decision.asked', r.decision_id, r.asked_by, 'both', jsonb_build_object('revision', r.number, 'people',
        (select jsonb_agg(s.person_id) from decision_signatures s where s.revision_id = r.id), 'hash', encode(r.document_hash, 'hex')),
      null, r.asked_at, 2 from decision_revisions r where r.asked_at is not null
    union all
    select s.account_id, 'decision.answered', s.decision_id, s.person_id, 'both', jsonb_build_object('revision', r.number, 'says', s.answer), null,
      s.answered_at, 3 from decision_signatures s join decision_revisions r on r.id = s.revision_id where s.answer is not null
    union all
    select r.account_id, 'decision.agreed', r.decision_id, (array_agg(s.person_id order by s.answered_at desc))[1], 'both',
      jsonb_build_object('revision', r.number, 'hash', encode(r.document_hash, 'hex')), null, max(s.answered_at), 4
      from decision_revisions r join decision_signatures s on s.revision_id = r.id
      group by r.id having bool_and(s.answer is not distinct from 'agree')
    order by moment, place
  loop
    perform pg_temp.tell(one.account_id, one.name, split_part(one.name, '.', 1), one.subject, one.actor, one.audience, one.said, one.secret, one.moment);
  end loop;
end $$;
