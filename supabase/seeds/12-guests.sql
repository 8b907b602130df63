-- Guests of the demo world: a reviewer whom Metis' owner asked to read "Stiffer joint", one whose time is over, and one who
-- was shown out again. The links reached them in another way than by our mail; `npm run demo` tells the reviewer's, and the
-- code that it asks for is at /dev/mail.

insert into public.guest_grants (id, account_id, object_kind, object_id, object_name, email, display_name, language, rights,
  expires_at, revoked_at, revoked_by, link_asked_at, created_at, created_by)
select g.id::uuid, i.account_id, 'idea', i.id, i.title, g.email, g.display_name, g.language, g.rights,
  now() + g.until, now() + g.revoked, case when g.revoked is not null then '0b000000-0000-4000-8000-000000000001'::uuid end,
  null, now() + g.made, '0b000000-0000-4000-8000-000000000001'
from (values
  ('0e000000-0000-4000-8000-000000000001', 'reviewer@guest.example', 'Ida Reuter', 'en', 'comment',
    interval '60 days', null::interval, interval '-2 days'),
  ('0e000000-0000-4000-8000-000000000002', 'tester@guest.example', 'Олена Вовк', 'uk', 'view',
    interval '-3 days', null, interval '-17 days'),
  ('0e000000-0000-4000-8000-000000000003', 'agency@guest.example', 'Kontor Nord', 'en', 'edit',
    interval '20 days', interval '-1 day', interval '-9 days')
) as g (id, email, display_name, language, rights, until, revoked, made)
join public.ideas i on i.id = '000d0000-0000-7000-8000-000000000021';

insert into public.guest_keys (grant_id, token_hash)
values
  ('0e000000-0000-4000-8000-000000000001', sha256('demo-link-of-ida-reuter-for-stiffer-joint-0001')),
  ('0e000000-0000-4000-8000-000000000002', sha256('demo-link-of-olena-vovk-for-stiffer-joint-00002')),
  ('0e000000-0000-4000-8000-000000000003', sha256('demo-link-of-kontor-nord-for-stiffer-joint-0003'));
