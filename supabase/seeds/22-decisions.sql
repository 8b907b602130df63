-- What Metis and the maker settled: one that both sides signed, after it was reopened once; one that waits; one that somebody does
-- not agree to yet; and a draft. After 20; uses the short forms of seed.sql. What happened stands in the log (24). Ids are in tests/personas.ts.

create function pg_temp.decision_id(nn int) returns uuid language sql immutable as
  $$ select ('000dec00-0000-7000-8000-' || lpad(nn::text, 12, '0'))::uuid $$;

-- The bytes that app/decisions/source.ts takes its hashes over.
create function pg_temp.json_list(parts text[]) returns text language sql immutable as
  $$ select '[' || array_to_string(array(select to_json(part)::text from unnest(parts) part), ',') || ']' $$;

-- A draft of the first revision, quoting the comment of idea nn that begins with these words.
create function pg_temp.decide(number_ int, nn int, said text, who text, ago interval, title text, reason text, rejected text[])
returns void language plpgsql as $$
declare
  made uuid := pg_temp.decision_id(number_);
  quoted idea_comments;
  moment timestamptz := pg_temp.at(ago, title);
begin
  select * into strict quoted from idea_comments where idea_id = pg_temp.idea_id(nn) and body like said;
  insert into decisions (id, account_id, idea_id, made_by, created_at)
  values (made, quoted.account_id, quoted.idea_id, pg_temp.demo_id('0b', who), moment);
  insert into decision_revisions (decision_id, account_id, number, title, reason, rejected, search_tokens, written_by, created_at)
  values (made, quoted.account_id, 1, title, reason, rejected,
    pg_temp.tokens(title || E'\n' || reason || E'\n' || array_to_string(rejected, E'\n')), pg_temp.demo_id('0b', who), moment);
  insert into decision_sources (decision_id, account_id, kind, object_id, quote, author_id, written_at, sha256, created_at)
  values (made, quoted.account_id, 'comment', quoted.id, quoted.body, quoted.author_id, quoted.created_at,
    sha256(convert_to(pg_temp.json_list(array['comment', quoted.id::text, quoted.body, quoted.author_id::text,
      to_char(date_trunc('milliseconds', quoted.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')]), 'UTF8')), moment);
end $$;

-- Asks people about the newest revision.
create function pg_temp.ask(number_ int, who text, ago interval, people_ text[]) returns void language plpgsql as $$
declare
  one decision_revisions;
  hash bytea;
begin
  select r.* into strict one from decision_revisions r join decisions d on d.id = r.decision_id and d.number = r.number
    where d.id = pg_temp.decision_id(number_);
  select sha256(convert_to('[' || to_json(one.decision_id::text)::text || ',' || one.number || ',' || to_json(one.title)::text || ','
    || to_json(one.reason)::text || ',' || pg_temp.json_list(one.rejected) || ','
    || pg_temp.json_list(array_agg(encode(s.sha256, 'hex') order by s.id)) || ']', 'UTF8')) into hash
  from decision_sources s where s.decision_id = one.decision_id;
  update decision_revisions set asked_at = pg_temp.at(ago, one.title), asked_by = pg_temp.demo_id('0b', who), document_hash = hash
    where id = one.id;
  insert into decision_signatures (revision_id, person_id, decision_id, account_id)
  select one.id, pg_temp.demo_id('0b', person), one.decision_id, one.account_id from unnest(people_) person;
end $$;

-- Answers the newest revision; null agrees.
create function pg_temp.answer(number_ int, who text, ago interval, not_yet text) returns void language sql as $$
  update decision_signatures s set answer = case when not_yet is null then 'agree' else 'not-yet' end, reason = not_yet,
    answered_at = pg_temp.at(ago, r.title || who), document_hash = case when not_yet is null then r.document_hash end
  from decisions d join decision_revisions r on r.decision_id = d.id and r.number = d.number
  where d.id = pg_temp.decision_id(number_) and s.revision_id = r.id and s.person_id = pg_temp.demo_id('0b', who)
$$;

create function pg_temp.reopen(number_ int, who text, ago interval, title_ text, reason_ text) returns void language sql as $$
  insert into decision_revisions (decision_id, account_id, number, title, reason, rejected, search_tokens, written_by, created_at)
  select d.id, d.account_id, d.number + 1, title_, reason_, r.rejected,
    pg_temp.tokens(title_ || E'\n' || reason_ || E'\n' || array_to_string(r.rejected, E'\n')),
    pg_temp.demo_id('0b', who), pg_temp.at(ago, title_)
  from decisions d join decision_revisions r on r.decision_id = d.id and r.number = d.number where d.id = pg_temp.decision_id(number_)
$$;

select pg_temp.decide(1, 21, 'We measured three lamps%', '11', '19 days', 'The middle joint gets a wave washer',
  'The play is in the middle joint: 1.8 degrees with the flat washer of batch 26-03. A wave washer takes it up and wears in with the joint.',
  array['A silicone ring below the washer: Metis tried it, and it loosens within a month', 'A stronger spring in the arm: it lifts the head when nobody holds it']);
select pg_temp.ask(1, '11', '18 days', array['02', '11']);
select pg_temp.answer(1, '11', '18 days', null);
select pg_temp.answer(1, '02', '16 days', 'Please say which joint of which size: there are two in the middle.');
select pg_temp.reopen(1, '11', '15 days', 'The lower middle joint gets a wave washer of 14 mm',
  'The play is in the lower middle joint: 1.8 degrees with the flat washer of batch 26-03. A wave washer of 14 mm takes it up and wears in with the joint.');
select pg_temp.ask(1, '11', '14 days', array['02', '11']);
select pg_temp.answer(1, '11', '13 days', null);
select pg_temp.answer(1, '02', '12 days', null);

select pg_temp.decide(2, 25, '46 is fine.', '14', '12 days', '46 lamps on a pallet, in the flat box',
  'The flat head lets 46 boxes stand on a European pallet, and Metis can work with that number.', array['48 on an American pallet: nobody in Europe takes those']);
select pg_temp.ask(2, '11', '11 days', array['02', '14', '11']);
select pg_temp.answer(2, '11', '11 days', null);
select pg_temp.answer(2, '14', '10 days', 'I want to see one box after the drop test first.');

select pg_temp.decide(3, 21, 'The samples are here.%', '11', '9 days', 'One hand moves the arm with 6 newtons at most',
  'The new joint stands still at 60 cm. A fitter finds it hard to move, so the force is settled together with the stiffness.', '{}');
select pg_temp.ask(3, '13', '4 days', array['01', '02', '11', '13']);
select pg_temp.answer(3, '13', '4 days', null);

select pg_temp.decide(4, 21, 'It is planned for the spring batch.%', '02', '2 days', 'The stiffer joint comes with the spring batch',
  'Planned, once the cold test is passed.', '{}');
