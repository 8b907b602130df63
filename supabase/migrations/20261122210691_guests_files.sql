-- What a file's door asks of every reader, guests included: whether the file was taken away again.
grant select (removed_at) on public.idea_attachments to portal_guest;
