-- People of an account as staff page through them: those who were removed last, each part by name.
create index people_of_an_account_by_name on public.people (account_id, ((removed_at is not null)), display_name, id);
