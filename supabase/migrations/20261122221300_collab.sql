-- Whose client ids are whose in a live document: an edit under somebody else's id makes that person's next edit vanish, so
-- ownership outlives the process that saw it first. `person` is a person's id or a guest's grant, as the session said.
create table public.collab_author (
  doc bigint not null references public.collab_doc on delete cascade,
  client bigint not null check (client >= 0),
  person text not null check (char_length(person) between 1 and 100),
  primary key (doc, client)
);

alter table public.collab_author enable row level security;
alter table public.collab_author force row level security;

grant select, insert (doc, client, person) on public.collab_author to portal_collab;
grant select on public.collab_author to service_role;
create policy "the collab server reads whose ids are whose" on public.collab_author for select to portal_collab
  using (true);
create policy "the collab server notes whose ids are whose" on public.collab_author for insert to portal_collab
  with check (true);
