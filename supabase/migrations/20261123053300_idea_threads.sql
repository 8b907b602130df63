-- Comments on a passage of a brief: what holds them together, where they belong, and what stood there when they were begun. What
-- is said stays among the comments of the idea. Never in the live document: who may comment need not be able to write there.

create table public.idea_threads (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  begun_by uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  -- The ends of the passage, bound to characters of the live document, and what stood between and around them.
  anchor jsonb not null check (length(anchor::text) <= 1000),
  quote text not null check (char_length(quote) between 1 and 2000),
  before text not null default '' check (char_length(before) <= 100),
  after text not null default '' check (char_length(after) <= 100),
  -- Where it was when the brief was last read; `present`: what somebody has to look at where it is not as it was.
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
  constraint idea_threads_have_one_author check (num_nonnulls(begun_by, guest_grant_id) = 1),
  constraint idea_threads_are_resolved_by_somebody check ((resolved_at is null) = (resolved_by is null))
);
create index idea_threads_account_idea on public.idea_threads (account_id, idea_id);
create index idea_threads_idea_last_said on public.idea_threads (idea_id, last_said_id desc);
create index idea_threads_begun_by on public.idea_threads (begun_by);
create index idea_threads_guest_grant_id on public.idea_threads (guest_grant_id);
create index idea_threads_resolved_by on public.idea_threads (resolved_by);

create trigger idea_threads_next_revision before update of anchor, quote, resolved_at on public.idea_threads
  for each row execute function private.next_revision();

alter table public.idea_comments add column thread_id uuid;
alter table public.idea_comments
  add foreign key (idea_id, thread_id) references public.idea_threads (idea_id, id) on delete cascade;
create index idea_comments_idea_thread on public.idea_comments (idea_id, thread_id, id) where thread_id is not null;

grant insert (thread_id) on public.idea_comments to authenticated, portal_staff, portal_guest;
grant select (thread_id) on public.idea_comments to portal_guest;

-- The thread of the newest comment comes first; one whose only words were taken back is none.
create function private.count_said() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    update public.idea_threads set said_count = said_count + 1, last_said_id = new.id where id = new.thread_id;
  else
    update public.idea_threads set said_count = said_count - 1 where id = old.thread_id;
    delete from public.idea_threads where id = old.thread_id and said_count = 0;
  end if;
  return null;
end
$$;
create trigger idea_comments_count_said after insert on public.idea_comments
  for each row when (new.thread_id is not null) execute function private.count_said();
create trigger idea_comments_uncount_said after delete on public.idea_comments
  for each row when (old.thread_id is not null) execute function private.count_said();

-- Whoever comments may resolve, in their own name; to say that a passage stands elsewhere now is for those who may write the
-- brief, and for whoever began the thread.
create function private.guard_thread() returns trigger language plpgsql set search_path = '' as $$
declare
  as_role text := current_setting('role', true);
  me uuid;
begin
  if as_role not in ('authenticated', 'portal_staff') then return new; end if;
  me := (select private.my_person());
  if new.resolved_by is distinct from old.resolved_by and new.resolved_by is distinct from me and new.resolved_by is not null then
    raise insufficient_privilege using message = 'a thread is resolved in one''s own name';
  end if;
  -- Clients have no function to ask for roles of staff.
  if as_role = 'portal_staff' then
    if (new.anchor, new.quote) is distinct from (old.anchor, old.quote) and old.begun_by is distinct from me
      and not (select private.staff_roles()) && array['designer', 'manager', 'admin']
    then
      raise insufficient_privilege using message = 'a passage is placed anew by who writes the brief or began the thread';
    end if;
  end if;
  return new;
end
$$;
create trigger idea_threads_guard before update on public.idea_threads
  for each row execute function private.guard_thread();

alter table public.idea_threads enable row level security;
alter table public.idea_threads force row level security;

grant select on public.idea_threads to authenticated, portal_staff, portal_guest;
grant select, update on public.idea_threads to service_role;
grant insert (idea_id, account_id, begun_by, anchor, quote, before, after) on public.idea_threads to authenticated, portal_staff;
grant insert (idea_id, account_id, guest_grant_id, anchor, quote, before, after) on public.idea_threads to portal_guest;
grant update (anchor, quote, before, after, place, present, resolved_at, resolved_by)
  on public.idea_threads to authenticated, portal_staff;

create policy "clients see their account's threads" on public.idea_threads for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see threads" on public.idea_threads for select to portal_staff using (true);
create policy "guests see the threads of their idea" on public.idea_threads for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));
create policy "clients who do more than read begin threads" on public.idea_threads for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and begun_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "staff who do more than read begin threads" on public.idea_threads for insert to portal_staff
  with check (
    begun_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );
create policy "guests who may comment begin threads" on public.idea_threads for insert to portal_guest
  with check (
    guest_grant_id = (select private.my_grant())
    and idea_id = (select private.my_guest_idea())
    and account_id = (select private.my_guest_account())
    and (select private.my_guest_rights()) in ('comment', 'edit')
  );
create policy "clients who do more than read resolve threads" on public.idea_threads for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
  )
  with check (account_id = any (array(select private.my_accounts())));
create policy "staff who do more than read resolve threads" on public.idea_threads for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']);
