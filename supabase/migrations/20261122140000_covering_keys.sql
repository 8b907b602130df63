-- Every foreign key led by an index that its policies use too: the account first, as in the policies. The key of ideas by
-- account gives an account's list its order, so the index that did is not needed any more.

alter table public.idea_briefs drop constraint idea_briefs_idea_id_account_id_fkey;
alter table public.idea_comments drop constraint idea_comments_idea_id_account_id_fkey;
alter table public.idea_notes drop constraint idea_notes_idea_id_account_id_fkey;
alter table public.idea_files drop constraint idea_files_idea_id_account_id_fkey;

alter table public.ideas drop constraint ideas_id_account_id_key;
alter table public.ideas add unique (account_id, id);
drop index public.ideas_account_newest;

create index idea_briefs_account_idea on public.idea_briefs (account_id, idea_id);
create index idea_comments_account_idea on public.idea_comments (account_id, idea_id);
create index idea_notes_account_idea on public.idea_notes (account_id, idea_id);
create index idea_files_account_idea on public.idea_files (account_id, idea_id);
drop index public.idea_briefs_account_id;
drop index public.idea_comments_account_id;
drop index public.idea_notes_account_id;
drop index public.idea_files_account_id;

alter table public.idea_briefs
  add foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade;
alter table public.idea_comments
  add foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade;
alter table public.idea_notes
  add foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade;
alter table public.idea_files
  add foreign key (account_id, idea_id) references public.ideas (account_id, id) on delete cascade;

alter table public.person_contacts drop constraint person_contacts_person_id_account_id_fkey;
alter table public.people drop constraint people_id_account_id_key;
alter table public.people add unique (account_id, id);
create index person_contacts_account_person on public.person_contacts (account_id, person_id);
drop index public.person_contacts_account_id;
alter table public.person_contacts
  add foreign key (account_id, person_id) references public.people (account_id, id);
