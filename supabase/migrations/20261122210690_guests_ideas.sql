-- What else stands on the page of a guest's idea: the name of its status, and what was sent along with it.

grant select (id, kind, names, position) on public.idea_statuses to portal_guest;
create policy "guests see statuses" on public.idea_statuses for select to portal_guest
  using ((select private.my_grant()) is not null);

grant select (id, idea_id, account_id, comment_id, support_id, name, media_type, byte_size, width, height, state, storage_path,
  thumb_path, created_at) on public.idea_attachments to portal_guest;
create policy "guests see what was sent with their idea" on public.idea_attachments for select to portal_guest
  using (idea_id = (select private.my_guest_idea()) and support_id is null);
