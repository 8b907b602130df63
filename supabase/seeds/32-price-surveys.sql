-- What people stated about prices: a meter that is over, a ladder that is open, a draft. After 24; uses the short forms of seed.sql.
-- Ids are in tests/personas.ts.

create function pg_temp.survey_id(nn int) returns uuid language sql immutable as
  $$ select ('0005e700-0000-7000-8000-' || lpad(nn::text, 12, '0'))::uuid $$;

insert into price_surveys (id, idea_id, method, title, subject, currency, ladder, made_by, created_at, opened_at, closes_at) values
  (pg_temp.survey_id(1), pg_temp.idea_id(15), 'meter', 'A light source that lasts ten years',
    E'A desk lamp as it is today, with a light source that we guarantee for ten years and that you can change yourselves.\n\nOne lamp, without tax, delivered in a batch of twenty or more.',
    'EUR', '{}', pg_temp.demo_id('0b', '12'), now() - interval '40 days', now() - interval '39 days', now() - interval '20 days'),
  (pg_temp.survey_id(2), pg_temp.idea_id(21), 'ladder', 'The stiffer joint, as an option',
    E'The brass joint of the brief “Stiffer joint”: no play at 60 cm, ten years of guarantee.\n\nWhat you would pay for it on top of the lamp, for one lamp, without tax.',
    'EUR', '{2000,3500,5000,7000,9000,12000}', pg_temp.demo_id('0b', '13'), now() - interval '5 days', now() - interval '4 days', now() + interval '16 days'),
  (pg_temp.survey_id(3), pg_temp.idea_id(26), 'meter', 'A socket in the foot',
    'A lamp whose foot has a USB-C socket with 65 W. One lamp, without tax.',
    'EUR', '{}', pg_temp.demo_id('0b', '12'), now() - interval '1 day', null, now() + interval '30 days'),
  -- Of Metis alone, as its idea is.
  (pg_temp.survey_id(4), pg_temp.idea_id(13), 'meter', 'A longer arm for wide tables',
    'The arm of your idea, 85 cm long, with the joint that holds it there. One lamp, without tax.',
    'EUR', '{}', pg_temp.demo_id('0b', '12'), now() - interval '3 days', now() - interval '2 days', now() + interval '12 days');

insert into price_survey_accounts (survey_id, account_id)
select pg_temp.survey_id(survey), pg_temp.demo_id('0a', account)
from unnest(array[1, 2, 3]) survey cross join unnest(array['a1', 'a2', 'a3']) account
union all select pg_temp.survey_id(4), pg_temp.demo_id('0a', 'a1');

insert into price_survey_answers
  (survey_id, account_id, person_id, begun_at, finished_at, too_cheap, cheap, expensive, too_expensive, shown, buys)
select pg_temp.survey_id(survey), person.account_id, person.id, now() - ago, case when is_whole then now() - ago end,
  meter[1], meter[2], meter[3], meter[4], shown, buys
from (values
  (1, '01', interval '38 days', true, array[9000, 14000, 21000, 28000]::bigint[], '{}'::bigint[], '{}'::boolean[]),
  (1, '02', interval '37 days', true, array[8000, 12000, 19000, 26000], '{}', '{}'),
  (1, '04', interval '36 days', true, array[7000, 11000, 16000, 22000], '{}', '{}'),
  -- Cheap above expensive: left out, and counted.
  (1, '05', interval '30 days', true, array[5000, 24000, 15000, 20000], '{}', '{}'),
  (2, '04', interval '3 days', true, null, '{7000,3500,5000}', '{f,t,f}'),
  (2, '05', interval '2 days', true, null, '{7000,12000,9000}', '{t,f,t}'),
  (2, '02', interval '1 day', false, null, '{7000}', '{t}')
) as stated (survey, who, ago, is_whole, meter, shown, buys)
join people person on person.id = pg_temp.demo_id('0b', who);
