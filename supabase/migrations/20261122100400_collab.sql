-- Live editing: a log of updates per document. Only the collab role writes it; nobody else but the system reads it.

create table public.collab_doc (
  id bigint generated always as identity primary key,
  room text not null unique check (char_length(room) between 1 and 200),
  head bigint not null default 0,
  created_at timestamptz not null default now()
) with (fillfactor = 50);

create table public.collab_snapshot (
  doc bigint primary key references public.collab_doc on delete cascade,
  seq bigint not null,
  data bytea not null
);
alter table public.collab_snapshot alter column data set storage external;

create table public.collab_log (
  doc bigint not null references public.collab_doc on delete cascade,
  seq bigint not null,
  payload bytea not null,
  primary key (doc, seq)
);
alter table public.collab_log alter column payload set storage external;

alter table public.collab_doc enable row level security;
alter table public.collab_doc force row level security;
alter table public.collab_snapshot enable row level security;
alter table public.collab_snapshot force row level security;
alter table public.collab_log enable row level security;
alter table public.collab_log force row level security;

grant select, insert (room, head), update (head) on public.collab_doc to portal_collab;
grant select on public.collab_doc to service_role;
create policy "the collab server reads documents" on public.collab_doc for select to portal_collab using (true);
create policy "the collab server opens documents" on public.collab_doc for insert to portal_collab with check (true);
create policy "the collab server moves heads" on public.collab_doc for update to portal_collab
  using (true) with check (true);

grant select, insert (doc, seq, data), update (seq, data) on public.collab_snapshot to portal_collab;
grant select on public.collab_snapshot to service_role;
create policy "the collab server reads snapshots" on public.collab_snapshot for select to portal_collab using (true);
create policy "the collab server makes snapshots" on public.collab_snapshot for insert to portal_collab
  with check (true);
create policy "the collab server renews snapshots" on public.collab_snapshot for update to portal_collab
  using (true) with check (true);

grant select, insert (doc, seq, payload), delete on public.collab_log to portal_collab;
grant select on public.collab_log to service_role;
create policy "the collab server reads the log" on public.collab_log for select to portal_collab using (true);
create policy "the collab server appends" on public.collab_log for insert to portal_collab with check (true);
create policy "the collab server drops what a snapshot holds" on public.collab_log for delete to portal_collab
  using (true);

-- After a flush: read this room's text into Postgres in a second. Later flushes of that second join the same job.
create function private.enqueue_brief_projection(room text) returns void
  language plpgsql volatile security definer set search_path = '' as $$
begin
  perform graphile_worker.add_job(
    'project_brief',
    json_build_object('room', room),
    run_at => now() + interval '1 second',
    job_key => 'project_brief:' || room,
    job_key_mode => 'preserve_run_at'
  );
end
$$;
grant execute on function private.enqueue_brief_projection(text) to portal_collab, service_role;
