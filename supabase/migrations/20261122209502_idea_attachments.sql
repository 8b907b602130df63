-- Photos and files of an idea, of a comment on it, or of words of support. They are uploaded first and claimed by what
-- they go with; what nobody claims within a day is removed.

create table public.idea_attachments (
  id uuid primary key default private.uuid_v7(),
  -- Whose people may read it. Null while a member of staff has not sent it with anything yet.
  account_id uuid references public.accounts,
  idea_id uuid references public.ideas on delete cascade,
  comment_id uuid references public.idea_comments on delete cascade,
  support_id uuid,
  uploaded_by uuid not null references public.people,
  name text not null check (char_length(name) between 1 and 200),
  -- Told by the contents, never by whoever sent it.
  media_type text check (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  byte_size bigint not null check (byte_size between 0 and 104857600),
  width integer check (width between 1 and 20000),
  height integer check (height between 1 and 20000),
  state text not null default 'uploading' check (state in ('uploading', 'checking', 'ready', 'refused')),
  refusal text check (refusal ~ '^[a-z-]{1,40}$'),
  storage_path text unique,
  thumb_path text unique,
  created_at timestamptz not null default now(),
  claimed_at timestamptz,
  -- Taken away again before it was sent: it still counts against what one may upload in a day.
  removed_at timestamptz,
  check (idea_id is not null or (comment_id is null and support_id is null)),
  check (idea_id is null or account_id is not null),
  check (num_nonnulls(comment_id, support_id) < 2),
  check ((state = 'refused') = (refusal is not null)),
  check (state <> 'ready' or (media_type is not null and storage_path is not null))
);
create index idea_attachments_idea on public.idea_attachments (idea_id, id);
create index idea_attachments_account_id on public.idea_attachments (account_id);
create index idea_attachments_uploaded_by on public.idea_attachments (uploaded_by, created_at desc);
create index idea_attachments_comment_id on public.idea_attachments (comment_id);
create index idea_attachments_support_id on public.idea_attachments (support_id);
create index idea_attachments_unclaimed on public.idea_attachments (created_at) where idea_id is null;

-- What browsers send goes where nothing is served from; only what was checked reaches the other place.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('idea-uploads', 'idea-uploads', false, 104857600, array['application/octet-stream']),
  ('idea-attachments', 'idea-attachments', false, 104857600, null)
on conflict (id) do nothing;

alter table public.idea_attachments enable row level security;
alter table public.idea_attachments force row level security;

grant select on public.idea_attachments to authenticated, portal_staff, service_role;
grant insert (account_id, uploaded_by, name, byte_size) on public.idea_attachments to authenticated;
grant insert (uploaded_by, name, byte_size) on public.idea_attachments to portal_staff;
grant update (media_type, byte_size, width, height, state, refusal, storage_path, thumb_path), delete
  on public.idea_attachments to service_role;

create policy "clients see what their account sent, and their own uploads" on public.idea_attachments for select to authenticated
  using (
    account_id = any (array(select private.my_accounts()))
    and (idea_id is not null or uploaded_by = (select private.my_person()))
  );
create policy "staff see what was sent, and their own uploads" on public.idea_attachments for select to portal_staff
  using (idea_id is not null or uploaded_by = (select private.my_person()));
create policy "clients who do more than read upload" on public.idea_attachments for insert to authenticated
  with check (
    account_id = any (array(select private.my_accounts()))
    and uploaded_by = (select private.my_person())
    and (select private.my_role()) in ('owner', 'member', 'approver')
  );
create policy "staff who do more than read upload" on public.idea_attachments for insert to portal_staff
  with check (
    uploaded_by = (select private.my_person())
    and (select private.staff_roles()) && array['designer', 'pricing', 'manager', 'production', 'support', 'admin']
  );

-- The bytes are there: let them be checked. False when it is no upload of the asking person, or was told before.
create function private.attachment_arrived(upload uuid) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.idea_attachments a set state = 'checking'
  where a.id = upload and a.state = 'uploading' and a.removed_at is null and a.uploaded_by = (select private.my_person());
  if not found then return false; end if;
  perform graphile_worker.add_job('check_attachment', json_build_object('id', upload), job_key => 'check_attachment:' || upload);
  return true;
end
$$;

-- Takes an upload back that was not sent with anything yet.
create function private.drop_attachment(upload uuid) returns boolean
  language plpgsql volatile security definer set search_path = '' as $$
begin
  update public.idea_attachments a set removed_at = now()
  where a.id = upload and a.idea_id is null and a.removed_at is null and a.uploaded_by = (select private.my_person());
  return found;
end
$$;

-- Uploads of the asking person become part of what they sent: of an idea, of a comment on it, or of words of support.
-- Out: how many did. Others' uploads, used ones and those that never arrived stay where they are.
create function private.claim_attachments(uploads uuid[], idea uuid, said uuid, backing uuid) returns integer
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  whose uuid;
  author uuid;
  claimed integer;
begin
  if me is null or cardinality(uploads) > 20 or num_nonnulls(said, backing) > 1 then
    raise insufficient_privilege using message = 'nothing to claim for';
  end if;
  select i.account_id, i.author_id into whose, author from public.ideas i where i.id = idea;
  if said is not null then
    select c.author_id into author from public.idea_comments c where c.id = said and c.idea_id = idea;
  elsif backing is not null then
    -- Support may come from another account than the idea's: its photos are then read by that account.
    select s.account_id, coalesce(s.on_behalf_by, s.person_id) into whose, author
    from public.idea_support s where s.id = backing and s.idea_id = idea;
  end if;
  if author is distinct from me or whose is null then
    raise insufficient_privilege using message = 'files go with what one has said oneself';
  end if;
  update public.idea_attachments a
  set idea_id = idea, comment_id = said, support_id = backing, account_id = whose, claimed_at = now()
  where a.id = any (uploads) and a.uploaded_by = me and a.idea_id is null and a.removed_at is null
    and a.state in ('checking', 'ready');
  get diagnostics claimed = row_count;
  return claimed;
end
$$;
grant execute on function private.attachment_arrived(uuid), private.drop_attachment(uuid),
  private.claim_attachments(uuid[], uuid, uuid, uuid) to authenticated, portal_staff;
