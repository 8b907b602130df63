-- A large world for benchmarks and plan tests, beside whatever is there: pg_temp.size holds how large.
-- Skewed as real ones are: the first account (the oldest one there is) has the most ideas.

select setseed(0.42);

create function pg_temp.id_of(moment timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from moment) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Common words come often, rare ones seldom; two of five sentences are English, one each of the others.
create temp table word as
with language (language, letters, words) as (values
  ('en', 'aeioulnrst', 'lamp arm joint shade foot cable switch light base clamp spring desk hinge screw housing dimmer colour bulb handle cover '
    || 'reach angle height glare heat noise weight finish steel brass walnut matte black white grey sand dust cleaning '
    || 'battery charger sensor timer remote app motion touch knob plug transformer driver diffuser lens reflector mirror '
    || 'package carton manual label seal warranty spare repair tool torque wobble squeak scratch crack bend stuck loose '
    || 'tight slow fast warm cold bright dark soft hard small large thin thick long short round square flat folding'),
  ('uk', 'аоеиулнрст', 'лампа плече шарнір абажур підставка кабель вимикач світло основа затискач пружина стіл завіса гвинт корпус '
    || 'колір ручка кришка виліт кут висота тепло шум вага покриття сталь латунь чорний білий сірий пил батарея датчик '
    || 'таймер дотик вилка лінза дзеркало коробка інструкція гарантія ремонт скрипить хитається тріщина повільно тепла '
    || 'холодна яскрава темна мала велика тонка довга коротка кругла плоска складана'),
  ('ru', 'аоеиулнрст', 'лампа кронштейн шарнир абажур подставка кабель выключатель свет основание зажим пружина стол петля винт корпус '
    || 'цвет ручка крышка вылет угол высота тепло шум вес покрытие сталь латунь чёрный белый серый пыль батарея датчик '
    || 'таймер касание вилка линза зеркало коробка инструкция гарантия ремонт скрипит шатается трещина медленно тёплая '
    || 'холодная яркая тёмная малая большая тонкая длинная короткая круглая плоская складная'),
  ('zh', '一二三上下左右大小中', '台灯 灯臂 关节 灯罩 底座 电缆 开关 灯光 夹子 弹簧 书桌 铰链 螺丝 外壳 颜色 把手 盖子 距离 角度 高度 噪音 重量 表面 钢 黄铜 黑色 白色 '
    || '灰尘 电池 传感器 定时器 触摸 插头 镜片 镜子 包装 说明书 保修 修理 摇晃 异响 裂纹 缓慢 温暖 冰冷 明亮 昏暗 细长 圆形 折叠')
),
common as (
  select language, letters, place - 1 as n, word from language, unnest(string_to_array(words, ' ')) with ordinality as one (word, place)
)
select language, n, word from common
union all
select language, (select max(n) from common c where c.language = l.language) + rare,
  substr(translate(translate(md5(language || rare), '0123456789', letters), 'abcdef', substr(letters, 1, 6)), 1, case language when 'zh' then 2 else 5 + rare % 5 end)
from language l, generate_series(1, 3000) rare;
create unique index on word (language, n);
analyze word;

-- Sentences are put together from these: drawing every word anew would take longer than all the rest. Tokens as the app makes
-- them: Chinese characters one by one.
create temp table phrase as
select n, string_agg(word, ' ') filter (where place <= 4) as short, string_agg(word, ' ') as long,
  string_agg(token, ' ') filter (where place <= 4) as short_tokens, string_agg(token, ' ') as long_tokens
from (
  select drawn.n, place, w.word,
    case w.language when 'zh' then trim(regexp_replace(w.word, '(.)', '\1 ', 'g')) else replace(w.word, 'ё', 'е') end as token
  from (
    select n, place, (array['en', 'en', 'uk', 'ru', 'zh'])[1 + n % 5] as language, power(random(), 2) as luck
    from generate_series(0, 9999) n, generate_series(1, 12) place
  ) drawn
  join (select language as of, count(*) as among from word group by language) sizes on sizes.of = drawn.language
  join word w on w.language = drawn.language and w.n = floor(luck * among)::int
) worded
group by n;
create unique index on phrase (n);
analyze phrase;

insert into accounts (id, name, kind, created_at)
select pg_temp.id_of(now() - interval '4 years' + n * interval '1 minute'), 'Account ' || n,
  (array['direct', 'dealer', 'distributor', 'retail'])[1 + n % 4], now() - interval '4 years' + n * interval '1 minute'
from pg_temp.size, generate_series(1, accounts - (select count(*) from accounts)) n;

create temp table account as
select row_number() over (order by created_at, id) - 1 as n, id from accounts;
-- The demo's first account, when it is there: whoever measures signs in as its owner.
update account set n = case
  when id = '0a000000-0000-4000-8000-0000000000a1' then 0
  else (select n from account where id = '0a000000-0000-4000-8000-0000000000a1') end
where exists (select from account where id = '0a000000-0000-4000-8000-0000000000a1')
  and (id = '0a000000-0000-4000-8000-0000000000a1' or n = 0);
create unique index on account (n);
analyze account;

insert into people (side, account_id, display_name, role)
select 'client', a.id, 'Person ' || a.n || ' ' || role, role
from account a cross join unnest(array['owner', 'member', 'approver']) role
where not exists (select from people p where p.account_id = a.id);
insert into people (side, display_name)
select 'staff', 'Colleague ' || n from generate_series(1, 12) n
where not exists (select from people where side = 'staff');
insert into person_contacts (person_id, account_id, email)
select id, account_id, id || '@large.example' from people p
where not exists (select from person_contacts c where c.person_id = p.id);

create temp table person as
select account_id, row_number() over (partition by account_id order by id) - 1 as n,
  count(*) over (partition by account_id) as among, id
from people where removed_at is null and role is distinct from 'viewer';
create unique index on person (account_id, n);
analyze person;
create temp table colleague as
select row_number() over (order by id) - 1 as n, count(*) over () as among, id
from people where side = 'staff' and removed_at is null;
create unique index on colleague (n);
analyze colleague;

create temp table idea as
select n, pg_temp.id_of(moment) as id, moment as born,
  floor(power(random(), 2) * (select count(*) from account))::int as account_n, (random() * 1000)::int as luck
from pg_temp.size,
  lateral (select n, now() - interval '3 years' + n * (interval '3 years' / ideas) as moment from generate_series(1, ideas) n) step;

create unique index on idea (n);
analyze idea;

insert into ideas (id, account_id, author_id, title, body, body_text, status, search_tokens, brief_tokens, comment_count, comments_together,
  last_activity_at, created_at, visibility, support_accounts, support_people, support_value_minor, answer_due_at, answered_at)
select i.id, a.id, p.id, initcap(t.short), jsonb_build_object('type', 'doc', 'content', jsonb_build_array(
    jsonb_build_object('type', 'paragraph', 'content', jsonb_build_array(jsonb_build_object('type', 'text', 'text', said))))),
  said, (array['new', 'under_review', 'planned', 'in_work', 'done', 'declined'])[1 + luck % 6],
  concat_ws(' ', t.short_tokens, s1.long_tokens, s2.long_tokens, s3.long_tokens),
  case when i.n % 10 = 0 then s2.long_tokens || ' ' || t.long_tokens else '' end,
  2, 2, least(i.born + interval '3 days', now()), i.born, case when luck % 5 = 0 then 'all_customers' else 'account' end,
  luck * luck % 97, luck * luck % 97 + luck % 40, (luck * luck % 97) * luck * 1000, i.born + interval '5 days',
  case when luck % 9 = 0 then null else least(i.born + interval '1 day', now()) end
from idea i
join account a on a.n = i.account_n
join person p on p.account_id = a.id and p.n = i.luck % p.among
-- Steps of five: an idea is written in one language.
join phrase t on t.n = (i.n * 7 + i.luck) % 10000
join phrase s1 on s1.n = (i.n * 7 + i.luck + 5 * (i.n % 601)) % 10000
join phrase s2 on s2.n = (i.n * 7 + i.luck + 5 * (i.n % 743)) % 10000
join phrase s3 on s3.n = (i.n * 7 + i.luck + 5 * (i.n % 907)) % 10000
cross join lateral (select concat_ws('. ', s1.long, s2.long, s3.long) as said) text;

insert into shared_ideas (idea_id, title, body, body_text, search_tokens, status, merged, support_accounts, support_people,
  created_at)
select id, title, body, body_text, search_tokens, status, false, support_accounts, support_people, created_at
from ideas where visibility = 'all_customers'
on conflict do nothing;

insert into idea_briefs (idea_id, account_id, doc, body_text, seq)
select i.id, i.account_id, i.body, i.brief_tokens, 1 from ideas i where i.brief_tokens <> ''
on conflict do nothing;

insert into idea_comments (id, idea_id, account_id, author_id, body, search_tokens, created_at)
select pg_temp.id_of(at), i.id, a.id, case c when 1 then k.id else p.id end, s.long, s.long_tokens, at
from idea i
cross join generate_series(1, 2) c
cross join lateral (select least(i.born + c * interval '1 day' + luck * interval '1 minute', now()) as at) moment
join account a on a.n = i.account_n
join person p on p.account_id = a.id and p.n = (i.luck + 1) % p.among
join colleague k on k.n = i.luck % k.among
join phrase s on s.n = (i.n * 19 + c) % 10000;

insert into idea_notes (id, idea_id, account_id, author_id, body, search_tokens, created_at)
select pg_temp.id_of(at), i.id, a.id, k.id, s.long, s.long_tokens, at
from idea i
cross join lateral (select least(i.born + interval '2 hours', now()) as at) moment
join account a on a.n = i.account_n
join colleague k on k.n = i.luck % k.among
join phrase s on s.n = i.n % 10000
where i.n % 3 = 0;

-- The log: as many events as asked for, spread over the ideas, each account's in one chain that can be checked.
create function pg_temp.next_hash(state bytea, start bytea, covered text) returns bytea language sql immutable as $$
  select sha256(coalesce(state, start) || convert_to(covered, 'UTF8'))
$$;
create aggregate pg_temp.chain_hash(bytea, text) (sfunc = pg_temp.next_hash, stype = bytea);

create temp table happened as
select a.id as account_id, i.id as subject_id, at,
  row_number() over (partition by a.id order by at, e) + coalesce(c.seq, 0) as chain_seq,
  coalesce(c.head, decode(repeat('00', 32), 'hex')) as start,
  case when kind = 0 then 'idea.submitted' when kind % 2 = 1 then 'idea.commented' else 'idea.status_changed' end as name,
  case when kind % 2 = 0 and kind > 0 then 'staff' else 'client' end as side,
  case when kind % 2 = 0 and kind > 0 then k.id else p.id end as actor_id,
  case when kind = 0 then jsonb_build_object('title', 'Idea ' || i.n) when kind % 2 = 1 then '{}'
    else '{"from": "new", "to": "under_review"}' end as facts
from pg_temp.size
cross join lateral (select e, (e - 1) / ideas as kind, 1 + (e - 1) % ideas as idea_n from generate_series(1, events) e) step
join idea i on i.n = step.idea_n
cross join lateral (select least(i.born + kind * interval '7 hours', now()) as at) moment
join account a on a.n = i.account_n
join person p on p.account_id = a.id and p.n = i.luck % p.among
join colleague k on k.n = i.luck % k.among
left join event_chains c on c.chain = a.id;

insert into events (account_id, chain, chain_seq, name, subject_kind, subject_id, actor_id, actor_side, audience, facts,
  happened_at, prev_hash, hash)
select account_id, account_id, chain_seq, name, 'idea', subject_id, actor_id, side, 'both', facts, at,
  coalesce(lag(hash) over (partition by account_id order by chain_seq), start), hash
from (
  select *, pg_temp.chain_hash(start, private.event_hash_input(account_id, chain_seq, name, 'idea', subject_id, actor_id,
    side, 'both', facts, null, at)) over (partition by account_id order by chain_seq) as hash
  from happened
) chained
order by at, chain_seq;

insert into event_chains (chain, account_id, seq, head)
select distinct on (chain) chain, account_id, chain_seq, hash from events where account_id is not null
order by chain, chain_seq desc
on conflict (chain) do update set seq = excluded.seq, head = excluded.head;
