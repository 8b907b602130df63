-- Ideas, what is said about them, and the searchable text of their briefs.

create table public.ideas (
  id uuid primary key default private.uuid_v7(),
  account_id uuid not null references public.accounts,
  author_id uuid not null references public.people,
  title text not null check (char_length(title) between 1 and 140),
  body jsonb not null check (octet_length(body::text) <= 262144),
  body_text text not null check (char_length(body_text) <= 100000),
  status text not null default 'new'
    check (status in ('new', 'under_review', 'planned', 'in_work', 'done', 'declined')),
  -- Words as the application splits them (Postgres sees Chinese as one word and knows no Ukrainian).
  search_tokens text not null default '',
  search tsvector generated always as (to_tsvector('simple', search_tokens)) stored,
  comment_count integer not null default 0,
  last_activity_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (id, account_id)
);
create index ideas_account_newest on public.ideas (account_id, id desc);
create index ideas_account_status_newest on public.ideas (account_id, status, id desc);
create index ideas_status_newest on public.ideas (status, id desc);
create index ideas_author_id on public.ideas (author_id);
create index ideas_search on public.ideas using gin (search);
create trigger ideas_next_revision before update of title, body, status on public.ideas
  for each row execute function private.next_revision();

-- The live brief as the worker last read it: for search and for reading without JavaScript.
create table public.idea_briefs (
  idea_id uuid primary key,
  account_id uuid not null,
  doc jsonb not null,
  body_text text not null,
  search_tokens text not null default '',
  search tsvector generated always as (to_tsvector('simple', search_tokens)) stored,
  seq bigint not null,
  updated_at timestamptz not null default now(),
  foreign key (idea_id, account_id) references public.ideas (id, account_id) on delete cascade
);
create index idea_briefs_account_id on public.idea_briefs (account_id);
create index idea_briefs_search on public.idea_briefs using gin (search);

create table public.idea_comments (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  author_id uuid not null references public.people,
  body text not null check (char_length(body) between 1 and 5000),
  created_at timestamptz not null default now(),
  foreign key (idea_id, account_id) references public.ideas (id, account_id) on delete cascade
);
create index idea_comments_idea on public.idea_comments (idea_id, id);
create index idea_comments_account_id on public.idea_comments (account_id);
create index idea_comments_author_id on public.idea_comments (author_id);

-- Staff's own: a table that clients hold no grant on.
create table public.idea_notes (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  author_id uuid not null references public.people,
  body text not null check (char_length(body) between 1 and 5000),
  created_at timestamptz not null default now(),
  foreign key (idea_id, account_id) references public.ideas (id, account_id) on delete cascade
);
create index idea_notes_idea on public.idea_notes (idea_id, id);
create index idea_notes_account_id on public.idea_notes (account_id);
create index idea_notes_author_id on public.idea_notes (author_id);

create table public.idea_files (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null,
  account_id uuid not null,
  name text not null check (char_length(name) between 1 and 200),
  media_type text not null check (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  byte_size bigint not null check (byte_size between 1 and 10485760),
  width integer not null check (width between 1 and 20000),
  height integer not null check (height between 1 and 20000),
  storage_path text not null unique,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  constraint idea_files_live_under_their_idea check (storage_path = idea_id::text || '/' || id::text || '.webp'),
  foreign key (idea_id, account_id) references public.ideas (id, account_id) on delete cascade
);
create index idea_files_idea on public.idea_files (idea_id, id);
create index idea_files_account_id on public.idea_files (account_id);
create index idea_files_created_by on public.idea_files (created_by);

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('idea-files', 'idea-files', false, 10485760, array['image/webp'])
on conflict (id) do nothing;

create function private.count_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.ideas
  set comment_count = comment_count + 1, last_activity_at = new.created_at
  where id = new.idea_id;
  return null;
end
$$;
create trigger idea_comments_count after insert on public.idea_comments
  for each row execute function private.count_comment();

-- Search of a client: behind a policy `@@` cannot use an index, so the account is written out here.
-- words: a tsquery as text. Answers the newest ids first, those before `before_id` when it is given.
create function private.search_ideas(words text, before_id uuid, take integer) returns setof uuid
  language sql stable security definer rows 30 set search_path = '' as $$
  select found.id
  from (
    select i.id
    from public.ideas i
    where i.account_id = any (array(select private.my_accounts()))
      and i.search @@ to_tsquery('simple', words)
      and (before_id is null or i.id < before_id)
    union
    select b.idea_id
    from public.idea_briefs b
    where b.account_id = any (array(select private.my_accounts()))
      and b.search @@ to_tsquery('simple', words)
      and (before_id is null or b.idea_id < before_id)
  ) found
  order by found.id desc
  limit least(take, 200)
$$;
grant execute on function private.search_ideas(text, uuid, integer) to authenticated;

alter table public.ideas enable row level security;
alter table public.ideas force row level security;
alter table public.idea_briefs enable row level security;
alter table public.idea_briefs force row level security;
alter table public.idea_comments enable row level security;
alter table public.idea_comments force row level security;
alter table public.idea_notes enable row level security;
alter table public.idea_notes force row level security;
alter table public.idea_files enable row level security;
alter table public.idea_files force row level security;

grant select on public.ideas to authenticated, portal_staff, service_role;
grant insert (id, account_id, author_id, title, body, body_text, search_tokens) on public.ideas to authenticated;
grant update (status) on public.ideas to portal_staff;
create policy "clients see their account's ideas" on public.ideas for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see ideas" on public.ideas for select to portal_staff using (true);
create policy "clients who do more than read suggest ideas" on public.ideas for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and author_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "designers, managers and admins set the status" on public.ideas for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

grant select on public.idea_briefs to authenticated, portal_staff;
grant select, insert, update on public.idea_briefs to service_role;
create policy "clients see their account's briefs" on public.idea_briefs for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see briefs" on public.idea_briefs for select to portal_staff using (true);

grant select on public.idea_comments to authenticated, portal_staff, service_role;
grant insert (id, idea_id, account_id, author_id, body) on public.idea_comments to authenticated, portal_staff;
create policy "clients see their account's comments" on public.idea_comments for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see comments" on public.idea_comments for select to portal_staff using (true);
create policy "clients who do more than read comment" on public.idea_comments for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and author_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (
      select from public.ideas i
      where i.id = idea_comments.idea_id and i.account_id = idea_comments.account_id
    )
  );
create policy "staff who do more than read comment" on public.idea_comments for insert to portal_staff
  with check (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (
      select from public.ideas i
      where i.id = idea_comments.idea_id and i.account_id = idea_comments.account_id
    )
  );

grant select on public.idea_notes to portal_staff, service_role;
grant insert (id, idea_id, account_id, author_id, body) on public.idea_notes to portal_staff;
create policy "staff see internal notes" on public.idea_notes for select to portal_staff
  using (cardinality((select private.staff_roles())) > 0);
create policy "staff who do more than read write notes" on public.idea_notes for insert to portal_staff
  with check (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (
      select from public.ideas i
      where i.id = idea_notes.idea_id and i.account_id = idea_notes.account_id
    )
  );

grant select on public.idea_files to authenticated, portal_staff, service_role;
grant insert (id, idea_id, account_id, name, media_type, byte_size, width, height, storage_path, created_by)
  on public.idea_files to authenticated, portal_staff;
create policy "clients see their account's files" on public.idea_files for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see files" on public.idea_files for select to portal_staff using (true);
create policy "clients who edit briefs add files" on public.idea_files for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and created_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (
      select from public.ideas i
      where i.id = idea_files.idea_id and i.account_id = idea_files.account_id
    )
  );
create policy "staff who edit briefs add files" on public.idea_files for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (
      select from public.ideas i
      where i.id = idea_files.idea_id and i.account_id = idea_files.account_id
    )
  );
