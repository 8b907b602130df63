-- What staff know of the accounts: kinds and domains, sites, who looks after whom and who is away, fields of our own, what each is
-- worth in a year (Brix has no value yet), and a list that waits to be confirmed.

-- Somebody who buys of the maker itself, and whose people were not invited yet.
insert into accounts (id, name, kind, created_at) values (pg_temp.demo_id('0a', 'a5'), 'Atelier Noor', 'direct', now() - interval '6 days');
update accounts set domain = 'metis.example' where id = pg_temp.demo_id('0a', 'a1');
update accounts set domain = 'hanlin.example', kind = 'distributor' where id = pg_temp.demo_id('0a', 'a2');
update accounts set domain = 'brix.example', kind = 'retail' where id = pg_temp.demo_id('0a', 'a3');

insert into account_values (account_id, yearly_minor, yearly_currency, created_by)
values
  (pg_temp.demo_id('0a', 'a1'), 12500000, 'EUR', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('0a', 'a2'), 4800000, 'EUR', pg_temp.demo_id('0b', '13'));

insert into account_sites (id, account_id, parent_id, name, address, created_by)
values
  (pg_temp.demo_id('2a', '1'), pg_temp.demo_id('0a', 'a3'), null, 'Head office', 'Keizersgracht 12, Amsterdam', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('2a', '2'), pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2a', '1'), 'Shops in the north', null, pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('2a', '3'), pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2a', '2'), 'Groningen', 'Herestraat 40, Groningen', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('2a', '4'), pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2a', '2'), 'Leeuwarden', null, pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('2a', '5'), pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2a', '1'), 'Warehouse', 'Havenweg 3, Zaandam', pg_temp.demo_id('0b', '13'));
insert into site_people (person_id, account_id, site_id, created_by)
values (pg_temp.demo_id('0b', '05'), pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2a', '1'), pg_temp.demo_id('0b', '13'));

-- Hanlin's lead is away this week, and support stands in.
insert into account_team (account_id, person_id, role, created_by)
values
  (pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('0b', '13'), 'lead', pg_temp.demo_id('0b', '17')),
  (pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('0b', '11'), 'design', pg_temp.demo_id('0b', '17')),
  (pg_temp.demo_id('0a', 'a2'), pg_temp.demo_id('0b', '14'), 'lead', pg_temp.demo_id('0b', '17')),
  (pg_temp.demo_id('0a', 'a2'), pg_temp.demo_id('0b', '15'), 'support', pg_temp.demo_id('0b', '17'));
insert into absences (person_id, substitute_id, from_day, to_day, created_by)
values (pg_temp.demo_id('0b', '14'), pg_temp.demo_id('0b', '15'), current_date - 2, current_date + 5, pg_temp.demo_id('0b', '14'));

insert into account_fields (id, key, kind, names, choices, place, created_by)
values
  (pg_temp.demo_id('2b', '1'), 'segment', 'choice',
    '{"en": "Segment", "uk": "Сегмент", "ru": "Сегмент", "zh": "细分市场"}',
    '[{"key": "offices", "names": {"en": "Offices", "uk": "Офіси", "ru": "Офисы", "zh": "办公室"}},
      {"key": "shops", "names": {"en": "Shops", "uk": "Магазини", "ru": "Магазины", "zh": "门店"}}]', 1, pg_temp.demo_id('0b', '17')),
  (pg_temp.demo_id('2b', '2'), 'customer_since', 'date',
    '{"en": "Customer since", "uk": "Клієнт із", "ru": "Клиент с", "zh": "成为客户的日期"}', '[]', 2, pg_temp.demo_id('0b', '17'));
insert into account_field_values (account_id, field_id, value, created_by)
values
  (pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('2b', '1'), 'offices', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('0a', 'a1'), pg_temp.demo_id('2b', '2'), '2023-04-01', pg_temp.demo_id('0b', '13')),
  (pg_temp.demo_id('0a', 'a3'), pg_temp.demo_id('2b', '1'), 'shops', pg_temp.demo_id('0b', '13'));

insert into account_imports (id, file_name, created_by)
values (pg_temp.demo_id('2c', '1'), 'dealers-fair.csv', pg_temp.demo_id('0b', '13'));
insert into account_import_rows (import_id, line, cells, verdict, why, duplicate_of)
values
  (pg_temp.demo_id('2c', '1'), 2, '{"name": "Nordlys", "kind": "dealer", "email": "buy@nordlys.example"}', 'new', null, null),
  (pg_temp.demo_id('2c', '1'), 3, '{"name": "Metis again", "email": "owner@metis.example"}', 'duplicate', 'email', pg_temp.demo_id('0a', 'a1')),
  (pg_temp.demo_id('2c', '1'), 4, '{"name": "Lumi", "kind": "friend"}', 'refused', 'unknown-kind', null);
