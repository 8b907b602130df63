-- What the maker makes, what it asks about each lamp, and which lamp and kind the ideas of the demo world are about.

create function pg_temp.product(last text) returns uuid language sql immutable as $$ select pg_temp.demo_id('1a', last) $$;
create function pg_temp.in_four(en text, uk text, ru text, zh text) returns jsonb language sql immutable as
  $$ select jsonb_build_object('en', en, 'uk', uk, 'ru', ru, 'zh', zh) $$;

insert into public.products (id, name, state, position) values
  (pg_temp.product('1'), 'Aria', 'active', 1),
  (pg_temp.product('2'), 'Aria Long', 'active', 2),
  (pg_temp.product('3'), 'Nido', 'active', 3),
  (pg_temp.product('4'), 'Vela', 'discontinued', 4);

insert into public.product_fields (product_id, key, kind, names, help, required, choices, position) values
  (pg_temp.product('1'), 'mounting', 'choice',
    pg_temp.in_four('How it stands', 'Як вона стоїть', 'Как она стоит', '安装方式'), null, true,
    jsonb_build_array(
      jsonb_build_object('key', 'base', 'names', pg_temp.in_four('On its base', 'На основі', 'На основании', '底座')),
      jsonb_build_object('key', 'clamp', 'names', pg_temp.in_four('With the clamp', 'На затискачі', 'На струбцине', '夹具')),
      jsonb_build_object('key', 'wall', 'names', pg_temp.in_four('On the wall', 'На стіні', 'На стене', '壁挂'))), 1),
  (pg_temp.product('1'), 'reach', 'number',
    pg_temp.in_four('Reach in cm', 'Виліт у см', 'Вылет в см', '臂展（厘米）'),
    pg_temp.in_four('From the foot to the head, as it is used', 'Від основи до головки, як її використовують',
      'От основания до головки, как её используют', '从底座到灯头，按实际使用的位置'), false, '[]', 2),
  (pg_temp.product('1'), 'batch', 'text',
    pg_temp.in_four('Batch', 'Партія', 'Партия', '批次'),
    pg_temp.in_four('The number under the base; it begins with the year', 'Номер під основою; починається з року',
      'Номер под основанием; начинается с года', '底座下方的编号，以年份开头'), false, '[]', 3),
  (pg_temp.product('2'), 'batch', 'text',
    pg_temp.in_four('Batch', 'Партія', 'Партия', '批次'), null, false, '[]', 1),
  (pg_temp.product('3'), 'since', 'date',
    pg_temp.in_four('In use since', 'У користуванні з', 'Используется с', '开始使用日期'), null, false, '[]', 1);

-- Monday to Friday, as app/ideas/idea-clock.ts counts.
create function pg_temp.due(since timestamptz, days int) returns timestamptz language plpgsql as $$
declare
  at timestamptz := since;
  left_over int := days;
begin
  while extract(isodow from at at time zone 'UTC') > 5 loop
    at := (date_trunc('day', at at time zone 'UTC') + interval '1 day') at time zone 'UTC';
  end loop;
  while left_over > 0 loop
    at := at + interval '1 day';
    if extract(isodow from at at time zone 'UTC') < 6 then left_over := left_over - 1; end if;
  end loop;
  return at;
end $$;

update public.ideas set product_id = pg_temp.product('1'), fields = '{"mounting": "base", "reach": 60, "batch": "25-0412"}'
  where id = pg_temp.idea_id(21);
update public.ideas set product_id = pg_temp.product('1'), fields = '{"mounting": "clamp"}' where id = pg_temp.idea_id(13);
update public.ideas set product_id = pg_temp.product('1')
  where id in (pg_temp.idea_id(35), pg_temp.idea_id(29), pg_temp.idea_id(27), pg_temp.idea_id(20), pg_temp.idea_id(16));
update public.ideas set product_id = pg_temp.product('2') where id = pg_temp.idea_id(19);
update public.ideas set product_id = pg_temp.product('3'), fields = '{"since": "2026-03-02"}' where id = pg_temp.idea_id(18);
update public.ideas set product_id = pg_temp.product('3') where id in (pg_temp.idea_id(191), pg_temp.idea_id(192));
update public.ideas set product_id = pg_temp.product('4') where id in (pg_temp.idea_id(1), pg_temp.idea_id(3));
update public.ideas set kind = 'complaint'
  where id in (pg_temp.idea_id(36), pg_temp.idea_id(31), pg_temp.idea_id(20), pg_temp.idea_id(10), pg_temp.idea_id(7), pg_temp.idea_id(34), pg_temp.idea_id(191));
update public.ideas set answer_due_at = pg_temp.due(created_at, case kind when 'complaint' then 1 else 5 end);
update public.ideas set answered_at = least(now(), created_at + interval '20 hours') where answered_at is null and status <> 'new';
