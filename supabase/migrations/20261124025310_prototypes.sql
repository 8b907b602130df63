-- What is shown for review: prototypes of an idea, their versions and files, to whom a version is released, and what is said at a
-- place on it. A prototype belongs to no account: until it is released it is staff's alone, and whatever gathers the rows of an
-- account (its archive, its merges) finds what its people said, and never what they were not shown.

create table public.prototypes (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null references public.ideas on delete cascade,
  name text not null check (char_length(name) between 1 and 140),
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
create index prototypes_idea on public.prototypes (idea_id, id desc);
create index prototypes_created_by on public.prototypes (created_by);
create trigger prototypes_next_revision before update on public.prototypes
  for each row execute function private.next_revision();

create table public.prototype_versions (
  id uuid primary key default private.uuid_v7(),
  prototype_id uuid not null references public.prototypes on delete cascade,
  number integer not null check (number between 1 and 10000),
  -- What is new, in the words of whoever made it.
  notes text not null default '' check (char_length(notes) <= 4000),
  published_at timestamptz,
  published_by uuid references public.people,
  -- Of the files in their order: the version that is decided on is this one and no other.
  fingerprint bytea check (octet_length(fingerprint) = 32),
  approved_at timestamptz,
  created_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  unique (prototype_id, number),
  constraint prototype_versions_are_published_whole check (num_nulls(published_at, published_by, fingerprint) in (0, 3)),
  constraint prototype_versions_are_published_first check (approved_at is null or published_at is not null)
);
-- One draft at a time, or nobody would know which one is next.
create unique index prototype_versions_one_draft on public.prototype_versions (prototype_id) where published_at is null;
create index prototype_versions_published_by on public.prototype_versions (published_by);
create index prototype_versions_created_by on public.prototype_versions (created_by);
create trigger prototype_versions_next_revision before update on public.prototype_versions
  for each row execute function private.next_revision();

create table public.prototype_files (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null references public.prototype_versions on delete cascade,
  uploaded_by uuid not null references public.people,
  name text not null check (char_length(name) between 1 and 200),
  -- Of what was sent it is told by the contents, never by whoever sent it, and unknown until then.
  kind text check (kind in ('picture', 'pdf', 'video', 'model', 'web', 'sample')),
  -- Of a page elsewhere: shown in a frame, never fetched by us.
  address text check (address ~ '^https://[^[:space:][:cntrl:]"<>\\]{1,1900}$'),
  media_type text check (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  byte_size bigint not null check (byte_size between 0 and 524288000),
  sha256 bytea check (octet_length(sha256) = 32),
  width integer check (width between 1 and 60000),
  height integer check (height between 1 and 60000),
  pages integer check (pages between 1 and 5000),
  duration_ms integer check (duration_ms between 1 and 86400000),
  -- Pictures in a thousand seconds, so that one can step from picture to picture exactly.
  frame_rate integer check (frame_rate between 1 and 1000000),
  triangles integer check (triangles between 0 and 100000000),
  state text not null default 'uploading' check (state in ('uploading', 'checking', 'ready', 'refused')),
  refusal text check (refusal ~ '^[a-z-]{1,40}$'),
  storage_path text unique,
  created_at timestamptz not null default now(),
  unique (version_id, id),
  check ((state = 'refused') = (refusal is not null)),
  constraint prototype_files_have_what_their_kind_has check (
    (kind is not distinct from 'web') = (address is not null)
    and (state <> 'ready' or num_nulls(kind, sha256) = 0)
    and (state <> 'ready' or (kind in ('web', 'sample')) = (storage_path is null))
    and num_nulls(media_type, storage_path) in (0, 2))
);
create index prototype_files_version on public.prototype_files (version_id, id);
create index prototype_files_uploaded_by on public.prototype_files (uploaded_by, created_at desc);

-- What we made of a file for screens, without what a camera or a program wrote into it: smaller pictures, pages, a poster.
create table public.prototype_renditions (
  file_id uuid not null,
  version_id uuid not null,
  kind text not null check (kind in ('scaled', 'page', 'poster')),
  -- Of a page: which one. Of everything else: 1.
  page integer not null default 1 check (page between 1 and 5000),
  width integer not null check (width between 1 and 16384),
  height integer not null check (height between 1 and 16384),
  media_type text not null check (media_type ~ '^image/[a-z0-9.+-]+$'),
  byte_size integer not null check (byte_size between 1 and 100000000),
  storage_path text not null unique,
  created_at timestamptz not null default now(),
  primary key (file_id, kind, page, width),
  foreign key (version_id, file_id) references public.prototype_files (version_id, id) on delete cascade
);
create index prototype_renditions_version on public.prototype_renditions (version_id, file_id);

-- Clients have no grant here: that something is to be shown to them on Friday is not theirs to read on Monday.
create table public.prototype_releases (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null references public.prototype_versions on delete cascade,
  account_id uuid not null references public.accounts,
  -- Null: everybody of the account.
  people uuid[] check (cardinality(people) between 1 and 100 and array_position(people, null) is null),
  released_from timestamptz not null default now(),
  may_download boolean not null default false,
  released_by uuid not null references public.people,
  ended_at timestamptz,
  ended_by uuid references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  constraint prototype_releases_are_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create unique index prototype_releases_one_open on public.prototype_releases (account_id, version_id) where ended_at is null;
create index prototype_releases_version on public.prototype_releases (version_id, account_id);
create index prototype_releases_released_by on public.prototype_releases (released_by);
create index prototype_releases_ended_by on public.prototype_releases (ended_by);
create trigger prototype_releases_next_revision before update on public.prototype_releases
  for each row execute function private.next_revision();

-- Three numbers that one can reckon with.
create function private.is_vector(vector jsonb) returns boolean
  language sql immutable set search_path = '' as $$
  select coalesce(jsonb_typeof(vector) = 'array' and jsonb_array_length(vector) = 3
    and not jsonb_path_exists(vector, '$[*] ? (@.type() != "number")')
    and not jsonb_path_exists(vector, '$[*] ? (@ > 1000000000 || @ < -1000000000)'), false)
$$;
create function private.is_model_point(point jsonb) returns boolean
  language sql immutable set search_path = '' as $$
  select jsonb_typeof(point) = 'object' and octet_length(point::text) <= 2000
    and point - '{part,position,normal,camera}'::text[] = '{}'
    and jsonb_typeof(point -> 'part') is not distinct from 'string' and char_length(point ->> 'part') <= 500
    and private.is_vector(point -> 'position') and private.is_vector(point -> 'normal')
    and (point -> 'camera' is null or jsonb_typeof(point -> 'camera') = 'object'
      and (point -> 'camera') - '{position,target}'::text[] = '{}'
      and private.is_vector(point #> '{camera,position}') and private.is_vector(point #> '{camera,target}'))
$$;
grant execute on function private.is_vector(jsonb), private.is_model_point(jsonb)
  to authenticated, portal_staff, portal_guest, service_role;

-- Every pin stands in the conversation with one account: another one that is shown the same version has a conversation of its own.
create table public.prototype_pins (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null references public.prototype_versions on delete cascade,
  file_id uuid not null,
  account_id uuid not null references public.accounts,
  created_by uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  -- In parts of the picture's sides (app/prototypes/pin.ts); width and height are those of a region, 0 of a point.
  x integer check (x between 0 and 100000),
  y integer check (y between 0 and 100000),
  width integer not null default 0 check (width >= 0),
  height integer not null default 0 check (height >= 0),
  -- Of a PDF: on which page, from 1. Of a video: at which moment, or from which one to which.
  page integer check (page between 1 and 5000),
  from_ms integer check (from_ms between 0 and 86400000),
  until_ms integer check (until_ms > from_ms and until_ms <= 86400000),
  -- Of a model: {"part", "position", "normal"} on the part's own measure, and {"camera": {"position", "target"}} it was seen by.
  point jsonb check (point is null or private.is_model_point(point)),
  -- Which pin of the version before it was, and what became of it (app/prototypes/carrying.ts).
  carried_from uuid references public.prototype_pins on delete set null,
  carried text check (carried in ('carried', 'moved', 'orphaned')),
  confirmed_at timestamptz,
  confirmed_by uuid references public.people,
  -- Who of us sees to it.
  assigned_to uuid references public.people,
  resolved_at timestamptz,
  resolved_by uuid references public.people,
  resolved_by_guest uuid references public.guest_grants,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  constraint prototype_pins_lie_on_the_picture check (x + width <= 100000 and y + height <= 100000
    and (width = 0 and height = 0 or x is not null and width >= 500 and height >= 500) and num_nulls(x, y) in (0, 2)),
  constraint prototype_pins_stand_in_one_way check (num_nonnulls(page, from_ms, point) <= 1 and (point is null or x is null)),
  constraint prototype_pins_gone_stand_nowhere check (
    carried is distinct from 'orphaned' or num_nonnulls(x, page, from_ms, point) = 0),
  constraint prototype_pins_are_confirmed_by_somebody check (
    (confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null or carried is not null)),
  foreign key (version_id, file_id) references public.prototype_files (version_id, id) on delete cascade,
  constraint prototype_pins_are_resolved_by_somebody check (num_nonnulls(resolved_by, resolved_by_guest) = (resolved_at is not null)::integer),
  constraint prototype_pins_have_one_author check (num_nonnulls(created_by, guest_grant_id) = 1),
  unique (id, version_id, account_id)
);
create index prototype_pins_version_account on public.prototype_pins (version_id, account_id, id);
create index prototype_pins_account on public.prototype_pins (account_id);
create index prototype_pins_file on public.prototype_pins (version_id, file_id);
create index prototype_pins_created_by on public.prototype_pins (created_by);
create index prototype_pins_guest_grant on public.prototype_pins (guest_grant_id);
create index prototype_pins_assigned_to on public.prototype_pins (assigned_to);
create index prototype_pins_carried_from on public.prototype_pins (carried_from);
create index prototype_pins_confirmed_by on public.prototype_pins (confirmed_by);
create index prototype_pins_resolved_by_guest on public.prototype_pins (resolved_by_guest);
create index prototype_pins_resolved_by on public.prototype_pins (resolved_by);
create trigger prototype_pins_next_revision before update on public.prototype_pins
  for each row execute function private.next_revision();

create table public.prototype_pin_comments (
  id uuid primary key default private.uuid_v7(),
  pin_id uuid not null,
  version_id uuid not null,
  account_id uuid not null references public.accounts,
  author_id uuid references public.people,
  guest_grant_id uuid references public.guest_grants,
  -- Which comment of the same pin it answers; null: the pin.
  answers uuid,
  mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20 and array_position(mentions, null) is null),
  body text not null check (char_length(body) between 1 and 4000),
  created_at timestamptz not null default now(),
  unique (pin_id, id),
  foreign key (pin_id, version_id, account_id) references public.prototype_pins (id, version_id, account_id) on delete cascade,
  foreign key (pin_id, answers) references public.prototype_pin_comments (pin_id, id) on delete cascade,
  constraint prototype_pin_comments_have_one_author check (num_nonnulls(author_id, guest_grant_id) = 1)
);
create index prototype_pin_comments_pin on public.prototype_pin_comments (pin_id, version_id, account_id);
create index prototype_pin_comments_guest_grant on public.prototype_pin_comments (guest_grant_id);
create index prototype_pin_comments_answers on public.prototype_pin_comments (pin_id, answers);
create index prototype_pin_comments_version on public.prototype_pin_comments (version_id, account_id);
create index prototype_pin_comments_account on public.prototype_pin_comments (account_id);
create index prototype_pin_comments_author on public.prototype_pin_comments (author_id);

-- Staff's own, in tables of their own: no grant and no policy of a customer's can ever reach them by mistake.
create table public.prototype_staff_pins (
  id uuid primary key default private.uuid_v7(),
  version_id uuid not null references public.prototype_versions on delete cascade,
  file_id uuid not null,
  created_by uuid not null references public.people,
  x integer check (x between 0 and 100000),
  y integer check (y between 0 and 100000),
  width integer not null default 0 check (width >= 0),
  height integer not null default 0 check (height >= 0),
  page integer check (page between 1 and 5000),
  from_ms integer check (from_ms between 0 and 86400000),
  until_ms integer check (until_ms > from_ms and until_ms <= 86400000),
  point jsonb check (point is null or private.is_model_point(point)),
  carried_from uuid references public.prototype_staff_pins on delete set null,
  carried text check (carried in ('carried', 'moved', 'orphaned')),
  confirmed_at timestamptz,
  confirmed_by uuid references public.people,
  resolved_at timestamptz,
  resolved_by uuid references public.people,
  created_at timestamptz not null default now(),
  revision integer not null default 1,
  constraint prototype_staff_pins_lie_on_the_picture check (x + width <= 100000 and y + height <= 100000
    and (width = 0 and height = 0 or x is not null and width >= 500 and height >= 500) and num_nulls(x, y) in (0, 2)),
  constraint prototype_staff_pins_stand_in_one_way check (num_nonnulls(page, from_ms, point) <= 1 and (point is null or x is null)),
  constraint prototype_staff_pins_gone_stand_nowhere check (
    carried is distinct from 'orphaned' or num_nonnulls(x, page, from_ms, point) = 0),
  constraint prototype_staff_pins_are_confirmed_by_somebody check (
    (confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null or carried is not null)),
  foreign key (version_id, file_id) references public.prototype_files (version_id, id) on delete cascade,
  constraint prototype_staff_pins_are_resolved_by_somebody check ((resolved_at is null) = (resolved_by is null))
);
create index prototype_staff_pins_version on public.prototype_staff_pins (version_id, id);
create index prototype_staff_pins_file on public.prototype_staff_pins (version_id, file_id);
create index prototype_staff_pins_created_by on public.prototype_staff_pins (created_by);
create index prototype_staff_pins_carried_from on public.prototype_staff_pins (carried_from);
create index prototype_staff_pins_confirmed_by on public.prototype_staff_pins (confirmed_by);
create index prototype_staff_pins_resolved_by on public.prototype_staff_pins (resolved_by);
create trigger prototype_staff_pins_next_revision before update on public.prototype_staff_pins
  for each row execute function private.next_revision();

create table public.prototype_staff_pin_comments (
  id uuid primary key default private.uuid_v7(),
  pin_id uuid not null references public.prototype_staff_pins on delete cascade,
  author_id uuid not null references public.people,
  answers uuid,
  mentions uuid[] not null default '{}' check (cardinality(mentions) <= 20 and array_position(mentions, null) is null),
  body text not null check (char_length(body) between 1 and 4000),
  created_at timestamptz not null default now(),
  unique (pin_id, id),
  foreign key (pin_id, answers) references public.prototype_staff_pin_comments (pin_id, id) on delete cascade
);
create index prototype_staff_pin_comments_answers on public.prototype_staff_pin_comments (pin_id, answers);
create index prototype_staff_pin_comments_author on public.prototype_staff_pin_comments (author_id);

-- Who has opened a version, and when: for staff alone.
create table public.prototype_openings (
  version_id uuid not null references public.prototype_versions on delete cascade,
  person_id uuid not null references public.people,
  first_at timestamptz not null default now(),
  last_at timestamptz not null default now(),
  primary key (version_id, person_id)
);
create index prototype_openings_person on public.prototype_openings (person_id);

-- What browsers send goes where nothing is served from; only what was checked reaches the other place.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('prototype-uploads', 'prototype-uploads', false, 524288000, array['application/octet-stream']),
  ('prototype-files', 'prototype-files', false, 524288000, null)
on conflict (id) do nothing;

-- The versions that are shown at this moment to a person of an account; null: to nobody in particular there, who is not among
-- those named. Of another account nobody may ask but what hands an account's rows over.
-- In PL/pgSQL, all three: what policies ask of every statement is planned once a connection.
create function private.versions_shown(account uuid, person uuid) returns setof uuid
  language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select r.version_id from public.prototype_releases r
    where r.account_id = account
      and r.ended_at is null and r.released_from <= now()
      and (r.people is null or person = any (r.people));
end
$$;
create function private.my_shown_versions() returns setof uuid
  language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select private.versions_shown(mine, (select private.my_person())) from private.my_accounts() mine;
end
$$;
create function private.my_shown_prototypes() returns setof uuid
  language plpgsql stable security definer rows 100 set search_path = '' as $$
begin
  return query select distinct v.prototype_id from public.prototype_versions v
    where v.id = any (array(select private.my_shown_versions()));
end
$$;
grant execute on function private.my_shown_versions(), private.my_shown_prototypes() to authenticated;

-- As before; what is shown to an account is asked of that account, too.
create or replace function private.shared_rows(rel oid) returns text
  language sql stable set search_path = '' as $$
  select string_agg('(' || replace(replace(replace(replace(pg_catalog.pg_get_expr(p.polqual, p.polrelid),
      'private.my_shown_versions()', 'private.versions_shown($1, null::uuid)'),
      'private.my_accounts()', '$1'), 'private.my_person()', 'null::uuid'), 'private.my_role()', '''owner''::text') || ')', ' or ')
  from pg_catalog.pg_policy p
  where p.polrelid = rel and p.polcmd in ('r', '*') and p.polpermissive and 'authenticated'::regrole = any (p.polroles)
$$;

-- What happens to a prototype stands in our own log, and in that of an account once it was shown there.
create function private.proves_prototype(subject uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select case when account is null then exists (select from public.prototypes p where p.id = subject)
    else exists (
      select from public.prototype_versions v join public.prototype_releases r on r.version_id = v.id
      where v.prototype_id = subject and r.account_id = account) end
$$;

-- A published version stays as it is; when it was approved is noted beside it once.
create function private.keep_published_version() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.prototype_id, new.number, new.notes, new.published_at, new.published_by, new.fingerprint, new.created_by)
    is distinct from
    (old.prototype_id, old.number, old.notes, old.published_at, old.published_by, old.fingerprint, old.created_by)
    or old.approved_at is not null and new.approved_at is distinct from old.approved_at
  then
    raise insufficient_privilege using message = 'a published version stays as it is';
  end if;
  return new;
end
$$;
create trigger prototype_versions_stay before update on public.prototype_versions
  for each row when (old.published_at is not null) execute function private.keep_published_version();

-- Held, so that a version is not published while a file comes to it.
create function private.keep_published_files() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  published timestamptz;
begin
  select v.published_at into published from public.prototype_versions v where v.id = new.version_id for share;
  if published is not null then
    raise insufficient_privilege using message = 'a published version stays as it is';
  end if;
  return new;
end
$$;
create trigger prototype_files_stay_as_many before insert on public.prototype_files
  for each row execute function private.keep_published_files();
create trigger prototype_files_stay_as_they_are before update on public.prototype_files
  for each row when (new.* is distinct from old.*) execute function private.keep_published_files();

-- A place is one of its file: a page that the PDF has, a moment that the video has. What cannot be pointed at is spoken of whole.
create function private.check_pin_place() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  fits boolean;
begin
  if new.carried = 'orphaned' then return new; end if;
  select case f.kind
      when 'picture' then new.x is not null and num_nonnulls(new.page, new.from_ms, new.point) = 0
      when 'pdf' then new.x is not null and new.page is not null and new.page <= coalesce(f.pages, 1)
      when 'video' then new.from_ms is not null and greatest(new.from_ms, new.until_ms) <= coalesce(f.duration_ms, 86400000)
      when 'model' then new.point is not null
      else num_nonnulls(new.x, new.page, new.from_ms, new.point) = 0
    end
  into fits from public.prototype_files f where f.id = new.file_id and f.version_id = new.version_id and f.state = 'ready';
  if fits is not true then
    raise insufficient_privilege using message = 'a pin is set at a place of its file';
  end if;
  return new;
end
$$;
create trigger prototype_pins_lie_on_their_file before insert or update of x, y, page, from_ms, until_ms, point, file_id
  on public.prototype_pins for each row execute function private.check_pin_place();
create trigger prototype_staff_pins_lie_on_their_file before insert or update of x, y, page, from_ms, until_ms, point, file_id
  on public.prototype_staff_pins for each row execute function private.check_pin_place();

-- Somebody who changes one thing of a pin says nothing about who resolved or placed it before; both are done in one's own name,
-- and where customers see it only while the review goes on.
create function private.guard_pin() returns trigger language plpgsql set search_path = '' as $$
declare
  as_role text := current_setting('role', true);
begin
  if as_role is null or as_role not in ('authenticated', 'portal_staff') then return new; end if;
  if new.resolved_by is distinct from old.resolved_by and new.resolved_by is distinct from (select private.my_person())
    and new.resolved_by is not null
  then
    raise insufficient_privilege using message = 'a pin is resolved in one''s own name';
  end if;
  if new.confirmed_by is distinct from old.confirmed_by and new.confirmed_by is distinct from (select private.my_person()) then
    raise insufficient_privilege using message = 'where a pin stands now is confirmed in one''s own name';
  end if;
  -- Whoever says where it stands now also says that it was looked at; elsewhere nobody moves a pin.
  if (new.x, new.y, new.width, new.height, new.page, new.from_ms, new.until_ms, new.point, new.carried)
    is distinct from (old.x, old.y, old.width, old.height, old.page, old.from_ms, old.until_ms, old.point, old.carried)
    and (old.carried is null or new.carried is null or new.confirmed_by is null)
  then
    raise insufficient_privilege using message = 'a pin stays where it was set';
  end if;
  return new;
end
$$;
create function private.guard_guest_pin() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_setting('role', true) in ('authenticated', 'portal_staff') and new.resolved_by_guest is not null then
    raise insufficient_privilege using message = 'a pin is resolved in one''s own name';
  end if;
  return new;
end
$$;
create trigger prototype_pins_guard_guests before update on public.prototype_pins
  for each row when (new.resolved_by_guest is distinct from old.resolved_by_guest) execute function private.guard_guest_pin();
create trigger prototype_pins_guard before update on public.prototype_pins
  for each row execute function private.guard_pin();
create trigger prototype_staff_pins_guard before update on public.prototype_staff_pins
  for each row execute function private.guard_pin();

-- Begins the next version of a prototype as a draft. Out: its id; null when there is a draft, or no such prototype.
create function private.begin_prototype_version(prototype uuid) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare
  begun uuid;
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then
    raise insufficient_privilege using message = 'designers, managers and admins make prototypes';
  end if;
  perform from public.prototypes p where p.id = prototype for no key update;
  if not found or exists (
    select from public.prototype_versions v where v.prototype_id = prototype and v.published_at is null)
  then
    return null;
  end if;
  insert into public.prototype_versions (prototype_id, number, created_by)
  select prototype, coalesce(max(v.number), 0) + 1, (select private.my_person())
  from public.prototype_versions v where v.prototype_id = prototype
  returning id into begun;
  return begun;
end
$$;

-- Publishes a draft as its maker saw it. Out: 'done', or why not: 'not-found', 'not-a-draft', 'changed', 'no-files', 'files-on-the-way'.
-- What was refused is no part of the version, and goes.
create function private.publish_prototype_version(version uuid, seen integer) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  draft public.prototype_versions;
  whole bytea;
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then
    raise insufficient_privilege using message = 'designers, managers and admins make prototypes';
  end if;
  select * into draft from public.prototype_versions v where v.id = version for update;
  if not found then return 'not-found'; end if;
  if draft.published_at is not null then return 'not-a-draft'; end if;
  if draft.revision <> seen then return 'changed'; end if;
  if exists (select from public.prototype_files f where f.version_id = version and f.state in ('uploading', 'checking')) then
    return 'files-on-the-way';
  end if;
  select sha256(string_agg(f.sha256, ''::bytea order by f.id)) into whole
  from public.prototype_files f where f.version_id = version and f.state = 'ready';
  if whole is null then return 'no-files'; end if;
  delete from public.prototype_files f where f.version_id = version and f.state = 'refused';
  update public.prototype_versions v
  set published_at = now(), published_by = (select private.my_person()), fingerprint = whole
  where v.id = version;
  return 'done';
end
$$;

-- Puts what is not sent into a draft: a page elsewhere, or a sample that one can hold. Out: its id; null when there is no such draft.
create function private.add_prototype_thing(version uuid, thing text, called text, stands_at text) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare
  added uuid;
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then
    raise insufficient_privilege using message = 'designers, managers and admins make prototypes';
  end if;
  if thing is null or thing not in ('web', 'sample') then
    raise check_violation using message = 'what is a file is sent';
  end if;
  perform from public.prototype_versions v where v.id = version and v.published_at is null for share;
  if not found then return null; end if;
  insert into public.prototype_files (version_id, uploaded_by, name, kind, address, byte_size, state, sha256)
  values (version, (select private.my_person()), called, thing, stands_at, 0, 'ready',
    sha256(convert_to(thing || chr(10) || called || chr(10) || coalesce(stands_at, ''), 'UTF8')))
  returning id into added;
  return added;
end
$$;

-- The bytes are there: let them be checked. False when it is no upload of the asking person, or was told before.
create function private.prototype_file_arrived(upload uuid) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.prototype_files f set state = 'checking'
  where f.id = upload and f.state = 'uploading' and f.uploaded_by = (select private.my_person());
  if not found then return false; end if;
  perform graphile_worker.add_job('check_prototype_file', json_build_object('id', upload),
    job_key => 'check_prototype_file:' || upload);
  return true;
end
$$;

-- Takes a file out of a draft again. Out: where its bytes and what was made of them lay, for them to be
-- cleared away; no row when there is none to take.
create function private.drop_prototype_file(file uuid) returns setof text
  language plpgsql volatile security definer set search_path = '' as $$
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then return; end if;
  perform from public.prototype_versions v join public.prototype_files f on f.version_id = v.id
  where f.id = file and v.published_at is null for update of v;
  if not found then return; end if;
  return query select r.storage_path from public.prototype_renditions r where r.file_id = file;
  return query delete from public.prototype_files f where f.id = file returning f.storage_path;
end
$$;
grant execute on function private.begin_prototype_version(uuid), private.publish_prototype_version(uuid, integer),
  private.prototype_file_arrived(uuid), private.add_prototype_thing(uuid, text, text, text), private.drop_prototype_file(uuid)
  to portal_staff;

-- Notes that whoever asks has a version open that they are shown.
create function private.open_prototype_version(version uuid) returns void
  language sql volatile security definer set search_path = '' as $$
  insert into public.prototype_openings (version_id, person_id)
  select version, me.id from (select private.my_person() as id) me
  where me.id is not null and version = any (array(select private.my_shown_versions()))
  on conflict (version_id, person_id) do update set last_at = now()
$$;
grant execute on function private.open_prototype_version(uuid) to authenticated;

alter table public.prototypes enable row level security;
alter table public.prototypes force row level security;
alter table public.prototype_versions enable row level security;
alter table public.prototype_versions force row level security;
alter table public.prototype_files enable row level security;
alter table public.prototype_files force row level security;
alter table public.prototype_renditions enable row level security;
alter table public.prototype_renditions force row level security;
alter table public.prototype_releases enable row level security;
alter table public.prototype_releases force row level security;
alter table public.prototype_pins enable row level security;
alter table public.prototype_pins force row level security;
alter table public.prototype_pin_comments enable row level security;
alter table public.prototype_pin_comments force row level security;
alter table public.prototype_staff_pins enable row level security;
alter table public.prototype_staff_pins force row level security;
alter table public.prototype_staff_pin_comments enable row level security;
alter table public.prototype_staff_pin_comments force row level security;
alter table public.prototype_openings enable row level security;
alter table public.prototype_openings force row level security;

grant select on public.prototypes, public.prototype_versions, public.prototype_files, public.prototype_renditions, public.prototype_pins,
  public.prototype_pin_comments to authenticated, portal_staff;
grant select on public.prototype_releases, public.prototype_staff_pins, public.prototype_staff_pin_comments,
  public.prototype_openings to portal_staff;
grant select on public.prototype_files, public.prototype_pins, public.prototype_staff_pins to service_role;
grant select, insert on public.prototype_renditions to service_role;
grant insert (idea_id, name, created_by), update (name) on public.prototypes to portal_staff;
grant update (notes) on public.prototype_versions to portal_staff;
grant insert (version_id, uploaded_by, name, byte_size) on public.prototype_files to portal_staff;
grant update (kind, media_type, byte_size, sha256, width, height, pages, duration_ms, frame_rate, triangles, state, refusal, storage_path)
  on public.prototype_files to service_role;
grant insert (version_id, account_id, people, released_from, may_download, released_by),
  update (ended_at, ended_by) on public.prototype_releases to portal_staff;
grant insert (version_id, file_id, account_id, created_by, x, y, width, height, page, from_ms, until_ms, point)
  on public.prototype_pins to authenticated, portal_staff;
grant update (resolved_at, resolved_by, resolved_by_guest) on public.prototype_pins to authenticated, portal_staff;
grant update (assigned_to, x, y, width, height, page, from_ms, until_ms, point, carried, confirmed_at, confirmed_by)
  on public.prototype_pins to portal_staff;
grant insert (pin_id, version_id, account_id, author_id, answers, mentions, body)
  on public.prototype_pin_comments to authenticated, portal_staff;
grant insert (version_id, file_id, created_by, x, y, width, height, page, from_ms, until_ms, point)
  on public.prototype_staff_pins to portal_staff;
grant update (resolved_at, resolved_by, x, y, width, height, page, from_ms, until_ms, point, carried, confirmed_at, confirmed_by)
  on public.prototype_staff_pins to portal_staff;
grant insert (pin_id, author_id, answers, mentions, body) on public.prototype_staff_pin_comments to portal_staff;
-- What was said of the version before comes with its pins.
grant insert on public.prototype_pins, public.prototype_staff_pins to service_role;

create policy "clients see prototypes that they are shown" on public.prototypes for select to authenticated
  using (id = any (array(select private.my_shown_prototypes())));
create policy "staff see prototypes" on public.prototypes for select to portal_staff using (true);
create policy "designers, managers and admins make prototypes" on public.prototypes for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "designers, managers and admins rename prototypes" on public.prototypes for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see versions that they are shown" on public.prototype_versions for select to authenticated
  using (id = any (array(select private.my_shown_versions())));
create policy "staff see versions" on public.prototype_versions for select to portal_staff using (true);
create policy "designers, managers and admins describe versions" on public.prototype_versions for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'manager', 'admin']);

create policy "clients see files of versions that they are shown" on public.prototype_files for select to authenticated
  using (version_id = any (array(select private.my_shown_versions())));
create policy "staff see files of versions" on public.prototype_files for select to portal_staff using (true);
create policy "clients see what was made of files that they are shown" on public.prototype_renditions for select to authenticated
  using (version_id = any (array(select private.my_shown_versions())));
create policy "staff see what was made of files" on public.prototype_renditions for select to portal_staff using (true);
create policy "the system sees what was made of files" on public.prototype_renditions for select to service_role using (true);
create policy "the system makes pictures of files" on public.prototype_renditions for insert to service_role with check (true);
create policy "the system sees files of versions" on public.prototype_files for select to service_role using (true);
create policy "designers, managers and admins upload to versions" on public.prototype_files for insert to portal_staff
  with check (
    uploaded_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );
create policy "the system tells what files are" on public.prototype_files for update to service_role
  using (true) with check (true);

create policy "staff see releases" on public.prototype_releases for select to portal_staff using (true);
create policy "designers, managers and admins release what is published" on public.prototype_releases for insert to portal_staff
  with check (
    released_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
    and exists (select from public.prototype_versions v where v.id = version_id and v.published_at is not null)
    and (people is null or people <@ array(
      select p.id from public.people p where p.account_id = prototype_releases.account_id and p.removed_at is null))
  );
create policy "designers, managers and admins end releases" on public.prototype_releases for update to portal_staff
  using (ended_at is null and (select private.staff_roles()) && array['designer', 'manager', 'admin'])
  with check (
    (ended_by is null or ended_by = (select private.my_person()))
    and (select private.staff_roles()) && array['designer', 'manager', 'admin']
  );

create policy "clients see their account's pins on what they are shown" on public.prototype_pins for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see pins" on public.prototype_pins for select to portal_staff using (true);
create policy "the system sees pins" on public.prototype_pins for select to service_role using (true);
create policy "the system carries pins over" on public.prototype_pins for insert to service_role
  with check (carried is not null and carried_from is not null);
create policy "the system sees pins of staff" on public.prototype_staff_pins for select to service_role using (true);
create policy "the system carries pins of staff over" on public.prototype_staff_pins for insert to service_role
  with check (carried is not null and carried_from is not null);
create policy "clients who do more than read set pins" on public.prototype_pins for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and created_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and version_id = any (array(select private.my_shown_versions()))
    and exists (select from public.prototype_files f where f.id = file_id and f.version_id = prototype_pins.version_id)
    and exists (select from public.prototype_versions v where v.id = version_id and v.approved_at is null)
  );
create policy "staff who do more than read set pins" on public.prototype_pins for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (select from public.prototype_files f where f.id = file_id and f.version_id = prototype_pins.version_id)
    and exists (select from public.prototype_versions v where v.id = version_id and v.approved_at is null)
    and exists (
      select from public.prototype_releases r
      where r.version_id = prototype_pins.version_id and r.account_id = prototype_pins.account_id and r.ended_at is null)
  );
create policy "clients who do more than read resolve pins" on public.prototype_pins for update to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and version_id = any (array(select private.my_shown_versions()))
  )
  with check (account_id = any (array(select private.my_accounts())));
create policy "staff who do more than read resolve pins" on public.prototype_pins for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'])
  with check (
    (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and (assigned_to is null or exists (
      select from public.people p where p.id = assigned_to and p.side = 'staff' and p.removed_at is null))
  );

create policy "clients see what is said at their account's pins" on public.prototype_pin_comments for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and version_id = any (array(select private.my_shown_versions()))
  );
create policy "staff see what is said at pins" on public.prototype_pin_comments for select to portal_staff using (true);
create policy "clients who do more than read answer at pins" on public.prototype_pin_comments for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and author_id = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (
      select from public.prototype_pins p join public.prototype_versions v on v.id = p.version_id
      where p.id = pin_id and p.version_id = prototype_pin_comments.version_id
        and p.account_id = prototype_pin_comments.account_id and v.approved_at is null)
  );
create policy "staff who do more than read answer at pins" on public.prototype_pin_comments for insert to portal_staff
  with check (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (
      select from public.prototype_pins p join public.prototype_versions v on v.id = p.version_id
      where p.id = pin_id and p.version_id = prototype_pin_comments.version_id
        and p.account_id = prototype_pin_comments.account_id and v.approved_at is null)
  );

create policy "staff see their own pins" on public.prototype_staff_pins for select to portal_staff using (true);
create policy "staff who do more than read set their own pins" on public.prototype_staff_pins for insert to portal_staff
  with check (
    created_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
    and exists (select from public.prototype_files f where f.id = file_id and f.version_id = prototype_staff_pins.version_id)
  );
create policy "staff who do more than read resolve their own pins" on public.prototype_staff_pins for update to portal_staff
  using ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin'])
  with check ((select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']);
create policy "staff see what they say at their own pins" on public.prototype_staff_pin_comments for select to portal_staff
  using (true);
create policy "staff who do more than read answer at their own pins" on public.prototype_staff_pin_comments for insert to portal_staff
  with check (
    author_id = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );

create policy "staff see who opened what" on public.prototype_openings for select to portal_staff using (true);
