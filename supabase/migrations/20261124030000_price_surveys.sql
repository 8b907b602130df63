-- What people say they would pay, asked about an idea: the price meter of van Westendorp, or prices shown one by one (Gabor and
-- Granger). Stated prices bind nobody, and are never joined with offers.

create table public.price_surveys (
  id uuid primary key default private.uuid_v7(),
  idea_id uuid not null references public.ideas on delete cascade,
  method text not null check (method in ('meter', 'ladder')),
  title text not null check (char_length(title) between 1 and 140),
  -- What exactly is to be priced, as those who are asked read it.
  subject text not null check (char_length(subject) between 1 and 4000),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  -- Of a ladder: the prices that may be shown, in minor units, each once, ascending.
  ladder bigint[] not null default '{}' check (cardinality(ladder) <= 20 and array_position(ladder, null) is null),
  made_by uuid not null references public.people,
  created_at timestamptz not null default now(),
  opened_at timestamptz,
  closes_at timestamptz not null,
  closed_at timestamptz,
  revision integer not null default 1,
  constraint price_surveys_ladders_have_prices check ((method = 'ladder') = (cardinality(ladder) >= 3)),
  constraint price_surveys_meters_have_none check (method = 'ladder' or cardinality(ladder) = 0),
  constraint price_surveys_close_after_opening check (closed_at is null or opened_at is not null)
);
create index price_surveys_idea_id on public.price_surveys (idea_id);
create index price_surveys_made_by on public.price_surveys (made_by);
create trigger price_surveys_next_revision before update on public.price_surveys
  for each row execute function private.next_revision();

create table public.price_survey_accounts (
  survey_id uuid not null references public.price_surveys on delete cascade,
  account_id uuid not null references public.accounts,
  primary key (survey_id, account_id)
);
create index price_survey_accounts_account on public.price_survey_accounts (account_id, survey_id);

create table public.price_survey_answers (
  id uuid primary key default private.uuid_v7(),
  survey_id uuid not null references public.price_surveys on delete cascade,
  account_id uuid not null references public.accounts,
  person_id uuid not null references public.people,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  -- Of a meter, in minor units. They may contradict each other: what does is left out of results, and counted.
  too_cheap bigint check (too_cheap between 0 and 1000000000000),
  cheap bigint check (cheap between 0 and 1000000000000),
  expensive bigint check (expensive between 0 and 1000000000000),
  too_expensive bigint check (too_expensive between 0 and 1000000000000),
  -- Of a ladder: which price was shown, and whether they would buy, in turn.
  shown bigint[] not null default '{}' check (cardinality(shown) <= 20 and array_position(shown, null) is null),
  buys boolean[] not null default '{}' check (array_position(buys, null) is null),
  unique (survey_id, person_id),
  constraint price_survey_answers_are_meters_or_ladders check (
    num_nonnulls(too_cheap, cheap, expensive, too_expensive) in (0, 4) and cardinality(shown) = cardinality(buys)
    and (too_cheap is null or cardinality(shown) = 0))
);
create index price_survey_answers_survey_account on public.price_survey_answers (survey_id, account_id);
create index price_survey_answers_account_id on public.price_survey_answers (account_id);
create index price_survey_answers_person_id on public.price_survey_answers (person_id);

-- Whose a survey is in the log: that of an account which is asked, or ours, when it is about making or closing it.
create function private.proves_survey(survey uuid, account uuid) returns boolean
  language sql stable security definer set search_path = '' as $$
  select case
    when account is null then exists (select from public.price_surveys s where s.id = survey)
    else exists (select from public.price_survey_accounts a where a.survey_id = survey and a.account_id = account)
  end
$$;
revoke execute on function private.proves_survey(uuid, uuid) from public;

-- An answer that was given whole stands, and every step of a ladder is added to those before it.
create function private.keep_stated_prices() returns trigger language plpgsql set search_path = '' as $$
begin
  -- Merged accounts take their answers along; people may not write that column.
  if new.account_id is distinct from old.account_id then return new; end if;
  if old.finished_at is not null or new.shown[1:cardinality(old.shown)] is distinct from old.shown
    or new.buys[1:cardinality(old.buys)] is distinct from old.buys
  then
    return null;
  end if;
  return new;
end
$$;
create trigger price_survey_answers_stand before update on public.price_survey_answers
  for each row execute function private.keep_stated_prices();

-- Once people are asked, the question stays as it is.
create function private.keep_price_question() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.opened_at is not null and (new.idea_id, new.method, new.title, new.subject, new.currency, new.ladder, new.opened_at)
    is distinct from (old.idea_id, old.method, old.title, old.subject, old.currency, old.ladder, old.opened_at)
  then
    raise insufficient_privilege using message = 'what people are asked stays as it is';
  end if;
  return new;
end
$$;
create trigger price_surveys_keep_question before update on public.price_surveys
  for each row execute function private.keep_price_question();

do $$
declare one text;
begin
  foreach one in array array['price_surveys', 'price_survey_accounts', 'price_survey_answers'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('alter table public.%I force row level security', one);
    execute format('grant select on public.%I to authenticated, portal_staff', one);
  end loop;
end
$$;
grant insert (idea_id, method, title, subject, currency, ladder, closes_at, made_by) on public.price_surveys to portal_staff;
grant update (opened_at, closes_at, closed_at) on public.price_surveys to portal_staff;
grant insert (survey_id, account_id) on public.price_survey_accounts to portal_staff;
grant insert (survey_id, account_id, person_id) on public.price_survey_answers to authenticated;
grant update (finished_at, too_cheap, cheap, expensive, too_expensive, shown, buys) on public.price_survey_answers to authenticated;
grant select on public.price_surveys, public.price_survey_accounts to service_role;

create policy "clients see what their account is asked" on public.price_surveys for select to authenticated
  using (opened_at is not null and exists (
    select from public.price_survey_accounts a
    where a.survey_id = id and a.account_id = any (array(select private.my_accounts()))));
create policy "staff see surveys" on public.price_surveys for select to portal_staff using (true);
create policy "pricing and managers make surveys" on public.price_surveys for insert to portal_staff
  with check (made_by = (select private.my_person()) and (select private.staff_roles()) && array['pricing', 'manager']);
create policy "pricing and managers open and close surveys" on public.price_surveys for update to portal_staff
  using ((select private.staff_roles()) && array['pricing', 'manager'])
  with check ((select private.staff_roles()) && array['pricing', 'manager']);

create policy "clients see that their account is asked" on public.price_survey_accounts for select to authenticated
  using (account_id = any (array(select private.my_accounts())));
create policy "staff see who is asked" on public.price_survey_accounts for select to portal_staff using (true);
-- About an idea that not all customers see, nobody else is asked.
create policy "pricing and managers ask accounts that see the idea" on public.price_survey_accounts for insert to portal_staff
  with check (
    (select private.staff_roles()) && array['pricing', 'manager']
    and exists (
      select from public.price_surveys s join public.ideas i on i.id = s.idea_id
      where s.id = survey_id and s.opened_at is null
        and (i.account_id = price_survey_accounts.account_id
          or exists (select from public.shared_ideas shared where shared.idea_id = i.id)))
  );

-- What a colleague states is theirs: of an account only they themselves see it.
create policy "clients see what they stated" on public.price_survey_answers for select to authenticated
  using (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
create policy "pricing, managers and auditors see what was stated" on public.price_survey_answers for select to portal_staff
  using ((select private.staff_roles()) && array['pricing', 'manager', 'auditor']);
create policy "clients who do more than read answer" on public.price_survey_answers for insert to authenticated
  with check (
    person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts()))
    and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (select from public.price_surveys s join public.price_survey_accounts a on a.survey_id = s.id
      where s.id = price_survey_answers.survey_id and a.account_id = price_survey_answers.account_id
        and s.opened_at is not null and s.closed_at is null and s.closes_at > clock_timestamp())
  );
create policy "clients who do more than read go on with their answer" on public.price_survey_answers for update to authenticated
  using (
    person_id = (select private.my_person()) and (select private.my_role()) in ('owner', 'member', 'approver')
    and exists (select from public.price_surveys s join public.price_survey_accounts a on a.survey_id = s.id
      where s.id = price_survey_answers.survey_id and a.account_id = price_survey_answers.account_id
        and s.opened_at is not null and s.closed_at is null and s.closes_at > clock_timestamp())
  )
  with check (person_id = (select private.my_person()) and account_id = any (array(select private.my_accounts())));
