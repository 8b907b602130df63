-- What happens is told at once to whoever listens: the pages that are open, and whatever else follows along. A message names
-- things and says nothing about them; what a page shows it reads anew, as its reader.

create function private.tell_event() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_notify('tandem_live', json_build_object(
    'e', new.id::text, 'a', new.account_id, 'aud', new.audience, 'k', new.subject_kind, 's', new.subject_id)::text);
  return null;
end
$$;
create trigger events_tell after insert on public.events for each row execute function private.tell_event();

-- Tells open pages of what is no event. Audience: 'both' the account's people and staff, 'staff' staff alone, 'person' the
-- person whose id it is, 'clients' every client and staff. It travels when the transaction commits.
create function private.say_live(kind text, id uuid, account uuid, audience text) returns void
  language plpgsql volatile set search_path = '' as $$
begin
  if kind !~ '^[a-z_]{1,40}$' or id is null or audience is null
    or audience not in ('both', 'staff', 'person', 'clients')
    or (audience = 'both' and account is null)
  then
    raise exception 'this cannot be told: % %', kind, audience;
  end if;
  perform pg_notify('tandem_live', json_build_object('a', account, 'aud', audience, 'k', kind, 's', id)::text);
end
$$;
grant execute on function private.say_live(text, uuid, uuid, text) to authenticated, portal_staff, service_role;

-- The newest events after one, of the asking client's account, that its people may read. `recent`: within so many
-- milliseconds. Behind the policy the planner would sort the account's whole log (as for newest_events).
create function private.events_after(after bigint, within_ms bigint, take integer)
  returns table (id bigint, subject_kind text, subject_id uuid, recent boolean)
  language plpgsql stable security definer rows 10 set search_path = '' as $$
declare
  mine uuid := (select private.my_accounts());
begin
  return query execute
    'select e.id, e.subject_kind, e.subject_id, e.happened_at > clock_timestamp() - $3 * interval ''1 millisecond''
     from public.events e
     where e.account_id = $1 and e.audience = ''both'' and e.id > $2
     order by e.id desc limit $4'
    using mine, after, within_ms, least(take, 200);
end
$$;
grant execute on function private.events_after(bigint, bigint, integer) to authenticated;
