-- An idea is a suggestion or a complaint, each with a clock of its own; one text may have been split into both.

alter table public.ideas
  add column product_id uuid references public.products,
  -- What the product's questions were answered with, by key.
  add column fields jsonb not null default '{}' check (jsonb_typeof(fields) = 'object' and octet_length(fields::text) <= 16384),
  add column kind text not null default 'suggestion' check (kind in ('suggestion', 'complaint')),
  -- By when we aim to have answered first; null for what was sent before there were clocks.
  add column answer_due_at timestamptz,
  add column answered_at timestamptz,
  add column split_from uuid,
  add constraint ideas_answer_due_soon check (answer_due_at < created_at + interval '30 days'),
  add constraint ideas_split_within_an_account foreign key (split_from, account_id) references public.ideas (id, account_id),
  add constraint ideas_split_from_another check (split_from <> id);
create index ideas_product_newest on public.ideas (product_id, id desc);
create index ideas_split_from on public.ideas (split_from, account_id);
-- What waits for a first answer, the most urgent first.
create index ideas_answer_due on public.ideas (answer_due_at) where answered_at is null and answer_due_at is not null;

grant insert (product_id, fields, kind, answer_due_at, split_from) on public.ideas to authenticated;

-- The first word of ours, or the first change of status, is the answer that the clock waits for.
create function private.answer_by_comment() returns trigger
  language plpgsql security definer set search_path = '' as $$
begin
  update public.ideas i set answered_at = new.created_at
  where i.id = new.idea_id and i.answered_at is null
    and exists (select from public.people p where p.id = new.author_id and p.side = 'staff');
  return null;
end
$$;
create trigger idea_comments_answer after insert on public.idea_comments
  for each row execute function private.answer_by_comment();

create function private.answer_by_status() returns trigger language plpgsql set search_path = '' as $$
begin
  new.answered_at := coalesce(new.answered_at, now());
  return new;
end
$$;
create trigger ideas_answer_by_status before update of status on public.ideas
  for each row when (new.status <> old.status) execute function private.answer_by_status();

-- Staff part one text into two ideas: the second has the same author and account, and stands beside the first.
create function private.split_idea(
  original uuid, seen_revision integer, new_kind text, new_title text, new_body jsonb, new_body_text text,
  new_tokens text, due timestamptz
) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
begin
  if not coalesce((select private.staff_roles()) && array['designer', 'manager', 'admin'], false) then
    raise insufficient_privilege using message = 'designers, managers and admins split ideas';
  end if;
  insert into public.ideas (account_id, author_id, title, body, body_text, search_tokens, product_id, fields, kind,
    answer_due_at, split_from)
  select i.account_id, i.author_id, new_title, new_body, new_body_text, new_tokens, i.product_id, i.fields, new_kind, due, i.id
  from public.ideas i where i.id = original and i.revision = seen_revision
  returning id into made;
  return made;
end
$$;
grant execute on function private.split_idea(uuid, integer, text, text, jsonb, text, text, timestamptz) to portal_staff;
