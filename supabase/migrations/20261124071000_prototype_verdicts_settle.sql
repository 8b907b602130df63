-- What the answers of reviewers come to follows from the answers themselves (app/prototypes/verdict.ts says the same): whoever
-- answers last, of whichever side, ends the review, and nobody ends it by saying so.

-- Of every stage of a version: whether it has passed, and whether nobody is waited for in it.
create function private.prototype_stages_now(version uuid)
  returns table (stage uuid, account uuid, place integer, passed boolean, complete boolean)
  language sql stable set search_path = '' as $$
  select s.id, s.account_id, s.position,
    coalesce(case when s.rule = 'any' then bool_or(a.approves) else bool_and(coalesce(a.approves, false)) end, false),
    coalesce(bool_and(a.approves is not null), false)
  from public.prototype_stages s
  left join lateral (
    select (select v.verdict in ('approve', 'approve-with-changes') from public.prototype_verdicts v
      where v.reviewer_id = r.id and v.version_id = r.version_id order by v.id desc limit 1) as approves
    from public.prototype_reviewers r
    where r.stage_id = s.id and r.removed_at is null and (s.rule <> 'named' or r.decides)
  ) a on true
  where s.version_id = version
  group by s.id
$$;

-- Nobody else changes these columns of a version; the version is held, so that of two last answers the later one sees the other.
create function private.settle_prototype_version() returns trigger
  language plpgsql security definer set search_path = '' as $$
declare
  judged public.prototype_versions;
  news boolean := false;
begin
  select * into judged from public.prototype_versions v where v.id = new.version_id for update;
  update public.prototype_stages s set completed_at = now()
  from private.prototype_stages_now(new.version_id) n
  where s.id = n.stage and n.complete and s.completed_at is null and s.opened_at is not null;
  -- Ours come before those of customers, and in each the earlier before the later.
  with stands as materialized (select * from private.prototype_stages_now(new.version_id))
  update public.prototype_stages s set opened_at = now()
  where s.version_id = new.version_id and s.opened_at is null and not exists (
    select from stands e
    where not e.passed and e.stage <> s.id and (
      e.account is null and s.account_id is not null
      or e.account is not distinct from s.account_id and e.place < s.position));
  news := found;
  if judged.approved_at is null
    and (select bool_and(n.passed) from private.prototype_stages_now(new.version_id) n) then
    update public.prototype_versions v set approved_at = now() where v.id = new.version_id;
    news := true;
  end if;
  -- The open pages of those who answered nothing just now.
  if news then
    perform private.say_live('prototype', judged.prototype_id, r.account_id, 'both')
    from (select distinct r.account_id from public.prototype_releases r
      where r.version_id = new.version_id and r.ended_at is null) r;
  end if;
  return null;
end
$$;
create trigger prototype_verdicts_settle after insert on public.prototype_verdicts
  for each row execute function private.settle_prototype_version();
