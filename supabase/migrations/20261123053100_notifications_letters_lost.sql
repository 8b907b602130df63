-- Staff are told when the last letter to somebody did not arrive, or when nobody knows whether it did.

create index mail_outbox_recipient on public.mail_outbox (lower(recipient), created_at desc, id desc);

-- Of each of these people whose last letter that is over was not delivered: where it went, how it ended and when it was written.
create function private.letters_lost(people uuid[])
  returns table (person_id uuid, email text, state text, said text, written_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select c.person_id, c.email::text, last.state, left(coalesce(last.error, ''), 500), last.created_at
  from public.person_contacts c
  cross join lateral (
    select m.state, m.error, m.created_at
    from public.mail_outbox m
    where lower(m.recipient) = lower(c.email::text) and m.state in ('sent', 'failed', 'uncertain')
    order by m.created_at desc, m.id desc
    limit 1
  ) last
  where c.person_id = any (people) and last.state <> 'sent'
$$;
grant execute on function private.letters_lost(uuid[]) to portal_staff;
