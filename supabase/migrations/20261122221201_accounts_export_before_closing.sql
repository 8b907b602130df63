-- The account's data counts as handed over when somebody has downloaded it since its closing began.

-- Does one step of closing an account, in order. Answers 'ok' or why not: 'not-yours', 'not-found', 'not-open', 'done-already',
-- 'step-before', 'still-open', 'not-exported'.
create or replace function private.close_step(account uuid, wanted text) returns text
  language plpgsql volatile security definer set search_path = '' as $$
declare
  steps constant text[] := array['obligations', 'export', 'access', 'people', 'closed'];
  me uuid := (select private.my_person());
  a public.accounts;
  closing uuid;
  what jsonb := '{}';
begin
  if not coalesce((select private.staff_roles()) && array['manager', 'admin'], false) then return 'not-yours'; end if;
  select * into a from public.accounts x where x.id = account for update;
  if not found then return 'not-found'; end if;
  if a.merged_into is not null or a.closed_at is not null then return 'not-open'; end if;
  select c.id into closing from public.account_closings c where c.account_id = account and c.reopened_at is null;
  if closing is null then
    insert into public.account_closings (account_id, started_by) values (account, me) returning id into closing;
  end if;
  if exists (select from public.account_closing_steps s where s.closing_id = closing and s.step = wanted) then
    return 'done-already';
  end if;
  if (select count(*) from public.account_closing_steps s where s.closing_id = closing)
    <> array_position(steps, wanted) - 1
  then
    return 'step-before';
  end if;

  case wanted
    when 'obligations' then
      if private.open_duties(account) > 0 then return 'still-open'; end if;
    when 'export' then
      if not exists (
        select from public.events e
        join public.account_closings c on c.id = closing
        where e.subject_id = account and e.name = 'account.exported' and e.happened_at >= c.started_at
      ) then
        return 'not-exported';
      end if;
    when 'access' then
      what := private.end_ways_in(account, me);
    when 'people' then
      what := private.remove_everybody(account);
    when 'closed' then
      -- Whoever was invited, or came in, since those steps were done.
      what := private.end_ways_in(account, me) || private.remove_everybody(account);
      update public.accounts x set closed_at = now(), closed_by = me where x.id = account;
    else null;
  end case;
  insert into public.account_closing_steps (closing_id, step, done_by, facts) values (closing, wanted, me, what);
  return 'ok';
end
$$;
