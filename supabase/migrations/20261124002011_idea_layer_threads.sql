-- Comments on things of what staff draw beside a board: threads of their own, which nobody but staff holds a grant on. What is
-- said in them are internal notes. The columns are those of the shared threads, for the same statements.
create table public.idea_layer_threads (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  begun_by uuid not null references public.people,
  about text not null default 'layer' check (about = 'layer'),
  anchor jsonb not null check (length(anchor::text) <= 1000),
  quote text not null check (char_length(quote) <= 2000),
  before text not null default '' check (before = ''),
  after text not null default '' check (after = ''),
  place text not null default 'here' check (place in ('here', 'moved', 'gone')),
  present text check (char_length(present) <= 2000),
  resolved_at timestamptz,
  resolved_by uuid references public.people,
  said_count integer not null default 0,
  last_said_id uuid not null default private.uuid_v7(),
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  unique (idea_id, id),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade,
  constraint idea_layer_threads_are_resolved_by_somebody check ((resolved_at is null) = (resolved_by is null))
);
create index idea_layer_threads_account_idea on public.idea_layer_threads (account_id, idea_id);
create index idea_layer_threads_idea_last_said on public.idea_layer_threads (idea_id, last_said_id desc);
create index idea_layer_threads_begun_by on public.idea_layer_threads (begun_by);
create index idea_layer_threads_resolved_by on public.idea_layer_threads (resolved_by);

create trigger idea_layer_threads_next_revision before update of anchor, quote, resolved_at on public.idea_layer_threads
  for each row execute function private.next_revision();
create trigger idea_layer_threads_guard before update on public.idea_layer_threads
  for each row execute function private.guard_thread();

alter table public.idea_notes add column thread_id uuid;
alter table public.idea_notes
  add foreign key (idea_id, thread_id) references public.idea_layer_threads (idea_id, id) on delete cascade;
create index idea_notes_idea_thread on public.idea_notes (idea_id, thread_id, id) where thread_id is not null;
grant insert (thread_id) on public.idea_notes to portal_staff;

-- The thread of the newest note comes first; one whose only words were taken back is none.
create function private.count_noted() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    update public.idea_layer_threads set said_count = said_count + 1, last_said_id = new.id where id = new.thread_id;
  else
    update public.idea_layer_threads set said_count = said_count - 1 where id = old.thread_id;
    delete from public.idea_layer_threads where id = old.thread_id and said_count = 0;
  end if;
  return null;
end
$$;
create trigger idea_notes_count_noted after insert on public.idea_notes
  for each row when (new.thread_id is not null) execute function private.count_noted();
create trigger idea_notes_uncount_noted after delete on public.idea_notes
  for each row when (old.thread_id is not null) execute function private.count_noted();

alter table public.idea_layer_threads enable row level security;
alter table public.idea_layer_threads force row level security;

grant select on public.idea_layer_threads to portal_staff;
grant select, update on public.idea_layer_threads to service_role;
grant insert (idea_id, account_id, begun_by, about, anchor, quote, before, after) on public.idea_layer_threads to portal_staff;
grant update (anchor, quote, before, after, place, present, resolved_at, resolved_by)
  on public.idea_layer_threads to portal_staff;

create policy "staff see threads of their layer" on public.idea_layer_threads for select to portal_staff using (true);
create policy "staff who do more than read begin threads of their layer" on public.idea_layer_threads for insert to portal_staff
  with check (
    begun_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );
create policy "staff who do more than read resolve threads of their layer" on public.idea_layer_threads for update
  to portal_staff
  using ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']);
