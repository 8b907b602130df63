-- What we make, as far as ideas need it: the product that an idea is about, and what we ask about each.

create table public.products (
  id uuid primary key default private.uuid_v7(),
  -- A name as it stands on the lamp: the same in every language.
  name text not null unique check (char_length(name) between 1 and 80),
  state text not null default 'active' check (state in ('active', 'discontinued')),
  position integer not null default 0 check (position between 0 and 10000),
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create trigger products_next_revision before update on public.products
  for each row execute function private.next_revision();

-- A question about one product that an idea may answer. A question once asked stays, so that old answers keep their words.
create table public.product_fields (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null references public.products,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  kind text not null check (kind in ('text', 'number', 'choice', 'date')),
  names jsonb not null check (names ?& array['en', 'uk', 'ru', 'zh'] and octet_length(names::text) <= 2000),
  help jsonb check (help ?& array['en', 'uk', 'ru', 'zh'] and octet_length(help::text) <= 4000),
  required boolean not null default false,
  -- [{"key": "left", "names": {"en": …}}]
  choices jsonb not null default '[]' check (jsonb_typeof(choices) = 'array' and octet_length(choices::text) <= 16000),
  position integer not null default 0 check (position between 0 and 10000),
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (product_id, key),
  check ((kind = 'choice') = (jsonb_array_length(choices) > 0))
);
create trigger product_fields_next_revision before update on public.product_fields
  for each row execute function private.next_revision();

alter table public.products enable row level security;
alter table public.products force row level security;
alter table public.product_fields enable row level security;
alter table public.product_fields force row level security;

grant select on public.products, public.product_fields to authenticated, portal_staff, service_role;
grant insert (name, state, position), update (name, state, position) on public.products to portal_staff;
grant insert (product_id, key, kind, names, help, required, choices, position) on public.product_fields to portal_staff;
grant update (names, help, required, choices, position, retired_at) on public.product_fields to portal_staff;

create policy "clients see what is made" on public.products for select to authenticated
  using ((select private.my_person()) is not null);
create policy "staff see what is made" on public.products for select to portal_staff using (true);
create policy "designers, managers and admins add products" on public.products for insert to portal_staff
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);
create policy "designers, managers and admins change products" on public.products for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see what is asked" on public.product_fields for select to authenticated
  using ((select private.my_person()) is not null);
create policy "staff see what is asked" on public.product_fields for select to portal_staff using (true);
create policy "designers, managers and admins add questions" on public.product_fields for insert to portal_staff
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);
create policy "designers, managers and admins change questions" on public.product_fields for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);
