-- Staff who look at the portal as one of its customers: for half an hour, reading only, and written down.

create table public.account_views (
  id uuid primary key default private.uuid_v7(),
  person_id uuid not null references public.people,
  account_id uuid not null references public.accounts,
  session_id uuid not null,
  started_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz
);
create index account_views_person_id on public.account_views (person_id, id desc);
create index account_views_account_id on public.account_views (account_id, id desc);

alter table public.account_views enable row level security;
alter table public.account_views force row level security;
grant select (id, person_id, account_id, started_at, ends_at, ended_at) on public.account_views to portal_staff;
create policy "staff see who looked as whom" on public.account_views for select to portal_staff using (true);

-- The account of a view that lasts: begun by this user, who is still staff in a role that may look. Nothing else makes one,
-- and a client who names a view, their own user or somebody else's, names none that lasts for them.
create function private.account_of_view(view uuid, viewer uuid) returns uuid
  language sql stable security definer set search_path = '' as $$
  select v.account_id
  from public.account_views v
  join public.people p on p.id = v.person_id
  join public.accounts a on a.id = v.account_id
  where v.id = view and v.ended_at is null and v.ends_at > now() and a.merged_into is null
    and p.user_id = viewer and p.side = 'staff' and p.removed_at is null
    and exists (
      select from public.staff_roles r where r.person_id = p.id and r.role in ('manager', 'admin', 'support'))
$$;

-- A transaction of a view names no user at all, so that whatever is somebody's own is nobody's in it: my_person() is null.
create or replace function private.my_accounts() returns setof uuid
  language plpgsql stable security definer rows 1 set search_path = '' as $$
declare
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  asking uuid := (claims ->> 'sub')::uuid;
begin
  if asking is not null then
    return query select p.account_id from public.people p
      where p.user_id = asking and p.removed_at is null and p.side = 'client';
  elsif claims ? 'view' then
    return query select v from private.account_of_view((claims ->> 'view')::uuid, (claims ->> 'viewer')::uuid) v
      where v is not null;
  end if;
end
$$;

create or replace function private.my_role() returns text
  language plpgsql stable security definer set search_path = '' as $$
declare
  claims jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb;
  asking uuid := (claims ->> 'sub')::uuid;
begin
  if asking is not null then
    return (select p.role from public.people p
      where p.user_id = asking and p.removed_at is null and p.side = 'client');
  elsif claims ? 'view'
    and private.account_of_view((claims ->> 'view')::uuid, (claims ->> 'viewer')::uuid) is not null
  then
    return 'viewer';
  end if;
  return null;
end
$$;

-- Begins a view of an account by the asking member of staff; an earlier one of theirs ends. Answers null when there is no such
-- account, or it has been merged into another.
create function private.start_view(account uuid, session uuid) returns uuid
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  view uuid;
begin
  if current_setting('role', true) <> 'portal_staff'
    or not coalesce((select private.staff_roles()) && array['manager', 'admin', 'support'], false)
  then
    raise insufficient_privilege using message = 'managers, admins and support look as a customer';
  end if;
  update public.account_views v set ended_at = now() where v.person_id = me and v.ended_at is null;
  insert into public.account_views (person_id, account_id, session_id, ends_at)
  select me, a.id, session, now() + interval '30 minutes'
  from public.accounts a where a.id = account and a.merged_into is null
  returning id into view;
  return view;
end
$$;
create function private.end_view() returns void
  language sql volatile security definer set search_path = '' as $$
  update public.account_views v set ended_at = now()
  where v.person_id = (select private.my_person()) and v.ended_at is null
$$;
grant execute on function private.start_view(uuid, uuid), private.end_view() to portal_staff;

-- The session door: the view that this session's browser speaks of, while it lasts.
create function private.current_view(view uuid, viewer uuid, session uuid)
  returns table (account_id uuid, account_name text, ends_at timestamptz)
  language sql stable security definer rows 1 set search_path = '' as $$
  select a.id, a.name, v.ends_at
  from public.account_views v join public.accounts a on a.id = v.account_id
  where v.id = view and v.session_id = session and a.id = private.account_of_view(view, viewer)
$$;
grant execute on function private.current_view(uuid, uuid, uuid) to portal_app, service_role;
