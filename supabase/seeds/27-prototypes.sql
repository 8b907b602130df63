-- What is shown for review: the joint of "Stiffer joint", whose first version Metis reviews, and a second one being put together.
-- After 24; uses the short forms of seed.sql. Ids are in tests/personas.ts.

create function pg_temp.shown_id(nn int) returns uuid language sql immutable as
  $$ select ('000a0000-0000-7000-8000-' || lpad(nn::text, 12, '0'))::uuid $$;

insert into prototypes (id, idea_id, name, created_by, created_at)
values (pg_temp.shown_id(1), pg_temp.idea_id(21), 'Lower joint with the wave washer', pg_temp.demo_id('0b', '11'), now() - interval '8 days');

insert into prototype_versions (id, prototype_id, number, notes, created_by, created_at)
values (pg_temp.shown_id(11), pg_temp.shown_id(1), 1, 'The washer is the one of 14 mm. The sample stands still at 60 cm.',
  pg_temp.demo_id('0b', '11'), now() - interval '8 days');
insert into prototype_files (id, version_id, uploaded_by, name, kind, address, byte_size, state, sha256)
values
  (pg_temp.shown_id(21), pg_temp.shown_id(11), pg_temp.demo_id('0b', '11'), 'Sample of the arm, serial 7', 'sample', null, 0, 'ready',
    sha256('sample of the arm, serial 7')),
  (pg_temp.shown_id(22), pg_temp.shown_id(11), pg_temp.demo_id('0b', '11'), 'Cold test, measured values', 'web',
    'https://tests.tandem.example/joint/cold', 0, 'ready', sha256('cold test'));
-- Files come to a draft alone, so that it is published only now.
update prototype_versions set published_at = now() - interval '7 days', published_by = pg_temp.demo_id('0b', '11'),
  fingerprint = sha256((select string_agg(f.sha256, ''::bytea order by f.id) from prototype_files f where f.version_id = pg_temp.shown_id(11)))
where id = pg_temp.shown_id(11);

insert into prototype_releases (id, version_id, account_id, released_by, released_from, created_at)
values (pg_temp.shown_id(31), pg_temp.shown_id(11), pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('0b', '11'),
  now() - interval '6 days', now() - interval '6 days');
insert into prototype_stages (id, version_id, account_id, position, name, rule, due_at, opened_at, created_by)
values (pg_temp.shown_id(41), pg_temp.shown_id(11), pg_temp.demo_id('0a', 'a1'), 1, 'First look', 'all',
  now() - interval '1 day', now() - interval '6 days', pg_temp.demo_id('0b', '11'));
insert into prototype_reviewers (id, stage_id, version_id, account_id, person_id, created_by)
values
  (pg_temp.shown_id(51), pg_temp.shown_id(41), pg_temp.shown_id(11), pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('0b', '01'), pg_temp.demo_id('0b', '11')),
  (pg_temp.shown_id(52), pg_temp.shown_id(41), pg_temp.shown_id(11), pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('0b', '02'), pg_temp.demo_id('0b', '11'));
insert into prototype_verdicts (id, reviewer_id, version_id, account_id, verdict, words, fingerprint, given_at)
select pg_temp.shown_id(61), pg_temp.shown_id(52), v.id, pg_temp.demo_id('0a', 'a1'), 'request-changes',
  'One hand is enough, but the lever catches a sleeve.', v.fingerprint, now() - interval '3 days'
from prototype_versions v where v.id = pg_temp.shown_id(11);

insert into prototype_versions (id, prototype_id, number, notes, created_by, created_at)
values (pg_temp.shown_id(12), pg_temp.shown_id(1), 2, 'A rounder lever.', pg_temp.demo_id('0b', '11'), now() - interval '1 day');
insert into prototype_files (id, version_id, uploaded_by, name, kind, byte_size, state, sha256)
values (pg_temp.shown_id(23), pg_temp.shown_id(12), pg_temp.demo_id('0b', '11'), 'Sample of the lever', 'sample', 0, 'ready',
  sha256('sample of the lever'));
