-- What can be chosen for a product, which choices go together, and what we ask for it. What a choice costs us is a table of its own.

create table public.option_groups (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null references public.products,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  names jsonb not null check (names ?& array['en', 'uk', 'ru', 'zh'] and octet_length(names::text) <= 2000),
  -- Whether more than one may be chosen, and whether one must be.
  several boolean not null default false,
  required boolean not null default false,
  position integer not null default 0 check (position between 0 and 10000),
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (product_id, key),
  unique (product_id, id)
);
create trigger option_groups_next_revision before update on public.option_groups
  for each row execute function private.next_revision();

-- Once offered it stays, so that what was configured keeps its words; it can only be withdrawn.
create table public.product_options (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null,
  group_id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  names jsonb not null check (names ?& array['en', 'uk', 'ru', 'zh'] and octet_length(names::text) <= 2000),
  lead_days integer not null default 0 check (lead_days between 0 and 1000),
  position integer not null default 0 check (position between 0 and 10000),
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (product_id, key),
  unique (product_id, id),
  foreign key (product_id, group_id) references public.option_groups (product_id, id)
);
create index product_options_product_group on public.product_options (product_id, group_id);
create trigger product_options_next_revision before update on public.product_options
  for each row execute function private.next_revision();

-- Options of one product that need or exclude each other, with the sentence for whoever chose otherwise.
create table public.option_rules (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null references public.products,
  kind text not null check (kind in ('requires', 'excludes')),
  option_id uuid not null,
  other_id uuid not null,
  sentences jsonb not null check (sentences ?& array['en', 'uk', 'ru', 'zh'] and octet_length(sentences::text) <= 4000),
  retired_at timestamptz,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  foreign key (product_id, option_id) references public.product_options (product_id, id),
  foreign key (product_id, other_id) references public.product_options (product_id, id),
  constraint option_rules_are_about_two check (option_id <> other_id)
);
create index option_rules_product_option on public.option_rules (product_id, option_id);
create index option_rules_product_other on public.option_rules (product_id, other_id);
create trigger option_rules_next_revision before update on public.option_rules
  for each row execute function private.next_revision();

-- What is posted in one currency. Its rows are replaced together, and whoever replaces them quotes the revision they saw.
create table public.price_lists (
  id uuid primary key default private.uuid_v7(),
  product_id uuid not null references public.products,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  changed_by uuid not null references public.people,
  changed_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (product_id, currency)
);
create index price_lists_changed_by on public.price_lists (changed_by);
create trigger price_lists_next_revision before update on public.price_lists
  for each row execute function private.next_revision();

-- The price of one unit from so many units on, without options.
create table public.price_tiers (
  product_id uuid not null,
  unit_currency char(3) not null,
  from_quantity integer not null check (from_quantity between 1 and 1000000),
  unit_minor bigint not null check (unit_minor between 0 and 1000000000000),
  primary key (product_id, unit_currency, from_quantity),
  foreign key (product_id, unit_currency) references public.price_lists (product_id, currency)
);

-- What an option adds to one unit, or takes off it.
create table public.option_adders (
  option_id uuid not null,
  product_id uuid not null,
  adder_currency char(3) not null,
  adder_minor bigint not null check (adder_minor between -1000000000000 and 1000000000000),
  primary key (option_id, adder_currency),
  foreign key (product_id, option_id) references public.product_options (product_id, id),
  foreign key (product_id, adder_currency) references public.price_lists (product_id, currency)
);
create index option_adders_product_option on public.option_adders (product_id, option_id);
create index option_adders_product_currency on public.option_adders (product_id, adder_currency);

-- What an option costs us, which pricing alone knows.
create table public.option_outlays (
  option_id uuid not null references public.product_options,
  outlay_currency char(3) not null check (outlay_currency ~ '^[A-Z]{3}$'),
  outlay_minor bigint not null check (outlay_minor between 0 and 1000000000000),
  changed_by uuid not null references public.people,
  changed_at timestamptz not null default now(),
  revision integer not null default 1,
  primary key (option_id, outlay_currency)
);
create index option_outlays_changed_by on public.option_outlays (changed_by);
create trigger option_outlays_next_revision before update on public.option_outlays
  for each row execute function private.next_revision();

do $$
declare one text;
begin
  foreach one in array array['option_groups', 'product_options', 'option_rules', 'price_lists', 'price_tiers', 'option_adders', 'option_outlays'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('alter table public.%I force row level security', one);
    execute format('grant select on public.%I to portal_staff, service_role', one);
    if one <> 'option_outlays' then
      execute format('grant select on public.%I to authenticated', one);
      execute format('create policy "clients see what can be chosen" on public.%I for select to authenticated
        using ((select private.my_role()) is not null)', one);
      execute format('create policy "staff see what can be chosen" on public.%I for select to portal_staff using (true)', one);
    end if;
  end loop;
  foreach one in array array['option_groups', 'product_options', 'option_rules'] loop
    execute format('create policy "designers, managers and admins add choices" on public.%I for insert to portal_staff
      with check ((select private.staff_roles()) && array[''designer'', ''manager'', ''admin''])', one);
    execute format('create policy "designers, managers and admins change choices" on public.%I for update to portal_staff
      using ((select private.staff_roles()) && array[''designer'', ''manager'', ''admin''])
      with check ((select private.staff_roles()) && array[''designer'', ''manager'', ''admin''])', one);
  end loop;
  foreach one in array array['price_tiers', 'option_adders'] loop
    execute format('create policy "pricing posts prices" on public.%I for insert to portal_staff
      with check ((select private.staff_roles()) && array[''pricing''])', one);
    execute format('create policy "pricing takes prices back" on public.%I for delete to portal_staff
      using ((select private.staff_roles()) && array[''pricing''])', one);
    execute format('grant delete on public.%I to portal_staff', one);
  end loop;
end
$$;

grant insert (product_id, key, names, several, required, position) on public.option_groups to portal_staff;
grant update (names, several, required, position) on public.option_groups to portal_staff;
grant insert (product_id, group_id, key, names, lead_days, position) on public.product_options to portal_staff;
grant update (names, lead_days, position, withdrawn_at) on public.product_options to portal_staff;
grant insert (product_id, kind, option_id, other_id, sentences) on public.option_rules to portal_staff;
grant update (sentences, retired_at) on public.option_rules to portal_staff;
grant insert (product_id, currency, changed_by) on public.price_lists to portal_staff;
grant update (changed_by, changed_at) on public.price_lists to portal_staff;
grant insert (product_id, unit_currency, from_quantity, unit_minor) on public.price_tiers to portal_staff;
grant insert (option_id, product_id, adder_currency, adder_minor) on public.option_adders to portal_staff;
grant insert (option_id, outlay_currency, outlay_minor, changed_by) on public.option_outlays to portal_staff;
grant update (outlay_minor, changed_by, changed_at) on public.option_outlays to portal_staff;

create policy "pricing posts lists" on public.price_lists for insert to portal_staff
  with check ((select private.staff_roles()) && array['pricing'] and changed_by = (select private.my_person()));
create policy "pricing changes lists" on public.price_lists for update to portal_staff
  using ((select private.staff_roles()) && array['pricing'])
  with check ((select private.staff_roles()) && array['pricing'] and changed_by = (select private.my_person()));

create policy "pricing and auditors see what options cost us" on public.option_outlays for select to portal_staff
  using ((select private.staff_roles()) && array['pricing', 'auditor']);
create policy "pricing writes what options cost us" on public.option_outlays for insert to portal_staff
  with check ((select private.staff_roles()) && array['pricing'] and changed_by = (select private.my_person()));
create policy "pricing changes what options cost us" on public.option_outlays for update to portal_staff
  using ((select private.staff_roles()) && array['pricing'])
  with check ((select private.staff_roles()) && array['pricing'] and changed_by = (select private.my_person()));
