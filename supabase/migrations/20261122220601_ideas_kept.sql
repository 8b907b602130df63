-- What must stay true of an idea while others act on it: its first answer, its files, and its one second half.

-- What we still owe an account: complaints that wait for their answer. One that was merged is answered where it went.
create or replace function private.open_duties(account uuid) returns integer
  language sql stable security definer set search_path = '' as $$
  select count(*)::int
  from public.ideas i
  where i.account_id = account and i.kind = 'complaint' and i.answer_due_at is not null and i.answered_at is null
    and i.merged_into is null
    and current_setting('role', true) in ('portal_staff', 'service_role')
$$;

-- An answer that was taken back was none: the next word of ours counts then, or the first change of status.
create function private.unanswer_by_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.ideas i set answered_at = least(
    (select min(c.created_at) from public.idea_comments c join public.people p on p.id = c.author_id
     where c.idea_id = i.id and p.side = 'staff'),
    (select min(e.happened_at) from public.events e
     where e.subject_id = i.id and e.subject_kind = 'idea' and e.name = 'idea.status_changed'))
  where i.id = old.idea_id and i.answered_at = old.created_at;
  return null;
end
$$;
create trigger idea_comments_unanswer after delete on public.idea_comments
  for each row when (old.author_id is not null) execute function private.unanswer_by_comment();

-- Files of a comment or a note that is taken back belong to nothing any more, as uploads that nobody sent: the job that clears those
-- takes their bytes away too, which a cascade would leave in the storage for ever.
create function private.release_files() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.idea_attachments a set removed_at = now(), idea_id = null, comment_id = null, note_id = null
  where a.comment_id = old.id or a.note_id = old.id;
  return old;
end
$$;
create trigger idea_comments_release_files before delete on public.idea_comments
  for each row execute function private.release_files();
create trigger idea_notes_release_files before delete on public.idea_notes
  for each row execute function private.release_files();

-- The job marks what it clears first, so that nobody claims a file whose bytes are going.
grant update (removed_at) on public.idea_attachments to service_role;

-- Staff part one text into two ideas: the second has the same author and account, and stands beside the first. The first is
-- held and its revision raised, so that of two who part it at once one does.
create or replace function private.split_idea(
  original uuid, seen_revision integer, new_kind text, new_title text, new_body jsonb, new_body_text text,
  new_tokens text, due timestamptz
) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then
    raise insufficient_privilege using message = 'designers, managers and admins split ideas';
  end if;
  update public.ideas i set title = i.title where i.id = original and i.revision = seen_revision;
  if not found then return null; end if;
  insert into public.ideas (account_id, author_id, title, body, body_text, search_tokens, product_id, fields, kind,
    answer_due_at, split_from)
  select i.account_id, i.author_id, new_title, new_body, new_body_text, new_tokens, i.product_id, i.fields, new_kind, due, i.id
  from public.ideas i where i.id = original
  returning id into made;
  return made;
end
$$;
