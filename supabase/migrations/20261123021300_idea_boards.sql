-- Boards of ideas as the worker last read them: for reading without JavaScript and for search. What staff draw beside a board is
-- a table of its own, on which customers and guests hold no grant.

create table public.idea_boards (
  idea_id uuid primary key,
  account_id uuid not null,
  elements jsonb not null,
  body_text text not null,
  seq bigint not null,
  updated_at timestamptz not null default now(),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade
);
create index idea_boards_account_idea on public.idea_boards (account_id, idea_id);

create table public.idea_staff_layers (
  idea_id uuid primary key,
  account_id uuid not null,
  elements jsonb not null,
  body_text text not null,
  seq bigint not null,
  updated_at timestamptz not null default now(),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade
);
create index idea_staff_layers_account_idea on public.idea_staff_layers (account_id, idea_id);

alter table public.idea_boards enable row level security;
alter table public.idea_boards force row level security;
alter table public.idea_staff_layers enable row level security;
alter table public.idea_staff_layers force row level security;

grant select on public.idea_boards to authenticated, portal_staff;
grant select (idea_id, account_id, elements, updated_at) on public.idea_boards to portal_guest;
grant select, insert, update on public.idea_boards to service_role;
create policy "clients see their account's boards" on public.idea_boards for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see boards" on public.idea_boards for select to portal_staff using (true);
create policy "guests see the board of their idea" on public.idea_boards for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));

grant select on public.idea_staff_layers to portal_staff;
grant select, insert, update on public.idea_staff_layers to service_role;
create policy "staff see what they drew beside boards" on public.idea_staff_layers for select to portal_staff using (true);
