-- What was written for the roadmap and nobody reads yet can be thrown away; what is published is taken back first.
grant delete on public.roadmap_entries to portal_staff;
create policy "designers, managers and admins throw drafts away" on public.roadmap_entries for delete to portal_staff
  using (published_at is null and (select private.staff_roles()) && array['designer', 'manager', 'admin']);
