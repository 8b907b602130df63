-- When somebody's data was erased at their wish, and by whom; the row itself stays, since others' work refers to it.
alter table public.people
  add column erased_at timestamptz,
  add column erased_by uuid references public.people;
create index people_erased_by on public.people (erased_by);
