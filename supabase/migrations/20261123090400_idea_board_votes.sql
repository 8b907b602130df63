-- Dot votes about what stands on an idea's board. The board is drawn in its live document; who gave a dot to what is decided here,
-- where nobody gives more than the vote allows, or gives one once it is closed.

create table public.idea_board_votes (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  question text not null check (char_length(question) between 1 and 140),
  dots_each integer not null check (dots_each between 1 and 10),
  begun_by uuid not null references public.people,
  closed_at timestamptz,
  closed_by uuid references public.people,
  -- What got how many dots, and what it said at that moment.
  result jsonb check (length(result::text) <= 2000000),
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  unique (idea_id, id),
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade,
  constraint idea_board_votes_are_closed_with_a_result check (num_nulls(closed_at, closed_by, result) in (0, 3))
);
-- One at a time, or nobody would know which one a dot is for.
create unique index idea_board_votes_one_open on public.idea_board_votes (idea_id) where closed_at is null;
create index idea_board_votes_account_idea on public.idea_board_votes (account_id, idea_id);
create index idea_board_votes_begun_by on public.idea_board_votes (begun_by);
create index idea_board_votes_closed_by on public.idea_board_votes (closed_by);

create trigger idea_board_votes_next_revision before update of closed_at on public.idea_board_votes
  for each row execute function private.next_revision();

create function private.keep_closed_vote() returns trigger language plpgsql set search_path = '' as $$
begin
  raise insufficient_privilege using message = 'what a vote came to stays as it is';
end
$$;
create trigger idea_board_votes_stay_closed before update on public.idea_board_votes
  for each row when (old.closed_at is not null) execute function private.keep_closed_vote();

create table public.idea_board_dots (
  id uuid primary key default private.uuid_v7(),
  vote_id uuid not null,
  idea_id uuid not null,
  account_id uuid not null,
  element_id text not null check (element_id ~ '^[\w-]{1,64}$'),
  person_id uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  created_at timestamptz not null default now(),
  foreign key (idea_id, vote_id) references public.idea_board_votes (idea_id, id) on delete cascade,
  foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade,
  constraint idea_board_dots_have_one_voter check (num_nonnulls(person_id, guest_grant_id) = 1)
);
create index idea_board_dots_idea_vote on public.idea_board_dots (idea_id, vote_id, element_id);
create index idea_board_dots_account_idea on public.idea_board_dots (account_id, idea_id);
create index idea_board_dots_person on public.idea_board_dots (person_id, vote_id);
create index idea_board_dots_guest on public.idea_board_dots (guest_grant_id, vote_id);

-- Whoever asks, as a voter of this vote: a person or a guest. `why`: what stands in the way.
create function private.voter_of(asked public.idea_board_votes, out person uuid, out guest uuid, out why text)
  language plpgsql stable set search_path = '' as $$
begin
  case current_setting('role', true)
    when 'authenticated' then
      person := (select private.my_person());
      if asked.account_id is null or asked.account_id <> all (array(select private.my_accounts())) then
        why := 'not-found';
      elsif person is null or coalesce((select private.my_role()), '') not in ('owner', 'member', 'approver') then
        why := 'may-not';
      end if;
    when 'portal_staff' then
      person := (select private.my_person());
      if asked.id is null or person is null then
        why := 'not-found';
      elsif not (select private.staff_roles())
        && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
      then
        why := 'may-not';
      end if;
    when 'portal_guest' then
      guest := (select private.my_grant());
      if guest is null or asked.idea_id is distinct from (select private.my_guest_idea()) then
        why := 'not-found';
      elsif (select private.my_guest_rights()) not in ('comment', 'edit') then
        why := 'may-not';
      end if;
    else
      why := 'not-found';
  end case;
end
$$;

-- Gives a dot of one's own to a thing on the board. Out: 'done', or why not: 'not-found', 'may-not', 'vote-closed', 'no-dots-left'.
-- The vote's row is held meanwhile, so that neither two windows of one person nor its closing come in between.
create function private.give_dot(vote uuid, element text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  asked public.idea_board_votes;
  voter record;
  given integer;
begin
  select * into asked from public.idea_board_votes v where v.id = vote for no key update;
  voter := private.voter_of(asked);
  if voter.why is not null then return voter.why; end if;
  if asked.closed_at is not null then return 'vote-closed'; end if;
  select count(*) into given from public.idea_board_dots d
  where d.idea_id = asked.idea_id and d.vote_id = asked.id
    and (d.person_id = voter.person or d.guest_grant_id = voter.guest);
  if given >= asked.dots_each then return 'no-dots-left'; end if;
  insert into public.idea_board_dots (vote_id, idea_id, account_id, element_id, person_id, guest_grant_id)
  values (asked.id, asked.idea_id, asked.account_id, element, voter.person, voter.guest);
  return 'done';
end
$$;

-- Takes the last of one's own dots on a thing back. Out: 'done', or why not; 'no-dot-here': there is none of one's own.
create function private.take_dot(vote uuid, element text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  asked public.idea_board_votes;
  voter record;
begin
  select * into asked from public.idea_board_votes v where v.id = vote for no key update;
  voter := private.voter_of(asked);
  if voter.why is not null then return voter.why; end if;
  if asked.closed_at is not null then return 'vote-closed'; end if;
  delete from public.idea_board_dots where id = (
    select d.id from public.idea_board_dots d
    where d.idea_id = asked.idea_id and d.vote_id = asked.id and d.element_id = element
      and (d.person_id = voter.person or d.guest_grant_id = voter.guest)
    order by d.id desc limit 1);
  if not found then return 'no-dot-here'; end if;
  return 'done';
end
$$;
revoke execute on function private.voter_of(public.idea_board_votes) from public;
grant execute on function private.give_dot(uuid, text), private.take_dot(uuid, text)
  to authenticated, portal_staff, portal_guest;

alter table public.idea_board_votes enable row level security;
alter table public.idea_board_votes force row level security;
alter table public.idea_board_dots enable row level security;
alter table public.idea_board_dots force row level security;

grant select on public.idea_board_votes to authenticated, portal_staff, portal_guest;
grant insert (idea_id, account_id, question, dots_each, begun_by) on public.idea_board_votes to authenticated, portal_staff;
grant update (closed_at, closed_by, result) on public.idea_board_votes to portal_staff;
grant select on public.idea_board_dots to authenticated, portal_staff;
-- Guests are told how many dots there are, and which are theirs.
grant select (id, vote_id, idea_id, account_id, element_id, guest_grant_id) on public.idea_board_dots to portal_guest;

create policy "clients see their account's votes" on public.idea_board_votes for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see votes" on public.idea_board_votes for select to portal_staff using (true);
create policy "guests see the votes of their idea" on public.idea_board_votes for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));
create policy "clients who draw begin votes" on public.idea_board_votes for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and begun_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "staff who draw begin votes" on public.idea_board_votes for insert to portal_staff
  with check (
    begun_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "staff who draw close votes" on public.idea_board_votes for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (
    (closed_by is null or closed_by = (select private.my_person()))
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "clients see their account's dots" on public.idea_board_dots for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see dots" on public.idea_board_dots for select to portal_staff using (true);
create policy "guests see the dots of their idea" on public.idea_board_dots for select to portal_guest
  using (idea_id = (select private.my_guest_idea()));
