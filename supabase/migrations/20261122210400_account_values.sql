-- What an account is worth to us in a year, as staff put it down: the ranking of ideas weighs by it. Staff only: a table that
-- clients hold no grant on.

create table public.account_values (
  account_id uuid primary key references public.accounts,
  yearly_minor bigint not null check (yearly_minor between 0 and 100000000000000),
  yearly_currency char(3) not null check (yearly_currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null default now(),
  created_by uuid references public.people,
  revision integer not null default 1
);
create index account_values_created_by on public.account_values (created_by);
create index account_values_yearly on public.account_values (yearly_minor desc, account_id);
create trigger account_values_next_revision before update on public.account_values
  for each row execute function private.next_revision();

alter table public.account_values enable row level security;
alter table public.account_values force row level security;

grant select on public.account_values to portal_staff, service_role;
grant insert (account_id, yearly_minor, yearly_currency, created_by) on public.account_values to portal_staff;
grant update (yearly_minor, yearly_currency) on public.account_values to portal_staff;
grant delete on public.account_values to portal_staff;
create policy "staff see what accounts are worth" on public.account_values for select to portal_staff using (true);
create policy "managers and admins put down a value" on public.account_values for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['manager', 'admin']
    and created_by = (select private.my_person())
  );
create policy "managers and admins change a value" on public.account_values for update to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin'])
  with check ((select private.staff_roles()) && array['manager', 'admin']);
create policy "managers and admins take a value back" on public.account_values for delete to portal_staff
  using ((select private.staff_roles()) && array['manager', 'admin']);
