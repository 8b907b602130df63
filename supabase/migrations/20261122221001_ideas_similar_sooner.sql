-- Looking for ideas that hold every word typed was three quarters of what the question costs. It is left out where it can
-- find nothing that the single words have not found already.

create or replace function private.similar_ideas(words text[], every text, typed text, take integer)
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
  own_all boolean := false;
  others_all boolean := false;
  word text;
begin
  if mine is null then return; end if;
  foreach word in array words[1:10] loop
    execute 'select array(' || of_mine || ' and i.search @@ to_tsquery(''simple'', $2) order by i.id desc limit $3)'
      into own_ids using mine, word, at_most;
    execute 'select array(' || of_others || ' and s.search @@ to_tsquery(''simple'', $1) order by s.idea_id desc limit $2)'
      into other_ids using word, at_most;
    own_all := own_all or cardinality(own_ids) < at_most;
    others_all := others_all or cardinality(other_ids) < at_most;
    asked := asked || to_tsquery('simple', word);
    weights := weights || (1 + 3.0 / (1 + cardinality(own_ids || other_ids)))::real;
    found := found || own_ids || other_ids;
  end loop;
  -- What holds every word stands in each word's own list; a list that came to its end holds all of them already.
  if cardinality(words) > 1 and not own_all then
    execute 'select array(' || of_mine || ' and i.search @@ to_tsquery(''simple'', $2) order by i.id desc limit $3)'
      into own_ids using mine, every, at_most;
    found := found || own_ids;
  end if;
  if cardinality(words) > 1 and not others_all then
    execute 'select array(' || of_others || ' and s.search @@ to_tsquery(''simple'', $1) order by s.idea_id desc limit $2)'
      into other_ids using every, at_most;
    found := found || other_ids;
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
