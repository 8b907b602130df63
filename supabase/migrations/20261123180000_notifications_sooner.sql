-- A letter that was planned for the end of quiet hours must not hold back one that is due before: the hours may have been
-- taken away meanwhile. `keep`: what is planned already stays, unless it comes later than this.
create or replace function private.plan_notice_mail(person uuid, how text, at timestamptz, keep boolean) returns void
  language plpgsql volatile security definer set search_path = '' as $$
declare
  planned_as text := 'mail_notices:' || how || ':' || person;
begin
  perform graphile_worker.add_job('mail_notices', json_build_object('person', person), run_at => at,
    job_key => planned_as,
    job_key_mode => case
      when keep and not exists (select from graphile_worker.jobs j where j.key = planned_as and j.run_at > at) then 'preserve_run_at'
      else 'replace' end);
end
$$;
