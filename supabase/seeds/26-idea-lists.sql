-- Views that staff keep of their list of ideas, and the public roadmap. After 10 to 24; uses the short forms of seed.sql.

insert into idea_views (id, person_id, name, query, shared) values
  (pg_temp.demo_id('1c', '1'), pg_temp.demo_id('0b', '13'), 'Most wanted, not decided', 'status=under_review&sort=accounts', true),
  (pg_temp.demo_id('1c', '2'), pg_temp.demo_id('0b', '13'), 'Answers that are late', 'due=late&sort=due', true),
  (pg_temp.demo_id('1c', '3'), pg_temp.demo_id('0b', '13'), 'Metis before the visit', 'account=0a000000-0000-4000-8000-0000000000a1&sort=activity', false),
  (pg_temp.demo_id('1c', '4'), pg_temp.demo_id('0b', '11'), 'Mine, in work', 'status=in_work&owner=me', false);
insert into idea_view_defaults (person_id, view_id) values (pg_temp.demo_id('0b', '13'), pg_temp.demo_id('1c', '1'));

-- Words of ours, never the customer's. The last two are not published: one is being written, one was taken back.
insert into roadmap_entries (idea_id, titles, texts, published_at, created_by)
select pg_temp.idea_id(nn), titles, texts, now() - ago, pg_temp.demo_id('0b', '11')
from (values
  (29, '{"en": "Warmer light in the evening", "uk": "Тепліше світло ввечері", "ru": "Более тёплый свет вечером", "zh": "夜晚更暖的灯光"}'::jsonb,
    '{"en": "A light that turns warmer after sunset by itself. We are trying out how people like to switch it.", "uk": "Світло, що саме теплішає після заходу сонця. Ми перевіряємо, як людям зручніше ним керувати.", "ru": "Свет, который сам становится теплее после захода солнца. Мы проверяем, как людям удобнее им управлять.", "zh": "日落后自动变暖的灯光。我们正在试验怎样切换最顺手。"}'::jsonb, interval '7 days'),
  (21, '{"en": "A stiffer joint for long arms", "uk": "Жорсткіший шарнір для довгих плечей", "ru": "Более жёсткий шарнир для длинных плеч", "zh": "更稳固的长臂关节"}',
    '{"en": "An arm that stands still at full reach. We are working out the material of the bushing.", "uk": "Плече, яке не хитається на повному вильоті. Ми добираємо матеріал втулки.", "ru": "Плечо, которое не качается на полном вылете. Мы подбираем материал втулки.", "zh": "完全伸展时也不晃动的灯臂。我们正在选择衬套材料。"}', interval '20 days'),
  (13, '{"en": "A clamp for thicker desks", "uk": "Затискач для товстіших столів", "zh": "适用于厚桌面的夹具"}',
    '{"en": "The clamp shall hold desktops up to 40 mm.", "uk": "Затискач має триматися на стільницях до 40 мм.", "zh": "夹具将可夹住最厚 40 毫米的桌面。"}', interval '30 days'),
  (2, '{"en": "The cable leaves through the base", "uk": "Кабель виходить через основу", "ru": "Кабель выходит через основание", "zh": "电线从底座引出"}',
    '{"en": "On every lamp that was made since the spring.", "uk": "У кожній лампі, виготовленій від весни.", "ru": "В каждой лампе, выпущенной с весны.", "zh": "自春季起生产的每一盏灯都是如此。"}', interval '90 days'),
  (26, '{"en": "Power by USB-C"}', '{"en": "Which charger would it need?"}', null),
  (31, '{"en": "Joints that do not rust"}', '{"en": "For damp rooms."}', null)
) entry (nn, titles, texts, ago);
