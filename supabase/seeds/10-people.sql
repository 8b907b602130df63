-- What people may spend, and who is invited: Metis' owner brings in a fitter and an architect, and admin looks for a second
-- pair of eyes in pricing. Their letters were written before this world began, so none is written now.

update people set spending_limit_minor = 200000, spending_limit_currency = 'EUR' where id = pg_temp.demo_id('0b', '01');
update people set spending_limit_minor = 1000000, spending_limit_currency = 'EUR' where id = pg_temp.demo_id('0b', '02');
update people set spending_limit_minor = 30000000, spending_limit_currency = 'JPY' where id = pg_temp.demo_id('0b', '04');

alter table invitations disable trigger invitations_enqueue;
insert into invitations (id, account_id, email, role, staff_roles, language, invited_by, token_hash, sent_at, expires_at,
  revoked_at, revoked_by, accepted_at, person_id, created_at)
values
  (pg_temp.demo_id('1e', '1'), pg_temp.demo_id('0a', 'a1'), 'fitter@metis.example', 'member', null, 'uk', pg_temp.demo_id('0b', '01'),
    sha256('demo-letter-of-invitation-to-metis-0001'), now() - interval '1 day', now() + interval '6 days',
    null, null, null, null, now() - interval '1 day'),
  (pg_temp.demo_id('1e', '2'), pg_temp.demo_id('0a', 'a1'), 'architect@metis.example', 'viewer', null, 'en', pg_temp.demo_id('0b', '01'),
    sha256('demo-letter-of-invitation-to-metis-0002'), now() - interval '12 days', now() - interval '5 days',
    null, null, null, null, now() - interval '12 days'),
  (pg_temp.demo_id('1e', '3'), pg_temp.demo_id('0a', 'a1'), 'intern@metis.example', 'member', null, 'uk', pg_temp.demo_id('0b', '01'),
    sha256('demo-letter-of-invitation-to-metis-0003'), now() - interval '20 days', now() - interval '13 days',
    now() - interval '19 days', pg_temp.demo_id('0b', '01'), null, null, now() - interval '20 days'),
  (pg_temp.demo_id('1e', '4'), pg_temp.demo_id('0a', 'a1'), 'viewer@metis.example', 'viewer', null, 'ru', pg_temp.demo_id('0b', '01'),
    sha256('demo-letter-of-invitation-to-metis-0004'), now() - interval '121 days', now() - interval '114 days',
    null, null, now() - interval '120 days', pg_temp.demo_id('0b', '03'), now() - interval '121 days'),
  (pg_temp.demo_id('1e', '5'), null, 'analyst@tandem.example', null, array['pricing', 'auditor'], 'en', pg_temp.demo_id('0b', '17'),
    sha256('demo-letter-of-invitation-to-staff-0005'), now() - interval '2 days', now() + interval '5 days',
    null, null, null, null, now() - interval '2 days');
alter table invitations enable trigger invitations_enqueue;
