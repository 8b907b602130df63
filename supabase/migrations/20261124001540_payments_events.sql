-- What Stripe tells us, each event once under its own id. A hint that something moved, never how it stands: that is asked of Stripe.
create table public.stripe_events (
  id text primary key check (id ~ '^evt_[A-Za-z0-9_]{1,200}$'),
  kind text not null check (char_length(kind) between 1 and 100),
  -- The thing that moved, as Stripe names it.
  object_id text check (char_length(object_id) between 1 and 255),
  payload jsonb not null check (octet_length(payload::text) <= 1048576),
  happened_at timestamptz not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  error text check (char_length(error) <= 2000)
);
create index stripe_events_waiting on public.stripe_events (received_at) where processed_at is null;
create index stripe_events_object_id on public.stripe_events (object_id);

alter table public.stripe_events enable row level security;
alter table public.stripe_events force row level security;
grant select, insert, update on public.stripe_events to service_role;
create policy "the system reads what Stripe told" on public.stripe_events for select to service_role using (true);
create policy "the system keeps what Stripe told" on public.stripe_events for insert to service_role with check (true);
create policy "the system notes what became of it" on public.stripe_events for update to service_role using (true) with check (true);
