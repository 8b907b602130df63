-- The demo world: a maker of desk lamps and the three customers who design with it. Names and ids are in tests/personas.ts.
-- Runs in one transaction on an empty, migrated database. Times count back from now(), so the story is always fresh.
-- Every login's password is tandem-demo-2026.

-- ---------------------------------------------------------------- short forms, gone when the connection ends

create function pg_temp.demo_id(block text, nn text) returns uuid language sql immutable as
  $$ select (block || '000000-0000-4000-8000-' || lpad(nn, 12, '0'))::uuid $$;

-- Lists are in the order of their ids, and a new idea's id begins with today: these sort before it, by age.
-- Between 19 and 20 lie two more, 191 and 192.
create function pg_temp.idea_id(nn int) returns uuid language sql immutable as
  $$ select ('000d0000-0000-7000-8000-' || lpad(case nn when 191 then '1a' when 192 then '1b' else nn::text end, 12, '0'))::uuid $$;

-- An id as private.uuid_v7() would have made it then.
create function pg_temp.id_of(moment timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from moment) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- That long ago; when it is days, at some minute of a working day.
create function pg_temp.at(ago interval, what text) returns timestamptz language sql stable as $$
  select case when ago < interval '2 days' then now() - ago
    else (date_trunc('day', now() at time zone 'UTC' - ago) at time zone 'UTC') + interval '7 hours'
      + (('x' || substr(md5(what), 1, 6))::bit(24)::int % 500) * interval '1 minute 7 seconds' end
$$;

-- Words as app/kernel/search-tokens.ts makes them; a test compares the two.
create function pg_temp.tokens(words text) returns text language sql immutable as $$
  select trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    normalize(lower(words), NFKD), '[\u0300-\u036f''’ʼ]', '', 'g'),
    '([\u3400-\u9fff])', ' \1 ', 'g'), '[^a-zа-яєіґўøßı0-9\u3400-\u9fff]+', ' ', 'g'), ' +', ' ', 'g'))
$$;

-- Rich text from lines: "## heading", "- item", "1. item", "[ ] task", "[x] task", "> quote"; a blank line ends a block.
create function pg_temp.rich(words text) returns jsonb language plpgsql as $$
declare
  blocks jsonb := '[]';
  line text;
  kind text;
  open_kind text := '';
  items jsonb := '[]';
  said text;
  piece jsonb;
begin
  foreach line in array string_to_array(words, E'\n') || array[''] loop
    line := trim(line);
    kind := case
      when line like '- %' then 'bulletList'
      when line ~ '^\d+\. ' then 'orderedList'
      when line ~ '^\[[ x]\] ' then 'taskList'
      else '' end;
    said := regexp_replace(line, '^(- |\d+\. |\[[ x]\] |## |> )', '');
    piece := jsonb_build_object('type', 'paragraph', 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', said)));
    if open_kind <> '' and kind <> open_kind then
      blocks := blocks || jsonb_build_array(jsonb_build_object('type', open_kind, 'content', items));
      items := '[]';
    end if;
    open_kind := kind;
    if kind = 'taskList' then
      items := items || jsonb_build_array(jsonb_build_object('type', 'taskItem',
        'attrs', jsonb_build_object('checked', line like '[x]%'), 'content', jsonb_build_array(piece)));
    elsif kind <> '' then
      items := items || jsonb_build_array(jsonb_build_object('type', 'listItem', 'content', jsonb_build_array(piece)));
    elsif line like '## %' then
      blocks := blocks || jsonb_build_array(jsonb_build_object('type', 'heading', 'attrs', '{"level": 1}'::jsonb, 'content', piece -> 'content'));
    elsif line like '> %' then
      blocks := blocks || jsonb_build_array(jsonb_build_object('type', 'blockquote', 'content', jsonb_build_array(piece)));
    elsif line <> '' then
      blocks := blocks || jsonb_build_array(piece);
    end if;
  end loop;
  return jsonb_build_object('type', 'doc', 'content', blocks);
end $$;

create function pg_temp.plain(words text) returns text language sql immutable as $$
  select string_agg(regexp_replace(trim(line), '^(- |\d+\. |\[[ x]\] |## |> )', ''), E'\n' order by place)
  from unnest(string_to_array(words, E'\n')) with ordinality as lines(line, place) where trim(line) <> ''
$$;

create function pg_temp.person(nn text, account text, email text, display_name text, role text, language text, zone text, ago interval)
returns void language plpgsql as $$
declare
  login uuid := pg_temp.demo_id('0c', nn);
begin
  insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
      email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
    values ('00000000-0000-0000-0000-000000000000', login, 'authenticated', 'authenticated', email,
      '$argon2id$v=19$m=19456,t=2,p=1$eu1tXTQeAuL2q9aR6C07BQ$ZlGqTygItZaMLWIg4A1j8pA1LyDZEniJo8ZU41sH9eA',
      now() - ago, '', '', '', '', '{"provider": "email", "providers": ["email"]}', jsonb_build_object('language', language), now() - ago, now() - ago);
  insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
    values (login::text, login, jsonb_build_object('sub', login::text, 'email', email, 'email_verified', true), 'email', now() - ago, now() - ago, now() - ago);
  insert into people (id, user_id, side, account_id, display_name, role, created_at)
    values (pg_temp.demo_id('0b', nn), login, case when account is null then 'staff' else 'client' end,
      pg_temp.demo_id('0a', account), display_name, case when account is not null then person.role end, now() - ago);
  insert into person_contacts (person_id, account_id, email, language, zone)
    values (pg_temp.demo_id('0b', nn), pg_temp.demo_id('0a', account), email, language, zone);
  if account is null then
    insert into staff_roles (person_id, role) values (pg_temp.demo_id('0b', nn), person.role);
  end if;
end $$;

create function pg_temp.idea(nn int, author text, ago interval, title text, words text) returns void language sql as $$
  insert into ideas (id, account_id, author_id, title, body, body_text, search_tokens, created_at, last_activity_at)
  select pg_temp.idea_id(nn), account_id, id, title, pg_temp.rich(words), pg_temp.plain(words),
    pg_temp.tokens(title || E'\n' || pg_temp.plain(words)), pg_temp.at(ago, title), pg_temp.at(ago, title)
  from people where people.id = pg_temp.demo_id('0b', author)
$$;

create function pg_temp.brief(nn int, ago interval, words text) returns void language sql as $$
  insert into idea_briefs (idea_id, account_id, doc, body_text, seq, updated_at)
  select id, account_id, pg_temp.rich(words), pg_temp.plain(words), 0, pg_temp.at(ago, words) from ideas where id = pg_temp.idea_id(nn);
  update ideas set brief_tokens = pg_temp.tokens(pg_temp.plain(words)) where id = pg_temp.idea_id(nn);
  insert into idea_boards (idea_id, account_id, elements, body_text, seq)
  select id, account_id, '[]', '', 0 from ideas where id = pg_temp.idea_id(nn);
  insert into idea_staff_layers (idea_id, account_id, elements, body_text, seq)
  select id, account_id, '[]', '', 0 from ideas where id = pg_temp.idea_id(nn);
  insert into idea_versions (id, idea_id, account_id, part, seq, reason, content, authors, writers, clocks, made_at)
  select ('000e0000-0000-7000-8000-' || lpad(nn::text, 12, '0'))::uuid, id, account_id, 'brief', 0, 'pause', pg_temp.rich(words),
    jsonb_build_object('people', jsonb_build_array(author_id), 'runs', jsonb_build_array(jsonb_build_array(char_length(words), 0))),
    array[author_id::text], '{}', pg_temp.at(ago, words)
  from ideas where id = pg_temp.idea_id(nn);
$$;

create function pg_temp.said(nn int, who text, ago interval, words text) returns void language sql as $$
  insert into idea_comments (id, idea_id, account_id, author_id, body, search_tokens, created_at)
  select pg_temp.id_of(pg_temp.at(ago, words)), id, account_id, pg_temp.demo_id('0b', who), words, pg_temp.tokens(words),
    pg_temp.at(ago, words)
  from ideas where id = pg_temp.idea_id(nn)
$$;

create function pg_temp.noted(nn int, who text, ago interval, words text) returns void language sql as $$
  insert into idea_notes (id, idea_id, account_id, author_id, body, search_tokens, created_at)
  select pg_temp.id_of(pg_temp.at(ago, words)), id, account_id, pg_temp.demo_id('0b', who), words, pg_temp.tokens(words),
    pg_temp.at(ago, words)
  from ideas where id = pg_temp.idea_id(nn)
$$;

-- ---------------------------------------------------------------- accounts and people

insert into accounts (id, name, kind, created_at) values
  (pg_temp.demo_id('0a', 'a1'), 'Metis', 'dealer', now() - interval '400 days'),
  (pg_temp.demo_id('0a', 'a2'), 'Hanlin', 'direct', now() - interval '300 days'),
  (pg_temp.demo_id('0a', 'a3'), 'Brix', 'retail', now() - interval '200 days');

select pg_temp.person('01', 'a1', 'owner@metis.example', 'Оксана Левчук', 'owner', 'uk', 'Europe/Kyiv', '400 days');
select pg_temp.person('02', 'a1', 'approver@metis.example', 'Taras Hnatiuk', 'approver', 'en', 'Europe/Kyiv', '390 days');
select pg_temp.person('03', 'a1', 'viewer@metis.example', 'Ирина Мельник', 'viewer', 'ru', 'Europe/Kyiv', '120 days');
select pg_temp.person('09', 'a1', 'removed@metis.example', 'Denys Bondar', 'member', 'en', 'Europe/Kyiv', '380 days');
select pg_temp.person('04', 'a2', 'engineer@hanlin.example', '陈立伟', 'member', 'zh', 'Asia/Shanghai', '300 days');
select pg_temp.person('05', 'a3', 'owner@brix.example', 'Marieke Vos', 'owner', 'en', 'Europe/Amsterdam', '200 days');
select pg_temp.person('11', null, 'designer@tandem.example', 'Lena Hartmann', 'designer', 'en', 'Europe/Berlin', '500 days');
select pg_temp.person('12', null, 'pricing@tandem.example', 'Viktor Sand', 'pricing', 'en', 'Europe/Berlin', '500 days');
select pg_temp.person('13', null, 'manager@tandem.example', 'Amara Okafor', 'manager', 'en', 'Europe/Berlin', '500 days');
select pg_temp.person('14', null, 'production@tandem.example', 'Paolo Ricci', 'production', 'en', 'Europe/Rome', '450 days');
select pg_temp.person('15', null, 'support@tandem.example', 'Sofia Lindqvist', 'support', 'en', 'Europe/Stockholm', '420 days');
select pg_temp.person('16', null, 'support2@tandem.example', 'Jonas Weber', 'support', 'en', 'Europe/Berlin', '410 days');
select pg_temp.person('17', null, 'admin@tandem.example', 'Ruth Adler', 'admin', 'en', 'Europe/Berlin', '500 days');
select pg_temp.person('18', null, 'auditor@tandem.example', 'Edmund Pryce', 'auditor', 'en', 'Europe/London', '500 days');
update people set removed_at = now() - interval '40 days' where id = pg_temp.demo_id('0b', '09');

-- ---------------------------------------------------------------- ideas of Metis, who fit out offices

select pg_temp.idea(21, '02', '34 days', 'Stiffer joint', $w$
Our installers say the same in every office: at full reach the lamp arm wobbles for three or four seconds after you touch it. At 45 cm it is fine, at 60 cm people notice.

## What we would like
- The arm comes to rest within one second at 60 cm reach
- No tool needed to set the friction
- The joint looks the same from outside

It is the middle joint that gives; the base does not move.
$w$);
select pg_temp.brief(21, '2 days', $w$
Our installers say the same in every office: at full reach the lamp arm wobbles for three or four seconds after you touch it. At 45 cm it is fine, at 60 cm people notice.

## What the joint must do
1. The arm comes to rest within one second at 60 cm reach
2. No tool needed to set the friction
3. From outside it looks as it does today

## What we know so far
- The middle joint gives 1.8° under 200 g; the base gives 0.2°
- A wave washer of 12 mm takes most of the play away
- The silicone ring Metis tried in Kyiv works for a month and then creeps

> If it holds still while I type, I forget that it is there. That is all I want from a lamp.

## Next
[x] Measure three lamps from the March batch
[x] Two samples with a wave washer to Metis
[ ] Cold test at 5 °C, because of the warehouse in Lviv
[ ] Agree how stiff is too stiff for one hand
$w$);
select pg_temp.idea(29, '01', '9 days', 'Тепліше світло після заходу сонця', $w$
Люди працюють допізна, і біле світло о дев'ятій вечора втомлює очі. Добре було б, якби лампа сама ставала теплішою.

## Як ми це уявляємо
- Вдень 4000 K, після заходу сонця плавно до 2700 K
- Перехід за 20 хвилин, щоб ніхто не помітив
- Кнопка, яка повертає біле світло на годину

Ми не хочемо застосунку в телефоні: має працювати саме по собі.
$w$);
select pg_temp.idea(13, '01', '62 days', 'Затискач для столів 40 мм', $w$
Нові столи в наших проєктах мають стільницю 38–40 мм, а затискач бере лише до 32 мм. Монтажники підкладають дошки, і це виглядає погано.

1. Затискач від 12 до 45 мм
2. М'яка подушка, яка не лишає слідів на шпоні
3. Один ключ на всі гвинти
$w$);
select pg_temp.brief(13, '5 days', $w$
Нові столи в наших проєктах мають стільницю 38–40 мм, а затискач бере лише до 32 мм.

## Clamp, second sample
- Jaw opens from 11 to 46 mm, one 5 mm hex key for everything
- Pad of felt on cork: no mark on oak veneer after 72 hours at 40 Nm
- 60 g heavier than today's clamp

## Що ще перевірити
[x] Слід на шпоні після трьох діб
[ ] Стіл з фаскою 8 мм
[ ] Чи дістає ключ, коли стіл стоїть біля стіни
$w$);
select pg_temp.idea(2, '02', '160 days', 'Cable that leaves through the base', $w$
On white desks the cable behind the arm is the first thing a client sees. Could it leave through the base instead, with an exit on either side?

- Exit left or right, the unused one closed with a plug
- Bend radius that a cleaner cannot break
$w$);
select pg_temp.idea(1, '09', '210 days', 'Wireless charger in the foot', $w$
Half of our clients ask for a charger for their phone in the foot of the lamp. 10 W would be enough.
$w$);
select pg_temp.idea(35, '01', '26 hours', 'Вимикач, який видно в темряві', $w$
Коли в залі гаснуть головні світильники, вимикач доводиться шукати на дотик. Маленька тепла крапка біля нього розв'язала б це.

- Яскравість така, щоб не заважала вночі
- Світиться лише тоді, коли лампу вимкнено
$w$);
select pg_temp.idea(33, '02', '3 days', 'Spare parts in one bag per floor', $w$
We fit out whole floors. Twenty boxes with four screws each mean twenty bags on the carpet. Please pack spare screws, pads and keys for twenty lamps in one bag with a list.
$w$);
select pg_temp.idea(32, '01', '5 days', 'Матовий чорний, на якому не видно пальців', $w$
Чорні лампи гарні рівно один день. Потім на плечі видно кожен дотик. Чи є покриття, яке можна протерти сухою серветкою?
$w$);
select pg_temp.idea(28, '02', '12 days', 'Sensor that notices an empty desk', $w$
In open offices a third of the lamps burn over empty desks. A sensor in the head could dim to 10 % after ten minutes and come back at once.

## Please not
- A camera of any kind
- A click that one hears
$w$);
select pg_temp.idea(27, '01', '15 days', 'Наліпка з номером лампи на основі', $w$
Коли щось ламається, люди телефонують і кажуть «та чорна лампа». Номер і QR-код знизу на основі зекономили б усім півгодини.
$w$);
select pg_temp.idea(25, '02', '19 days', 'Head that turns flat for shipping', $w$
If the head could turn flat against the arm, the box would be 9 cm instead of 16 cm high. We would get 48 instead of 27 lamps on a pallet.
$w$);
select pg_temp.idea(23, '01', '23 days', 'Лампа з голосовим керуванням', $w$
Один із замовників питає про голосове керування. Ми самі сумніваємося, але обіцяли передати.
$w$);
select pg_temp.idea(22, '02', '28 days', 'Less glare on glossy screens', $w$
With the head above a 27 inch screen people see the row of LEDs mirrored in the glass. A finer diffuser or a hood of 15 mm would help.
$w$);
select pg_temp.idea(9, '09', '75 days', 'Instructions without words', $w$
Our fitters speak five languages. Drawings only, please, and the torque as a number.
$w$);
select pg_temp.idea(19, '01', '41 days', 'Плече 75 см для креслярських столів', $w$
Архітектори працюють за столами завглибшки 90 см. Плеча 60 см їм не вистачає: світло падає на край аркуша.

- Виліт 75 см, та сама основа
- Противага або пружина, щоб не опускалося саме
$w$);
select pg_temp.idea(17, '02', '47 days', 'One driver for two lamps', $w$
Double desks need two sockets today. One driver with two outputs under the desk top would save a socket and forty euros of an electrician's time per place.
$w$);
select pg_temp.idea(15, '01', '52 days', 'Змінний світлодіодний модуль', $w$
Замовники питають, що буде через сім років. Якби модуль виймався без паяння, ми могли б обіцяти 15 років служби.

1. Роз'єм замість паяння
2. Модуль можна купити окремо
3. Стара лампа не йде на смітник
$w$);
select pg_temp.idea(14, '02', '58 days', 'Memory for the last brightness', $w$
After a power cut all lamps come back at 100 %. They should come back as they were left.
$w$);
select pg_temp.idea(12, '09', '66 days', 'Golden edition for the lobby', $w$
A client wants fifty gold plated lamps for a lobby. Is that something you would do?
$w$);
select pg_temp.idea(10, '01', '71 days', 'Тихіше реле у драйвері', $w$
У бібліотеці чути клацання драйвера під час вмикання. У тиші це голосніше, ніж здається.
$w$);
select pg_temp.idea(8, '02', '80 days', 'Boxes without foam', $w$
We pay for the disposal of foam. Moulded pulp would go with the cardboard.
$w$);
select pg_temp.idea(6, '01', '88 days', 'Гачок для навушників на стійці', $w$
Дрібниця, але навушники завжди лежать на столі. Гачок на стійці, який можна зняти.
$w$);
select pg_temp.idea(5, '02', '97 days', 'Report of the colour rendering per batch', $w$
Galleries ask for CRI and R9 per batch, signed. A PDF with the serial numbers would do.
$w$);
select pg_temp.idea(4, '01', '104 days', 'Довший кабель живлення', $w$
Два метри замало, якщо розетка в підлозі. Три метри закрили б більшість випадків.
$w$);
select pg_temp.idea(3, '02', '115 days', 'Arm lock for trams and ships', $w$
An odd one: we fit out a river ship. The arm needs a lock that holds while the ship moves, and a base with four bolts.
$w$);

-- ---------------------------------------------------------------- ideas of Hanlin, an engineering office in Shenzhen

select pg_temp.idea(31, '04', '6 days', '台灯支架在潮湿环境下生锈', $w$
深圳的夏天湿度经常超过 90%。我们办公室里的台灯用了一年以后，下关节的螺丝开始生锈，转动时有声音。

## 我们的建议
- 关节螺丝改用 A4 不锈钢
- 垫圈用尼龙，不要用锌
- 盐雾测试 240 小时

我们可以提供三支生锈的样品。
$w$);
select pg_temp.brief(31, '30 hours', $w$
深圳的夏天湿度经常超过 90%。我们办公室里的台灯用了一年以后，下关节的螺丝开始生锈。

## 要求
1. 关节螺丝改用 A4 不锈钢
2. 垫圈用尼龙
3. 盐雾测试 240 小时以后没有红锈

## Questions from us
- Which of the three joints rusts first?
- Is 240 hours a must, or is it what the standard in your building asks for?
$w$);
select pg_temp.idea(26, '04', '17 days', '用 USB-C 供电', $w$
会议桌上只有 USB-C 接口。如果台灯可以直接用 USB-C PD 20 V 供电，就不需要单独的适配器。

- 最大功率 18 W 就够了
- 接口放在底座后面
$w$);
select pg_temp.idea(20, '04', '39 days', '调光旋钮的阻尼更大一些', $w$
旋钮太松，袖子碰到就会改变亮度。
$w$);
select pg_temp.idea(16, '04', '50 days', 'Dimming down to one percent', $w$
For night shifts in the lab we need one percent, without flicker in a slow motion camera. Today it stops at eight percent.
$w$);
select pg_temp.idea(11, '04', '68 days', '灯头内置空气质量传感器', $w$
灯头的位置很适合测量二氧化碳浓度，可以用颜色提醒大家开窗。
$w$);
select pg_temp.idea(36, '04', '20 hours', '说明书缺少中文版', $w$
盒子里的说明书没有中文。工人只能猜安装扭矩是多少。
$w$);

-- ---------------------------------------------------------------- ideas of Brix, a chain of shops in the Netherlands

select pg_temp.idea(30, '05', '8 days', 'Autumn colours for the shop window', $w$
We would like three colours that no other shop has, from September to December only: moss, rust and plum. Quantity about 900 a colour.

- Powder coat, same gloss as the grey
- Cable in the same colour
- Swatches by the end of the month
$w$);
select pg_temp.idea(24, '05', '21 days', 'Box that opens as a display', $w$
The box could open into a stand with the lamp lit in it. Our people spend 15 minutes per lamp on displays.
$w$);
select pg_temp.idea(18, '05', '44 days', 'Smaller lamp for a bedside table', $w$
Same look, 28 cm high, arm of 20 cm. Customers buy the desk lamp for the bedroom and bring it back because it is too big.
$w$);
select pg_temp.idea(7, '05', '83 days', 'Price label that peels off', $w$
The label leaves glue on the base. Please use one that peels off in one piece.
$w$);
select pg_temp.idea(34, '05', '31 hours', 'Return parcels with fewer parts', $w$
Customers send back the base without the arm. A card in the box that shows what belongs in the parcel would help us and you.
$w$);
-- One text of hers, which staff parted: what is wrong, and what she would like instead.
select pg_temp.idea(191, '05', '40 days', 'Nido sinks in a warm shop window', $w$
In four of our shops the Nido has sunk by the afternoon when the sun stands on the window: the neck gets warm and lets go. Every morning somebody sets twenty of them straight.

While you are at it: could one fix the height with a screw, only for the display?
$w$);
select pg_temp.idea(192, '05', '40 days', 'Fix the height of a lamp on display', $w$
Could one fix the height with a screw, only for the display? Then nobody has to set twenty lamps straight every morning.
$w$);
update ideas set split_from = pg_temp.idea_id(191),
    (created_at, last_activity_at) = (select created_at + interval '5 hours', created_at + interval '5 hours' from ideas where id = pg_temp.idea_id(191))
  where id = pg_temp.idea_id(192);

-- ---------------------------------------------------------------- what people said to each other

select pg_temp.said(21, '11', '33 days', 'Thank you, that is a clear description. Could you tell us which batch the wobbling lamps are from? The number is under the base, it begins with two digits for the year.');
select pg_temp.said(21, '02', '32 days', 'Two offices, both from the batch 26-03. In the third office, batch 25-11, nobody complains.');
select pg_temp.said(21, '01', '31 days', 'На виставці ми поклали під шайбу силіконове кільце. Перший місяць було добре, потім знову хитається.');
select pg_temp.said(21, '11', '20 days', 'We measured three lamps of 26-03: the middle joint gives 1.8 degrees, the base almost nothing. So you were right about the joint. Two samples with a wave washer leave here on Friday.');
select pg_temp.said(21, '02', '11 days', 'The samples are here. Much better: at 60 cm it stands still after less than a second. One of our fitters finds it a bit hard to move with one hand.');
select pg_temp.said(21, '13', '3 days', 'It is planned for the spring batch. That is our intent, not yet a date: the date comes with the cold test, and we will write it down as a promise then.');
select pg_temp.said(29, '11', '8 days', 'Гарна ідея, дякуємо. Чи мусить лампа знати про захід сонця, чи вистачить, якщо вона піде за годинником?');
select pg_temp.said(29, '01', '7 days', 'Годинника вистачить, якщо його не треба переводити двічі на рік.');
select pg_temp.said(13, '11', '60 days', 'Could you send us a photo of the edge of the desk? We would like to see the chamfer.');
select pg_temp.said(13, '01', '59 days', 'Надсилаємо розміри: фаска 8 мм знизу, зверху радіус 2 мм. Фото додамо до опису.');
select pg_temp.said(13, '14', '5 days', 'The second sample passed 72 hours on oak veneer without a mark. We make ten more for you to try.');
select pg_temp.said(2, '11', '150 days', 'We like it. The base has room for it; the mould needs a change.');
select pg_temp.said(2, '02', '91 days', 'First twenty with the new base are installed. Nobody mentions cables any more, which is the best we can say.');
select pg_temp.said(2, '13', '90 days', 'Then we call it done. All lamps from batch 26-05 on have it.');
select pg_temp.said(1, '11', '205 days', 'We looked at it twice. The coil warms the foot to 41 degrees, next to a driver that wants to stay cool, and it would shorten the life of every lamp for a part of the customers. So we decline it, and would rather tell you why than keep it open for years.');
select pg_temp.said(1, '02', '204 days', 'Understood, and thank you for the reason. We will put it to our clients like that.');
select pg_temp.said(28, '11', '10 days', 'Radar instead of a camera could do it: it sees that somebody breathes, not who. We are comparing two modules.');
select pg_temp.said(25, '14', '15 days', 'With the new box we count 46 on a pallet, 48 if the pallet is the American one. Good enough?');
select pg_temp.said(25, '02', '14 days', '46 is fine.');
select pg_temp.said(23, '11', '20 days', 'Дякуємо, що передали. Ми не хочемо мікрофона на робочому столі: це питання довіри, а не техніки. Тому кажемо чесне «ні».');
select pg_temp.said(15, '11', '49 days', 'Погоджуємося з напрямом: змінний модуль буде в наступному поколінні. Це намір, дату назвемо окремо.');
select pg_temp.said(12, '13', '64 days', 'Fifty pieces are too few for a plating line; the shop we asked declined as well.');
select pg_temp.said(4, '13', '95 days', 'Кабель 3 м є в переліку деталей з травня.');
select pg_temp.said(31, '11', '5 days', '谢谢！请把三支样品寄给我们，我们想看看是哪一个关节先生锈。');
select pg_temp.said(31, '04', '4 days', '样品今天已经寄出。下关节最严重，中间的关节只有轻微的锈迹。');
select pg_temp.said(31, '14', '26 hours', 'The screws of the lower joint come from another supplier than the rest. A4 is on its way for ten lamps.');
select pg_temp.said(26, '11', '16 days', '20 V 可以做到。我们会把接口放在底座后面。');
select pg_temp.said(11, '11', '63 days', '传感器离发光模块太近，读数会偏高。我们不想做一个不可靠的提醒，所以这次不做。');
select pg_temp.said(30, '13', '7 days', 'Nine hundred a colour is a good number for the coating line. Swatches of the three leave here on Thursday.');
select pg_temp.said(30, '05', '6 days', 'Lovely. Please add a darker plum as a fourth swatch, we are not sure about it.');
select pg_temp.said(191, '14', '39 days', 'We put six of them under a heat lamp: at 45 °C the washer in the neck goes soft. Lamps made from now on have one of another material, and a bag of twenty for your four shops is on its way.');
select pg_temp.said(191, '05', '29 days', 'The new washers hold. Nobody straightens lamps in the morning any more.');
select pg_temp.said(18, '11', '40 days', 'The first drawing is in the brief. What do you think of 22 cm for the arm?');

-- ---------------------------------------------------------------- what staff told each other, which no customer reads

select pg_temp.noted(21, '14', '30 days', 'Batch 26-03 is the one with the washers from Kallmeier. Play on the torque rig is twice the old value.');
select pg_temp.noted(21, '12', '18 days', 'Wave washer adds 0.34 EUR a lamp. We can carry that without touching the margin.');
select pg_temp.noted(21, '13', '10 days', 'Metis orders again in March. I would like an answer for them before that.');
select pg_temp.noted(13, '12', '55 days', 'Werkzeugkosten for the new jaw: 11,400 EUR, one cavity.');
select pg_temp.noted(1, '12', '203 days', 'For the record: two competitors sell it and both had recalls.');
select pg_temp.noted(31, '14', '25 hours', 'Screws of the lower joint: second source since January. That is where the rust comes from.');
select pg_temp.noted(30, '12', '5 days', 'Margin is fine from 700 a colour. Below that the coating line charges a set-up.');

-- ---------------------------------------------------------------- who moved what when

create temporary table moves (nn int, who text, ago interval, status text);
insert into moves values
  (1, '11', '208 days', 'under_review'), (1, '11', '205 days', 'declined'),
  (2, '11', '158 days', 'under_review'), (2, '11', '149 days', 'planned'), (2, '13', '130 days', 'in_work'), (2, '13', '90 days', 'done'),
  (4, '13', '102 days', 'planned'), (4, '13', '100 days', 'in_work'), (4, '13', '95 days', 'done'),
  (5, '11', '93 days', 'under_review'), (5, '13', '60 days', 'planned'), (5, '13', '18 days', 'in_work'),
  (7, '13', '81 days', 'planned'), (7, '13', '74 days', 'in_work'), (7, '13', '51 days', 'done'),
  (8, '11', '77 days', 'under_review'), (8, '13', '70 days', 'planned'), (8, '13', '55 days', 'in_work'), (8, '13', '22 days', 'done'),
  (9, '11', '72 days', 'planned'), (9, '11', '65 days', 'in_work'), (9, '11', '43 days', 'done'),
  (10, '11', '69 days', 'under_review'),
  (11, '11', '67 days', 'under_review'), (11, '11', '63 days', 'declined'),
  (12, '13', '64 days', 'declined'),
  (13, '11', '61 days', 'under_review'), (13, '11', '58 days', 'planned'), (13, '13', '30 days', 'in_work'),
  (15, '11', '51 days', 'under_review'), (15, '11', '49 days', 'planned'),
  (16, '11', '48 days', 'planned'), (16, '11', '13 days', 'in_work'),
  (17, '11', '46 days', 'under_review'),
  (18, '11', '43 days', 'under_review'), (18, '13', '36 days', 'planned'), (18, '11', '24 days', 'in_work'),
  (19, '11', '40 days', 'under_review'), (19, '11', '33 days', 'planned'), (19, '11', '7 days', 'in_work'),
  (191, '14', '39 days', 'in_work'), (191, '13', '28 days', 'done'),
  (192, '11', '36 days', 'in_work'),
  (20, '11', '37 days', 'planned'), (20, '11', '35 days', 'in_work'), (20, '13', '9 days', 'done'),
  (21, '11', '33 days', 'under_review'), (21, '13', '3 days', 'planned'),
  (22, '11', '27 days', 'under_review'),
  (23, '11', '20 days', 'declined'),
  (24, '13', '19 days', 'under_review'), (24, '13', '10 days', 'planned'),
  (25, '11', '18 days', 'under_review'), (25, '13', '13 days', 'planned'),
  (26, '11', '16 days', 'planned'),
  (28, '11', '10 days', 'under_review'),
  (29, '11', '8 days', 'under_review'),
  (30, '13', '7 days', 'under_review'),
  (31, '11', '5 days', 'under_review'),
  (32, '11', '4 days', 'under_review');

-- ---------------------------------------------------------------- what follows from all that

update ideas set
  comment_count = (select count(*) from idea_comments where idea_id = ideas.id),
  status = coalesce((select status from moves where pg_temp.idea_id(nn) = ideas.id order by ago limit 1), 'new'),
  last_activity_at = greatest(created_at, (select max(created_at) from idea_comments where idea_id = ideas.id),
    (select max(pg_temp.at(ago, nn || moves.status)) from moves where pg_temp.idea_id(nn) = ideas.id)),
  answered_at = least(
    (select min(pg_temp.at(ago, nn || moves.status)) from moves where pg_temp.idea_id(nn) = ideas.id),
    (select min(c.created_at) from idea_comments c join people p on p.id = c.author_id
      where c.idea_id = ideas.id and p.side = 'staff'));
-- The status' own trigger counted that as one change; it was as many as there were moves.
update ideas set revision = 1 + (select count(*) from moves where pg_temp.idea_id(nn) = ideas.id);

-- The log of all that, each account's chain in the order of time.
do $$
declare
  happened record;
  previous bytea;
  next_seq bigint;
  new_hash bytea;
begin
  for happened in
    select id as subject_id, account_id, author_id as actor_id, 'idea.submitted' as name, 'both' as audience,
      jsonb_build_object('title', title) as facts, created_at as at from ideas where split_from is null
    union all
    select id, account_id, pg_temp.demo_id('0b', '11'), 'idea.split', 'both', jsonb_build_object('from', split_from, 'kind', 'suggestion'), created_at
    from ideas where split_from is not null
    union all
    select split_from, account_id, pg_temp.demo_id('0b', '11'), 'idea.split', 'both', jsonb_build_object('into', id, 'kind', 'suggestion'), created_at
    from ideas where split_from is not null
    union all
    select idea_id, account_id, author_id, 'idea.commented', 'both', jsonb_build_object('comment', id), created_at from idea_comments
    union all
    select idea_id, account_id, author_id, 'idea.noted', 'staff', jsonb_build_object('note', id), created_at from idea_notes
    union all
    select pg_temp.idea_id(nn), account_id, pg_temp.demo_id('0b', who), 'idea.status_changed', 'both',
      jsonb_build_object('from', coalesce(lag(moves.status) over (partition by nn order by ago desc), 'new'), 'to', moves.status), pg_temp.at(ago, nn || moves.status)
    from moves join ideas on ideas.id = pg_temp.idea_id(nn)
    order by at
  loop
    select seq + 1, head into next_seq, previous from event_chains where chain = happened.account_id;
    if not found then
      next_seq := 1;
      previous := decode(repeat('00', 32), 'hex');
      insert into event_chains (chain, account_id, seq, head) values (happened.account_id, happened.account_id, 0, previous);
    end if;
    insert into events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side, audience, facts, happened_at, prev_hash, hash)
      select happened.account_id, happened.account_id, next_seq, happened.name, 'idea', happened.subject_id, happened.actor_id, people.side,
        happened.audience, happened.facts, happened.at, previous,
        sha256(previous || convert_to(private.event_hash_input(happened.account_id, next_seq, happened.name, 'idea', happened.subject_id,
          happened.actor_id, people.side, happened.audience, happened.facts, null, happened.at), 'UTF8'))
      from people where people.id = happened.actor_id
      returning hash into new_hash;
    update event_chains set seq = next_seq, head = new_hash where chain = happened.account_id;
  end loop;
end $$;

drop table moves;
