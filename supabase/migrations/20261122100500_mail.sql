-- Mail waiting to go out, and what became of it.

create table public.mail_outbox (
  id uuid primary key default private.uuid_v7(),
  recipient text not null check (recipient ~ '^[^@[:cntrl:]]+@[^@[:cntrl:]]+$' and char_length(recipient) <= 320),
  language text not null check (language in ('en', 'uk', 'ru', 'zh')),
  subject text not null check (subject !~ '[[:cntrl:]]' and char_length(subject) between 1 and 300),
  html text not null,
  body_text text not null,
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed')),
  attempts integer not null default 0,
  error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mail_outbox_newest on public.mail_outbox (created_at desc, id desc);
create index mail_outbox_queued on public.mail_outbox (id) where state = 'queued';

-- A letter and the job that sends it commit together.
create function private.enqueue_mail() returns trigger
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job('send_mail', json_build_object('id', new.id), job_key => 'send_mail:' || new.id);
  return null;
end
$$;
create trigger mail_outbox_enqueue after insert on public.mail_outbox
  for each row execute function private.enqueue_mail();

alter table public.mail_outbox enable row level security;
alter table public.mail_outbox force row level security;
grant select, insert, update, delete on public.mail_outbox to service_role;
create policy "the system reads mail" on public.mail_outbox for select to service_role using (true);
create policy "the system queues mail" on public.mail_outbox for insert to service_role with check (true);
create policy "the system notes what was sent" on public.mail_outbox for update to service_role
  using (true) with check (true);
create policy "the system drops old mail" on public.mail_outbox for delete to service_role using (true);
