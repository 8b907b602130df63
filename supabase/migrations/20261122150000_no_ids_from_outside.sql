-- The database alone gives ideas, comments and notes their ids: an id of somebody's choice that is taken already is refused
-- in other words than one that is free (23505), which tells a stranger that such a thing exists.
-- idea_files keeps its id: the server draws it, since a picture is stored under it before its row is written, so that no row
-- ever names a picture that is not there. No request can choose it.

revoke insert (id) on public.ideas from authenticated;
revoke insert (id) on public.idea_comments from authenticated, portal_staff;
revoke insert (id) on public.idea_notes from portal_staff;
