-- Who asks is looked up on every page, once by whoami() and once more by nearly every statement's policies. A function in
-- SQL is planned anew each time it is called; in PL/pgSQL a connection plans it once. What they answer stays as it was.

create or replace function private.whoami(asking_user uuid, asking_session uuid)
  returns table (
    person_id uuid, side text, display_name text, account_id uuid, account_name text, role text,
    staff_roles text[], language text, zone text,
    has_second_factor boolean, passed_second_factor boolean, needs_second_factor boolean, proved_at timestamptz
  )
  language plpgsql stable security definer rows 1 set search_path = '' as $$
#variable_conflict use_column
begin
  return query select p.id, p.side, p.display_name, p.account_id, a.name, p.role,
    array(select r.role from public.staff_roles r where r.person_id = p.id order by r.role),
    c.language, coalesce(c.zone, 'Europe/Berlin'),
    exists (select from auth.mfa_factors f where f.user_id = u.id and f.status::text = 'verified'),
    s.aal::text in ('aal2', 'aal3') or proof.recovered_at is not null,
    p.side = 'staff' and (select w.second_factor_required from public.security_settings w),
    proof.proved_at
  from auth.sessions s
  join auth.users u on u.id = s.user_id
  join public.people p on p.user_id = u.id
  left join public.accounts a on a.id = p.account_id
  left join public.person_contacts c on c.person_id = p.id
  left join public.session_proofs proof on proof.session_id = s.id and proof.person_id = p.id
  where s.id = asking_session
    and s.user_id = asking_user
    and (s.not_after is null or s.not_after > now())
    and (u.banned_until is null or u.banned_until <= now())
    and u.deleted_at is null
    and p.removed_at is null;
end
$$;

create or replace function private.my_person() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
declare
  asking uuid := (select auth.uid());
begin
  return (select p.id from public.people p where p.user_id = asking and p.removed_at is null);
end
$$;

create or replace function private.staff_roles() returns text[]
  language plpgsql stable security definer set search_path = '' as $$
declare
  asking uuid := (select auth.uid());
begin
  return (
    select coalesce(array_agg(r.role order by r.role), '{}')
    from public.people p join public.staff_roles r on r.person_id = p.id
    where p.user_id = asking and p.removed_at is null and p.side = 'staff'
  );
end
$$;

create or replace function private.my_grant() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
declare
  asking uuid := ((select auth.jwt()) ->> 'grant')::uuid;
begin
  return (select g.id from public.guest_grants g where g.id = asking and g.revoked_at is null and g.expires_at > now());
end
$$;

create or replace function private.my_guest_account() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
begin
  return (select g.account_id from public.guest_grants g where g.id = (select private.my_grant()));
end
$$;

create or replace function private.my_guest_idea() returns uuid
  language plpgsql stable security definer set search_path = '' as $$
begin
  return (select g.idea_id from public.guest_grants g where g.id = (select private.my_grant()));
end
$$;

create or replace function private.my_guest_rights() returns text
  language plpgsql stable security definer set search_path = '' as $$
begin
  return (select g.rights from public.guest_grants g where g.id = (select private.my_grant()));
end
$$;

create or replace function private.my_guest_people() returns setof uuid
  language plpgsql stable security definer rows 20 set search_path = '' as $$
begin
  return query select i.author_id from public.ideas i where i.id = (select private.my_guest_idea())
    union
    select c.author_id from public.idea_comments c
    where c.idea_id = (select private.my_guest_idea()) and c.author_id is not null
    union
    select p.id from public.idea_comments c cross join unnest(c.mentions) called
    join public.people p on p.id = called and (p.side = 'staff' or p.account_id = c.account_id)
    where c.idea_id = (select private.my_guest_idea());
end
$$;
