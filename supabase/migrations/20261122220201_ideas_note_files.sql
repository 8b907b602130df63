-- Internal notes carry files. Such a file belongs to no account at all, so that no rule about accounts can ever show it to
-- one; the rules of clients and guests say it a second time.
alter table public.idea_attachments
  add column note_id uuid references public.idea_notes on delete cascade,
  drop constraint idea_attachments_check1,
  drop constraint idea_attachments_check2,
  add constraint idea_attachments_of_an_account
    check (idea_id is null or (account_id is null) = (note_id is not null)),
  add constraint idea_attachments_go_with_one check (num_nonnulls(comment_id, support_id, note_id) < 2),
  add constraint idea_attachments_of_notes_are_claimed check (note_id is null or idea_id is not null);
create index idea_attachments_note_id on public.idea_attachments (note_id);

alter policy "clients see what their account sent, and their own uploads" on public.idea_attachments
  using (
    account_id = any (array(select private.my_accounts()))
    and note_id is null
    and (idea_id is not null or uploaded_by = (select private.my_person()))
  );
alter policy "guests see what was sent with their idea" on public.idea_attachments
  using (idea_id = (select private.my_guest_idea()) and support_id is null and note_id is null);

-- Uploads of a member of staff become part of a note they have just written. Out: how many did.
create function private.claim_note_attachments(uploads uuid[], said uuid) returns integer
  language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := (select private.my_person());
  idea uuid;
  claimed integer;
begin
  select n.idea_id into idea from public.idea_notes n where n.id = said and n.author_id = me;
  if idea is null or cardinality(uploads) > 20 then
    raise insufficient_privilege using message = 'files go with what one has said oneself';
  end if;
  update public.idea_attachments a
  set idea_id = idea, note_id = said, claimed_at = now()
  where a.id = any (uploads) and a.uploaded_by = me and a.account_id is null and a.idea_id is null
    and a.removed_at is null and a.state in ('checking', 'ready');
  get diagnostics claimed = row_count;
  return claimed;
end
$$;
grant execute on function private.claim_note_attachments(uuid[], uuid) to portal_staff;

-- A file that is ready, or was refused, shows so on the open pages of its idea: that of a note on those of staff alone.
create or replace function private.tell_attachment() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.say_live('idea', new.idea_id, new.account_id, case when new.note_id is null then 'both' else 'staff' end);
  return null;
end
$$;
