-- Ideas like the one that is being typed, and word of files that have been looked at.

-- words: one tsquery a word; every: all of them at once. Of each word only the newest few ideas are looked at, so that a word
-- that half of all ideas hold costs no more than a rare one; a word counts the more, the fewer ideas hold it. What no word
-- finds may still be spelt alike: the newest titles are compared by their letters.
-- Planned anew for each word, for the reason that search_ideas is: rare and common words want different plans.
create function private.similar_ideas(words text[], every text, typed text, take integer)
  returns table (idea_id uuid, score real) language plpgsql stable security definer rows 10 set search_path = '' as $$
declare
  at_most constant integer := 30;
  mine uuid := (select private.my_accounts());
  of_mine constant text := 'select i.id from public.ideas i where i.account_id = $1 and i.merged_at is null';
  of_others constant text := 'select s.idea_id from public.shared_ideas s where not s.merged';
  asked tsquery[] := '{}';
  weights real[] := '{}';
  found uuid[] := '{}';
  own_ids uuid[];
  other_ids uuid[];
  word text;
begin
  if mine is null then return; end if;
  foreach word in array words[1:10] loop
    execute 'select array(' || of_mine || ' and i.search @@ to_tsquery(''simple'', $2) order by i.id desc limit $3)'
      into own_ids using mine, word, at_most;
    execute 'select array(' || of_others || ' and s.search @@ to_tsquery(''simple'', $1) order by s.idea_id desc limit $2)'
      into other_ids using word, at_most;
    asked := asked || to_tsquery('simple', word);
    weights := weights || (1 + 3.0 / (1 + cardinality(own_ids || other_ids)))::real;
    found := found || own_ids || other_ids;
  end loop;
  if cardinality(words) > 1 then
    execute 'select array(' || of_mine || ' and i.search @@ to_tsquery(''simple'', $2) order by i.id desc limit $3)'
      into own_ids using mine, every, at_most;
    execute 'select array(' || of_others || ' and s.search @@ to_tsquery(''simple'', $1) order by s.idea_id desc limit $2)'
      into other_ids using every, at_most;
    found := found || own_ids || other_ids;
  end if;
  if cardinality(found) < 3 then
    execute 'select array(select n.id from (select i.id, i.title from public.ideas i
        where i.account_id = $1 and i.merged_at is null order by i.id desc limit 500) n
      where extensions.word_similarity($2, lower(n.title)) > 0.5 limit $3)' into own_ids using mine, typed, at_most;
    execute 'select array(select n.idea_id from (select s.idea_id, s.title from public.shared_ideas s
        where not s.merged order by s.support_accounts desc, s.idea_id desc limit 500) n
      where extensions.word_similarity($1, lower(n.title)) > 0.5 limit $2)' into other_ids using typed, at_most;
    found := found || own_ids || other_ids;
  end if;
  return query
    select known.id, (
      coalesce((select sum(weights[place]) from generate_subscripts(asked, 1) place where known.search @@ asked[place]), 0)
      + 0.5 * extensions.word_similarity(typed, lower(known.title)))::real as total
    from (
      select i.id, i.title, i.search from public.ideas i where i.id = any (found) and i.account_id = mine
      union all
      select s.idea_id, s.title, s.search from public.shared_ideas s
      where s.idea_id = any (found)
        and not exists (select from public.ideas i where i.id = s.idea_id and i.account_id = mine)
    ) known
    order by total desc, known.id desc
    limit least(take, 20);
end
$$;
grant execute on function private.similar_ideas(text[], text, text, integer) to authenticated;

-- A file that is ready, or was refused, shows so on the open pages of its idea.
create function private.tell_attachment() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.say_live('idea', new.idea_id, new.account_id, 'both');
  return null;
end
$$;
create trigger idea_attachments_tell after update of state on public.idea_attachments
  for each row when (new.idea_id is not null and new.state <> old.state) execute function private.tell_attachment();
