-- What staff know of the accounts: what each is worth in a year. Brix has no value yet.

insert into account_values (account_id, yearly_minor, yearly_currency, created_by)
values
  (pg_temp.demo_id('0a', 'a1'), 12500000, 'EUR', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('0a', 'a2'), 4800000, 'EUR', pg_temp.demo_id('0b', '13'));
