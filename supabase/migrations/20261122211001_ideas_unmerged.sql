-- Staff's lists leave out what was merged into another idea, and the numbers that open them count the same.
create index ideas_unmerged_status on public.ideas (status, id desc) where merged_into is null;

-- private.search_idea_list does all that it did.
drop function private.search_ideas(text, text, uuid, integer);
