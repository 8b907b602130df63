-- A customer with whom the work has ended: a lighting studio that shut. After 24, whose tell() it uses. The steps are those of
-- the checklist, by the manager, under the rules that hold for her; then they are dated back.

insert into accounts (id, name, kind, domain, created_at) values
  (pg_temp.demo_id('0a', 'a4'), 'Candela', 'direct', 'candela.example', now() - interval '390 days');
select pg_temp.person('10', 'a4', 'owner@candela.example', 'Pieter Maas', 'owner', 'en', 'Europe/Brussels', '390 days');
insert into event_chains (chain, account_id, seq, head)
values (pg_temp.demo_id('0a', 'a4'), pg_temp.demo_id('0a', 'a4'), 0, decode(repeat('00', 32), 'hex'));

insert into account_closings (account_id, started_at, started_by)
values (pg_temp.demo_id('0a', 'a4'), now() - interval '38 days', pg_temp.demo_id('0b', '13'));

do $$
declare
  candela uuid := pg_temp.demo_id('0a', 'a4');
  manager uuid := pg_temp.demo_id('0b', '13');
  one record;
  verdict text;
begin
  for one in
    select name, now() - ago as at from (values ('obligations', interval '38 days'), ('export', interval '37 days'),
      ('access', interval '31 days'), ('people', interval '31 days'), ('closed', interval '30 days')) step (name, ago)
  loop
    if one.name = 'export' then
      perform pg_temp.tell(candela, 'account.exported', 'account', candela, manager, 'staff', '{}', null, one.at);
    end if;
    perform set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.demo_id('0c', '13'), 'role', 'portal_staff')::text, true);
    set local role portal_staff;
    verdict := private.close_step(candela, one.name);
    set local role postgres;
    perform set_config('request.jwt.claims', '', true);
    if verdict <> 'ok' then raise exception 'the demo account cannot be closed: %', verdict; end if;
    update account_closing_steps s set done_at = one.at
    from account_closings c where c.id = s.closing_id and c.account_id = candela and s.step = one.name;
    perform pg_temp.tell(candela, case one.name when 'closed' then 'account.closed' else 'account.changed' end, 'account', candela,
      manager, 'staff', jsonb_build_object('step', one.name), null, one.at);
  end loop;
  update people set removed_at = now() - interval '31 days' where account_id = candela;
  update accounts set closed_at = now() - interval '30 days' where id = candela;
end $$;
