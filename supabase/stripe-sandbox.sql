-- What the local stand-in for Stripe keeps. It is no part of Tandem's own data: the stand-in makes it where no STRIPE_SECRET_KEY
-- is set, and nothing but the stand-in reads it.
create schema if not exists stripe_sandbox authorization supabase_gateway;

create table if not exists stripe_sandbox.objects (
  id text primary key,
  kind text not null,
  seq bigint generated always as identity,
  -- In seconds of the stand-in's own clock.
  created bigint not null,
  -- As the API gives it, with the ids of other objects.
  body jsonb not null,
  -- What the API never shows: the number of a card, and what it will do.
  hidden jsonb not null default '{}'
);
create index if not exists objects_kind_seq on stripe_sandbox.objects (kind, seq desc);
create index if not exists objects_payment_intent on stripe_sandbox.objects ((body ->> 'payment_intent')) where body ? 'payment_intent';
create index if not exists objects_customer on stripe_sandbox.objects ((body ->> 'customer')) where body ? 'customer';

-- The answer to every request that named a key, kept in the transaction that did what it asked for.
create table if not exists stripe_sandbox.answers (
  key text primary key,
  fingerprint bytea not null,
  status integer not null,
  body jsonb not null,
  request_id text not null,
  at bigint not null
);

-- What happens by itself at a moment of the stand-in's clock.
create table if not exists stripe_sandbox.due (
  id bigint generated always as identity primary key,
  object_id text not null,
  what text not null,
  at bigint not null
);
create index if not exists due_at on stripe_sandbox.due (at);

create table if not exists stripe_sandbox.deliveries (
  id bigint generated always as identity primary key,
  event_id text not null,
  due_ms bigint not null,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'given-up', 'dropped'))
);
create index if not exists deliveries_due on stripe_sandbox.deliveries (due_ms) where state = 'waiting';
create index if not exists deliveries_event on stripe_sandbox.deliveries (event_id);

create table if not exists stripe_sandbox.settings (name text primary key, value bigint not null);

alter table stripe_sandbox.objects owner to supabase_gateway;
alter table stripe_sandbox.answers owner to supabase_gateway;
alter table stripe_sandbox.due owner to supabase_gateway;
alter table stripe_sandbox.deliveries owner to supabase_gateway;
alter table stripe_sandbox.settings owner to supabase_gateway;
